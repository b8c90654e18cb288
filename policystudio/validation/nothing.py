"""Whether a statement surely allows no request at all, for whatever reason.

Only what is certain counts: an action that the catalogue does not hold may be newer than it, and one of another service
is not judged.
"""

from __future__ import annotations

from policystudio.ram.document import Statement
from policystudio.ram.operators import split_operator
from policystudio.ram.patterns import normal
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.contradictions import contradictions
from policystudio.validation.terms import (
    first_start,
    is_negated,
    key_of_other_service,
    last_end,
)
from policystudio.validation.usability import is_usable


def grants_nothing(statement: Statement, context: Context) -> bool:
    """Whether no request can be allowed by this statement of the document."""
    if not statement.is_allow:
        return True
    return (
        _names_nothing(statement)
        or never_holds(statement, context)
        or _meets_nothing(statement, context)
        or taken_back(statement, context)
    )


def sure_of_nothing(statement: Statement, context: Context) -> str | None:
    """How sure it is that the statement allows nothing; None where the document alone shows it."""
    if not statement.is_allow or _names_nothing(statement) or never_holds(statement, context):
        return None
    return surest(context.reach(statement).expanded)


def never_holds(statement: Statement, context: Context) -> bool:
    """Whether the conditions can hold for no request: contradictory, over, or on a key that is never sent."""
    if not statement.conditions:
        return False
    start, end = first_start(statement), last_end(statement)
    if end is not None and (end[1] <= context.now or (start is not None and start[1] > end[1])):
        return True
    if any(contradictions(statement)):
        return True
    return any(
        not is_negated(condition)
        and not split_operator(condition.operator.text)[0]
        and key_of_other_service(condition, statement, context)
        for condition in statement.conditions
    )


def taken_back(statement: Statement, context: Context) -> bool:
    """Whether Deny statements without a condition together take back all that the statement reaches."""
    if len(context.allowing) == len(context.document.statements):
        return False
    reach = context.reach(statement)
    if not reach.only_kms or statement.not_resources or not reach.listed.all_known:
        return False
    grants = list(reach.grants.values())
    return bool(grants) and all(context.denials.take_back(grant, reach) for grant in grants)


def _names_nothing(statement: Statement) -> bool:
    """Whether everything is left out."""
    return any(normal(entry.text) in ("*", "*:*") for entry in statement.not_actions) or any(
        normal(resource.text) == "*" for resource in statement.not_resources
    )


def _meets_nothing(statement: Statement, context: Context) -> bool:
    """Whether known KMS actions meet no resource that they act on."""
    reach = context.reach(statement)
    if reach.acting.pairs or not reach.only_kms or statement.not_resources or not reach.listed.all_known:
        return False
    return not any(is_usable(action, statement, context) for action in reach.expanded)
