"""Makes a statement for keys and one for secrets of a statement that lists both."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.ram.document import Statement, Text
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.statements import Split
from policystudio.validation.context import Context
from policystudio.validation.repairs import Repair

_OF_SECRETS = frozenset(("secret", "secret-container"))


def by_family(statement: Statement, context: Context) -> Iterator[Repair]:
    """The split of a statement that allows; none when a resource belongs to both families.

    Every action stays with those of its resources that it can act on, so nothing is granted that was not.
    """
    reach = context.reach(statement)
    types = {resource: reach.types_of(resource) for resource in statement.resources}
    secrets = [resource for resource, kinds in types.items() if kinds and kinds <= _OF_SECRETS]
    others = [resource for resource in types if resource not in secrets]
    if not statement.is_allow or not secrets or not others or any(types[r] & _OF_SECRETS for r in others):
        return
    of_secrets = [entry for entry in statement.actions if _acts_on_secrets(entry, context, statement)]
    of_others = [entry for entry in statement.actions if _acts_beside(entry, context, statement)]
    if not of_secrets or not of_others:
        return
    yield Split(
        statement,
        here=_without(statement.actions, of_others, secrets),
        there=_without(statement.actions, of_secrets, others),
        title="Make a statement for keys and one for secrets",
    )


def _without(actions: tuple[Text, ...], kept: list[Text], resources: list[Text]) -> tuple[Repair, ...]:
    changes = ((text, ()) for text in (*(entry for entry in actions if entry not in kept), *resources))
    return (Rewrite("", tuple(changes)),)


def _acts_on_secrets(entry: Text, context: Context, statement: Statement) -> bool:
    actions = context.reach(statement).actions(entry)
    return not actions or any(_OF_SECRETS & {*action.resource_types} for action in actions)


def _acts_beside(entry: Text, context: Context, statement: Statement) -> bool:
    actions = context.reach(statement).actions(entry)
    return not actions or any({*action.resource_types} - _OF_SECRETS for action in actions)
