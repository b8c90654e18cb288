"""Whether the actions and the resources of a statement meet, with what the documentation says of aliases.

Decision: an alias beside an action that takes a key by its alias counts only where some statement of the same effect
lists a key for that action; official pages disagree on whether the alias is needed at all, and this is right for both.
Source: catalogue, `key_alias_rule`.
"""

from __future__ import annotations

from functools import lru_cache

from policystudio.catalog.model import ALL_TYPES, Action, Catalogue, ResourceType
from policystudio.ram.document import Statement, Text
from policystudio.ram.finding import shown
from policystudio.ram.patterns import has_wildcard
from policystudio.validation.confidence import surest
from policystudio.validation.context import Context
from policystudio.validation.reach import Reach


def keyed_elsewhere(action: Action, statement: Statement, context: Context) -> bool:
    """Whether a statement of the same effect lets `action` work on some key."""
    if "key" not in action.resource_types:
        return False
    return (statement.effect, action.name) in context.keyed


def is_usable(action: Action, statement: Statement, context: Context) -> bool:
    """Whether the statement's resources let `action` act, or name keys for it by alias."""
    reach = context.reach(statement)
    if action.usable_with(reach.types):
        return True
    if statement.is_allow and context.united(action) and reach.types & {*action.resource_types}:
        return True
    return action.accepts_alias and "alias" in reach.types and keyed_elsewhere(action, statement, context)


def unusable_entry(entry: Text, statement: Statement, context: Context) -> tuple[Action, ...] | None:
    """The actions of an entry when none of them fits any resource of the statement; None when one does."""
    reach = context.reach(statement)
    if any(action.authorization_required for action in reach.usable(entry)):
        return None
    actions = tuple(action for action in reach.actions(entry) if action.authorization_required)
    if not actions or any(is_usable(action, statement, context) for action in actions):
        return None
    return actions


def serves(resource: Text, statement: Statement, context: Context) -> bool:
    """Whether any action of the statement acts on the resource, or takes it as the name of a key."""
    reach = context.reach(statement)
    kinds = reach.types_of(resource) - {ALL_TYPES}
    if not reach.served_types.isdisjoint(kinds):
        return True
    if statement.is_allow and any(
        context.united(action) and kinds & {*action.resource_types} for action in reach.expanded
    ):
        return True
    if "alias" not in kinds:
        return False
    return any(
        action.accepts_alias and keyed_elsewhere(action, statement, context) for action in reach.expanded
    )


def no_resource(entry: Text, actions: tuple[Action, ...]) -> tuple[str, str]:
    """What to say of an entry whose actions fit no resource, and how sure that is."""
    types = " or ".join(dict.fromkeys(kind for action in actions for kind in action.resource_types))
    return f"{shown(entry.text)} acts on none of these resources; it takes {types}", surest(actions)


def sure_of_containers(entry: Text, word: str, reach: Reach) -> str:
    """How sure it is that the actions of an entry ask for the container called `word`."""
    return surest(action for action in reach.actions(entry) if f"{word}-container" in action.resource_types)


@lru_cache(maxsize=64)
def _containers(catalogue: Catalogue) -> dict[str, ResourceType]:
    """Name of each action that asks for a container and nothing else → the container."""
    found = {}
    for action in catalogue.actions.values():
        kinds = [catalogue.resource_types[kind] for kind in action.resource_types]
        if len(kinds) == 1 and kinds[0].kind == "container":
            found[action.name] = kinds[0]
    return found


def missing_containers(entry: Text, statement: Statement, context: Context) -> tuple[str, ...]:
    """The words of the containers that an entry asks for and the statement lacks, though it lists their members.

    An exact action is asked about wherever members are listed; a pattern only where all members are, as it may have
    been meant for them alone.
    """
    reach = context.reach(statement)
    is_pattern = has_wildcard(entry.text)
    words: list[str] = []
    containers = _containers(context.catalogue)
    for action in reach.actions(entry):
        container = containers.get(action.name)
        if container is None or container.id in reach.types:
            continue
        word = container.word
        listed = reach.is_everything(f"{word}/*") if is_pattern else word in reach.types
        if listed and not context.allows([action.name]) and word not in words:
            words.append(word)
    return tuple(words)
