"""Which objects and which tags are alike: all the same is allowed with them, so that one stands for all."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import cache

from policystudio.analysis.comparing.limits import Budget, Stuck, Unknown
from policystudio.analysis.escalation.model import Tags, Thing, container_of
from policystudio.analysis.escalation.permissions import Permissions
from policystudio.analysis.escalation.transition import Need, Role, transitions

MOST_SETS = 400
"""So many sets of tags of one key are looked at."""


def tag_sets(
    permissions: Permissions, resource: str, budget: Budget, judges: Sequence[Permissions] = ()
) -> tuple[Tags, ...]:
    """Sets of tags that are told apart, those with the fewest tags first; of alike ones with the same names one.

    Alike are those with the same access by each of the `judges`, without any by the permissions themselves.
    Raises: Stuck where there are more than `MOST_SETS`.
    """
    found: list[Tags] = [()]
    for name, values in sorted(permissions.tag_values(resource).items()):
        if len(found) * (len(values) + 1) > MOST_SETS:
            raise Stuck(Unknown("too-many-states", "tags", (name,)))
        budget.node("tags")
        found += [(*tags, (name, value)) for value in values for tags in found]
    if permissions.sent_names:
        return tuple(sorted(found, key=len))
    by_statements: dict[Hashable, Tags] = {}
    for tags in sorted(found, key=len):
        by_statements.setdefault((_names(tags), permissions.standing(resource, tags)), tags)
    by_access: dict[Hashable, Tags] = {}
    for tags in by_statements.values():
        access = tuple(_allowed(resource, Role.KEY, tags, judge) for judge in judges or (permissions,))
        by_access.setdefault((_names(tags), access), tags)
    return tuple(by_access.values())


def mark(resource: str, role: Role, permissions: Permissions, tags: Sequence[Tags]) -> Hashable:
    """Equal for objects of which all the same is allowed in every state with one of these sets of tags."""
    if permissions.sent_names:
        return resource
    return role, tuple(tags), tuple(_allowed(resource, role, each, permissions) for each in tags)


def asked_of(need: Need, resource: str, thing: Thing) -> tuple[str, Tags]:
    """The resource and the tags of a request: the collection has none."""
    return (container_of(resource), ()) if need.role is Role.CONTAINER else (resource, thing.tags)


def opens(need: Need, thing: Thing) -> bool:
    """Whether the object's own policy lets the request through; that of a secret says nothing of the collection."""
    return thing.is_open and need.role is not Role.CONTAINER


def _names(tags: Tags) -> tuple[str, ...]:
    return tuple(name for name, _value in tags)


def _allowed(resource: str, role: Role, tags: Tags, permissions: Permissions) -> tuple[bool, ...]:
    thing = Thing(tags)
    return tuple(
        permissions.may(need.action, *asked_of(need, resource, thing), is_open=is_open)
        for need in _needs(role)
        for is_open in (False, True)
    )


@cache
def _needs(role: Role) -> tuple[Need, ...]:
    """Everything that some step may ask for of an object, each action once."""
    roles = (Role.SECRET,) if role is Role.SECRET else (Role.KEY, Role.TARGET, Role.CONTAINER)
    found = {
        (need.action, need.role is Role.CONTAINER): need
        for each in transitions().values()
        for needs in each.needs
        for need in needs
        if need.role in roles
    }
    return tuple(found.values())
