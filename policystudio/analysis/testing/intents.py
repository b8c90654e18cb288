"""Tests that follow from what a policy is meant for: what it allows, and the nearest things that it must not.

Made from the statements, and so from the parameters of the builder that wrote them: a use that each Allow is for; the
same with another resource, in another account, without a key or with another value of a condition, and the gravest
action on the same resources that is not listed. Each one holds on the documents of every target, or it is not offered;
whether it is what somebody wants is for them to say.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.access.filling import UNFILLED, filled
from policystudio.analysis.comparing.catalogued import gravity
from policystudio.analysis.matrix import known
from policystudio.analysis.nudge import nudged
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest, Verdict, faults_of_test
from policystudio.analysis.testing.naming import name_of
from policystudio.analysis.testing.running import run
from policystudio.analysis.testing.spots import Spot
from policystudio.catalog.lookup import expand, types_reached
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document, Statement
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.resources import Resource, split

MAX_OFFERED = 40
_MOST_ACTIONS, _MOST_RESOURCES = 3, 3
_KEY = "key/example"
_OTHER_ACCOUNT = "1111111111111111"
_OTHER_VALUES = (
    "another",
    "198.51.100.250",
    "false",
    "true",
    "0",
    "999999999",
    "1999-01-01T00:00:00Z",
    "2999-01-01T00:00:00Z",
)


class Why(StrEnum):
    """What an offered test is about."""

    USE = "use"
    OTHER_RESOURCE = "other-resource"
    OTHER_ACCOUNT = "other-account"
    WITHOUT_KEY = "without-key"
    OTHER_VALUE = "other-value"
    DENIED = "denied"
    OTHER_ACTION = "other-action"


class Intent(NamedTuple):
    """An offered test, the statement that it comes from, and the condition key that it is about, if any."""

    why: Why
    test: PolicyTest
    path: str
    key: str = ""


def intents(source: Document, spots: Sequence[Spot], catalogue: Catalogue) -> tuple[Intent, ...]:
    """The tests that can be offered, by statement; at most forty. The source is one that `run` takes."""
    found: dict[Hashable, Intent] = {}
    answered: set[tuple[str, str]] = set()
    for intent in _all(filled(source, UNFILLED), catalogue):
        asked, values = intent.test.request, (intent.path, intent.key)
        key = asked.action, asked.resource, tuple(asked.context.items())
        is_answered = intent.why is Why.OTHER_VALUE and values in answered
        if is_answered or key in found or faults_of_test(asked):
            continue
        [result] = run(source, spots, [intent.test])
        if result.verdict is Verdict.HOLDS:
            found[key] = intent
            if intent.why is Why.OTHER_VALUE:
                answered.add(values)
        if len(found) == MAX_OFFERED:
            break
    return tuple(found.values())


def _all(document: Document, catalogue: Catalogue) -> Iterator[Intent]:
    first: Request | None = None
    for statement in document.statements:
        if not statement.is_allow or not statement.actions or not statement.resources:
            continue
        uses = list(_uses(document, statement, catalogue))
        for use in uses:
            yield _intent(Why.USE, use, Expectation.ALLOW, statement)
        if uses:
            first = first or uses[0]
            yield from _nearly(statement, uses[0], catalogue)
    for statement in document.statements:
        if not statement.is_allow and first is not None:
            hit = nudged(document, statement.path, first, catalogue)
            if hit is not None:
                yield _intent(Why.DENIED, hit.request, Expectation.DENY, statement)


def _uses(document: Document, statement: Statement, catalogue: Catalogue) -> Iterator[Request]:
    """Requests that the statement is for: its actions on the resources that they work on, or one for a pattern."""
    resources = [each for each in map(_concrete, (text.text for text in statement.resources)) if each]
    texts = sorted((each.text for each in statement.actions), key=has_wildcard)
    for text in texts[:_MOST_ACTIONS]:
        names = [action.name for action in expand(catalogue, text)] if has_wildcard(text) else [text]
        pairs = ((name, each) for name in names for each in resources if _fits(name, each, catalogue))
        for action, resource in islice(pairs, 1 if has_wildcard(text) else _MOST_RESOURCES):
            made = nudged(document, statement.path, Request(action, resource), catalogue)
            if made is not None:
                yield made.request


def _concrete(text: str) -> str:
    """A name that fits a resource pattern, in the target itself where the pattern leaves that open."""
    fields = split(text)
    if fields is None:
        return "acs:kms:${region}:${account}:" + _KEY if text == "*" else ""
    return str(
        Resource(
            fields.service.replace("*", "kms"),
            fields.region.replace("*", "${region}"),
            fields.account.replace("*", "${account}"),
            "key/example"
            if fields.relative_id == "*"
            else fields.relative_id.replace("*", "example").replace("?", "x"),
        )
    )


def _fits(name: str, resource: str, catalogue: Catalogue) -> bool:
    """Whether the action works on resources of that type, as far as is known."""
    action, fields = catalogue.action(name), split(resource)
    if action is None or fields is None or fields.service != catalogue.service:
        return True
    return not types_reached(catalogue, fields.relative_id).isdisjoint(action.resource_types)


def _nearly(statement: Statement, use: Request, catalogue: Catalogue) -> Iterator[Intent]:
    """What is next to a use and must be denied."""
    fields = split(use.resource)
    if fields is not None:
        kind, slash, _name = fields.relative_id.partition("/")
        if slash:
            other = str(fields._replace(relative_id=f"{kind}/another-{kind}"))
            yield _intent(Why.OTHER_RESOURCE, replace(use, resource=other), Expectation.DENY, statement)
        other = str(fields._replace(account=_OTHER_ACCOUNT))
        yield _intent(Why.OTHER_ACCOUNT, replace(use, resource=other), Expectation.DENY, statement)
    for key in use.context:
        rest = {name: value for name, value in use.context.items() if name != key}
        yield _intent(Why.WITHOUT_KEY, replace(use, context=rest), Expectation.DENY, statement, key)
        for value in _OTHER_VALUES:
            if value != use.context[key]:
                changed = replace(use, context={**use.context, key: value})
                yield _intent(Why.OTHER_VALUE, changed, Expectation.DENY, statement, key)
    about = known(statement, catalogue)
    further = [
        action.name
        for action in catalogue.actions.values()
        if action.name not in about.actions and _fits(action.name, use.resource, catalogue)
    ]
    if further:
        name = min(further, key=lambda each: (gravity((each,), catalogue), each))
        yield _intent(Why.OTHER_ACTION, replace(use, action=name), Expectation.DENY, statement)


def _intent(
    why: Why, request: Request, expectation: Expectation, statement: Statement, key: str = ""
) -> Intent:
    name = name_of(request, expectation, without=key if why is Why.WITHOUT_KEY else "")
    return Intent(why, PolicyTest(name, request, expectation), statement.path, key)
