"""What keeps a guardrail from guarding anything: a scope that holds nothing, and exceptions that cover all of it.

Decision: the usual environments are accepted before an account has them, so that a rule for production can be there
first. An action that the catalogue does not know is no fault, as the vendor may add it; it is told, see
`unknown_actions`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from policystudio.accounts.models import Account
from policystudio.catalog import load
from policystudio.catalog.lookup import expand, nearest, region
from policystudio.errors import Problem
from policystudio.guardrails.definition import PARTS, Definition, Kind, Scope
from policystudio.guardrails.filling import Filled, fill, shape_texts
from policystudio.guardrails.judging import judge

USUAL = ("development", "production", "staging", "test")
NOWHERE = ("1", "nowhere-1")
"""A target that no name in full fits, so that a shape covers another here only if it does so for every target."""


def scope_problems(scope: Scope, team_id: int) -> Iterator[Problem]:
    """Names that no target of the team has, and patterns that leave out every policy."""
    accounts = list(Account.objects.filter(team_id=team_id).values_list("number", "environment", "regions"))
    numbers = {number for number, _environment, _regions in accounts}
    environments = {*USUAL, *(environment for _number, environment, _regions in accounts)}
    regions = {name for _number, _environment, names in accounts for name in names}
    for index, name in enumerate(scope.environments):
        if name not in environments:
            detail = "no account of the team is of this environment" + _meant(nearest(name, environments))
            yield Problem(f"/scope/environments/{index}", detail, "unknown-environment")
    for index, number in enumerate(scope.accounts):
        if number not in numbers:
            yield Problem(
                f"/scope/accounts/{index}", "is the number of no account of the team", "unknown-account"
            )
    for index, name in enumerate(scope.regions):
        if name not in regions and region(load(), name) is None:
            detail = "is no region" + _meant(nearest(name, {*regions, *load().regions}))
            yield Problem(f"/scope/regions/{index}", detail, "unknown-region")
    for index, pattern in enumerate(scope.except_policies):
        if "*" in pattern and not pattern.strip("*?"):
            detail = "leaves out every policy, so that nothing is guarded"
            yield Problem(f"/scope/except_policies/{index}", detail, "guards-nothing")


def shape_problems(definition: Definition, today: date) -> Iterator[Problem]:
    """Shapes that fit no request, and exceptions that together cover all that would be forbidden.

    What cannot be told is let through.
    """
    parts = PARTS[definition.kind]
    texts = shape_texts(definition, today)
    for name, text in (("never", texts.never), ("other", texts.other)):
        if name in parts and _is_nothing(Filled(Kind.NEVER, text)):
            yield Problem(f"/{name}", "fits no request, so that nothing is guarded", "guards-nothing")
            return
    if definition.unless and _is_nothing(replace(texts, kind=Kind.NEVER, other="")):
        detail = "the exceptions cover all that would be forbidden, so that nothing is guarded"
        yield Problem("/unless", detail, "guards-nothing")


def _is_nothing(rule: Filled) -> bool:
    """Whether the document that allows exactly what is never allowed keeps the rule."""
    account, name = NOWHERE
    filled = fill(rule, account, [name])
    return judge(filled.never, filled).is_kept


def unknown_actions(definition: Definition) -> tuple[str, ...]:
    """The actions in it for which the catalogue knows none, as they are written."""
    shapes = (definition.never, definition.other, *definition.unless)
    named = dict.fromkeys(action for shape in shapes for action in shape.actions)
    return tuple(action for action in named if not expand(load(), action))


def _meant(name: str | None) -> str:
    return f"; did you mean `{name}`?" if name else ""
