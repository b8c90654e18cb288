"""Which resources are stars in disguise, judged by what they fit and not by how they are written.

A region is all regions when every region of the catalogue fits, and an account all accounts when any sixteen digits do.
"""

from __future__ import annotations

from policystudio.catalog.model import ALL_TYPES, Catalogue
from policystudio.ram.patterns import covers, has_wildcard, matches, normal
from policystudio.ram.resources import split

_ANY_ACCOUNT = "?" * 16


def is_every_region(field: str, catalogue: Catalogue) -> bool:
    """Whether the field fits every region that the catalogue knows; a part of them, `cn-*`, is not meant."""
    return has_wildcard(field) and all(matches(field, region) for region in catalogue.regions)


def is_every_account(field: str) -> bool:
    """Whether the field fits whatever account."""
    return has_wildcard(field) and covers(normal(field), _ANY_ACCOUNT)


def is_everything(resource: str, catalogue: Catalogue) -> bool:
    """Whether the resource is the lone star, or takes every type in every region and account; no name is empty."""
    if resource == "*":
        return True
    fields = split(resource)
    if (
        fields is None
        or not matches(fields.service, catalogue.service)
        or not is_every_account(fields.account)
    ):
        return False
    if not is_every_region(fields.region, catalogue):
        return False
    wide = normal(fields.relative_id)
    return all(
        covers(wide, kind.word if kind.kind == "container" else f"{kind.word}/?*")
        for kind in catalogue.resource_types.values()
        if kind.id != ALL_TYPES
    )
