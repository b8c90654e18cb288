"""A request for a line that a reader knows at sight: its gravest action, on something that this is used on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from policystudio.analysis.comparing import Change, Witness
from policystudio.analysis.comparing.catalogued import gravity
from policystudio.analysis.deciding import Policies
from policystudio.analysis.request import WITHOUT_RESOURCE
from policystudio.catalog.lookup import types_reached
from policystudio.catalog.model import ALL_TYPES, Catalogue
from policystudio.ram.placeholders import substitute
from policystudio.ram.render import Target
from policystudio.ram.resources import split

MOST_RESOURCES = 8
"""Patterns of a line that an example is made of."""


def telling(change: Change, judges: Sequence[Policies], target: Target, catalogue: Catalogue) -> Change:
    """The line with such a request in the target as its witness, where both judges find that it shows the line too.

    Where no action of the line is used on any of its resources, it is one for the gravest action all the same.
    """
    asked = change.witness.request
    gravest = sorted(change.known, key=lambda name: gravity((name,), catalogue))
    resources = [asked.resource, *_examples(change.resources.any_of[:MOST_RESOURCES], target)]
    likely = [pair for pair in product(gravest, resources) if _is_used_on(*pair, catalogue)]
    for name, resource in [*likely, *((name, asked.resource) for name in gravest)]:
        request = replace(asked, action=name, resource=resource)
        was, now = (judge.decide(request) for judge in judges)
        if (was, now) == (change.witness.before, change.witness.after):
            return replace(change, witness=Witness(request, was, now))
    return change


def _examples(patterns: Sequence[str], target: Target) -> Iterator[str]:
    values = {"account": target.account, "region": target.region}
    for pattern in patterns:
        fields = split(substitute(pattern, values))
        if fields is None:
            continue
        region = target.region if fields.region == "*" else fields.region
        account = target.account if fields.account == "*" else fields.account
        name = fields.relative_id.replace("*", "example").replace("?", "x")
        yield f"acs:{fields.service}:{region}:{account}:{name}"


def _is_used_on(name: str, resource: str, catalogue: Catalogue) -> bool:
    action, fields = catalogue.action(name), split(resource)
    if action is None:
        return False
    if resource == WITHOUT_RESOURCE:
        return ALL_TYPES in action.resource_types
    return fields is not None and action.usable_with(types_reached(catalogue, fields.relative_id))
