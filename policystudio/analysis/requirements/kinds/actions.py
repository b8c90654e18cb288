"""Every action of the same group and level as those asked for, as far as it suits the resources.

Source: the catalogue, `group` and `access_level`. Decision: only actions that are current and not deprecated are added;
and on `*` only those that have no resource of their own, as the others would reach every resource there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from policystudio.analysis.request import WITHOUT_RESOURCE
from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.catalog.lookup import types_reached
from policystudio.catalog.model import ALL_TYPES, Action, Catalogue
from policystudio.ram.resources import split

_ACTIONS = "every action of the group `{group}` and the level `{level}` that suits the resources"

_NONE = frozenset((ALL_TYPES,))


def _offers(boxes: Sequence[Box], scene: Scene) -> Iterator[Generalisation]:
    catalogue = scene.catalogue
    used = {name for box in boxes for name in box.actions}
    groups = {(each.group, each.access_level) for each in catalogue.actions.values() if each.name in used}
    for group, level in sorted(groups):
        alike = [
            each for each in catalogue.actions.values() if (each.group, each.access_level) == (group, level)
        ]
        widen = _widening(alike, catalogue)
        if any(widened != (box,) for box in boxes for widened in (tuple(widen(box)),)):
            number = f"actions:{group}:{level.lower().replace(' ', '-')}"
            yield Generalisation(number, _ACTIONS, {"group": group, "level": level}, widen)


def _widening(alike: Collection[Action], catalogue: Catalogue) -> Callable[[Box], Sequence[Box]]:
    names = frozenset(action.name for action in alike)
    new = [
        each
        for each in alike
        if each.status == "current" and not each.deprecated and each.authorization_required
    ]

    def widen(box: Box) -> Sequence[Box]:
        """Resources of different types get different actions; those actions that are of other groups stay."""
        if not box.actions & names:
            return (box,)
        by_types: dict[frozenset[str], set[str]] = defaultdict(set)
        for resource in box.resources:
            by_types[_types(resource, catalogue)].add(resource)
        by_actions: dict[frozenset[str], set[str]] = defaultdict(set)
        for types, resources in by_types.items():
            by_actions[frozenset(each.name for each in new if _suits(each, types))] |= resources
        if all(more <= box.actions for more in by_actions):
            return (box,)
        return [
            box._replace(actions=box.actions | more, resources=frozenset(those))
            for more, those in by_actions.items()
        ]

    return widen


def _types(resource: str, catalogue: Catalogue) -> frozenset[str]:
    """The types that a resource name reaches; of `*` alone that of actions without a resource."""
    if resource == WITHOUT_RESOURCE:
        return _NONE
    fields = split(resource)
    assert fields is not None  # it was read as a request, or widened from one
    return types_reached(catalogue, fields.relative_id)


def _suits(action: Action, types: frozenset[str]) -> bool:
    return (
        set(action.resource_types) == _NONE if types == _NONE else not types.isdisjoint(action.resource_types)
    )


KIND = Kind(order=40, says=(_ACTIONS,), offers=_offers)
