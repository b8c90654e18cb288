"""Parts the actions that a condition of their statement never touches from those that it does."""

from __future__ import annotations

from collections.abc import Collection

from policystudio.catalog.model import Action
from policystudio.ram.document import Condition, Statement
from policystudio.validation.choices.actions import leave_out
from policystudio.validation.choices.conditions import DropCondition
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.statements import Split
from policystudio.validation.choices.widening import Widening
from policystudio.validation.context import Context
from policystudio.validation.repairs import Repair
from policystudio.validation.terms import known_key


def apart(
    actions: Collection[Action], condition: Condition, statement: Statement, context: Context
) -> tuple[Repair, ...]:
    """Choices for actions whose requests never carry the condition's key: their own statement without it, or none.

    Of a Deny nothing is taken out, as that would allow more.
    """
    names = {action.name for action in actions}
    reach = context.reach(statement)
    lacking = [entry for entry in statement.actions if _only(names, {a.name for a in reach.usable(entry)})]
    rest = tuple((entry, ()) for entry in statement.actions if entry not in lacking)
    choices: list[Repair] = []
    if lacking and rest:
        split = Split(
            statement,
            here=(Rewrite("", tuple((entry, ()) for entry in lacking)),),
            there=(Rewrite("", rest), DropCondition(condition, "")),
            title="Give them a statement without the condition",
        )
        choices.append(Widening(split) if statement.is_allow else split)
    if statement.is_allow:
        # By name they would be told of as those are that the finding is about.
        title, unnamed = "Take them out, as they are not allowed anyway", _never_with_key(condition, context)
        choices += leave_out(names, [statement], context, title, unnamed)
    elif lacking and not rest:
        choices.append(DropCondition(condition, "Deny without the condition"))
    return tuple(choices)


def _never_with_key(condition: Condition, context: Context) -> set[str]:
    """The names of all actions whose requests never carry the condition's key."""
    key = known_key(condition, context)
    carrying = None if key is None else key.actions
    known = {action.name for action in context.catalogue.actions.values()}
    return set() if carrying is None else known - carrying


def _only(names: Collection[str], reached: Collection[str]) -> bool:
    return bool(reached) and all(name in names for name in reached)
