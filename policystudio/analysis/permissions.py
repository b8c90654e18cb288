"""What a change of a document adds and takes away: actions × resources × conditions, as sets and not as text.

Wildcards in actions are expanded by the catalogue, and kept too, as they will stand for more one day. Combinations that
the documentation rules out, such as encrypting with a secret, are left out. Decision: what is not certain to be covered
by what was there before counts as new. Whether a single request is allowed is a question for the simulator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from policystudio.catalog.lookup import expand, types_reached
from policystudio.catalog.model import INFERRED, Action, Catalogue
from policystudio.ram.document import Condition, Document, Effect, Statement
from policystudio.ram.patterns import covers, fold, has_wildcard
from policystudio.ram.resources import covers_resource, is_everything, split


class Bearing(StrEnum):
    """What an entry that was added or removed does to access."""

    WIDENS = "widens"
    NARROWS = "narrows"
    SAME = "same"
    """Another entry, before or after, says it too."""


@dataclass(frozen=True, slots=True, order=True)
class Permission:
    """One action or pattern on one resource; `excepted` marks "everything but", as `NotAction` and `NotResource`."""

    effect: Effect
    action: str
    resource: str
    conditions: tuple[str, ...]
    excepted: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Change:
    """Permissions that were added or removed together: each of `actions` on each of `resources`."""

    is_added: bool
    bearing: Bearing
    effect: Effect
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    conditions: tuple[str, ...]
    excepted: tuple[bool, bool]

    @property
    def count(self) -> int:
        return len(self.actions) * len(self.resources)


def permissions(document: Document | None, catalogue: Catalogue) -> frozenset[Permission]:
    """Every permission that the statements hold; none of a document that has faults."""
    found: set[Permission] = set()
    for statement in document.statements if document else ():
        found |= set(_of_statement(statement, catalogue))
    return frozenset(found)


def changes(before: frozenset[Permission], after: frozenset[Permission]) -> tuple[Change, ...]:
    """The difference, grouped; what widens access comes first."""
    added = [(True, _bearing(each, before, True), each) for each in after - before]
    removed = [(False, _bearing(each, after, False), each) for each in before - after]
    order = list(Bearing)
    return tuple(sorted(_grouped([*added, *removed]), key=lambda c: (order.index(c.bearing), not c.is_added)))


def _of_statement(statement: Statement, catalogue: Catalogue) -> Iterator[Permission]:
    conditions = tuple(sorted(_condition_text(c) for c in statement.conditions))
    excepted = (bool(statement.not_actions), bool(statement.not_resources))
    resources = [r.text for r in statement.resources]
    if statement.not_resources:
        resources = [", ".join(sorted(r.text for r in statement.not_resources))]
    if statement.not_actions:
        names = ", ".join(sorted(a.text for a in statement.not_actions))
        for resource in resources:
            yield Permission(statement.effect, names, resource, conditions, excepted)
        return
    for text in dict.fromkeys(a.text for a in statement.actions):
        known = [a for a in expand(catalogue, text) if a.authorization_required]
        for resource in resources:
            usable = [a for a in known if statement.not_resources or _can_work(a, resource, catalogue)]
            for action in usable:
                yield Permission(statement.effect, action.name, resource, conditions, excepted)
            if not known or (usable and has_wildcard(text)):
                yield Permission(statement.effect, text, resource, conditions, excepted)


def _condition_text(condition: Condition) -> str:
    values = ", ".join(sorted(value.text for value in condition.values))
    return f"{condition.operator} {condition.key}: {values}"


def _can_work(action: Action, resource: str, catalogue: Catalogue) -> bool:
    """Whether the documentation leaves it open that the action is authorised by this resource."""
    fields = split(resource)
    if is_everything(resource) or fields is None or action.resource_types_confidence == INFERRED:
        return True
    if fields.service != catalogue.service:
        return has_wildcard(fields.service)
    reached = types_reached(catalogue, fields.relative_id)
    return any(kind in reached for kind in action.resource_types)


def _bearing(permission: Permission, others: frozenset[Permission], is_added: bool) -> Bearing:
    if any(_covers(other, permission) for other in others):
        return Bearing.SAME
    return Bearing.WIDENS if is_added == (permission.effect is Effect.ALLOW) else Bearing.NARROWS


def _covers(wider: Permission, narrower: Permission) -> bool:
    """Whether `wider` says all that `narrower` says; conditions are joined by "and", so fewer of them say more."""
    if wider.effect is not narrower.effect or wider.excepted != narrower.excepted:
        return False
    if not set(wider.conditions) <= set(narrower.conditions):
        return False
    if any(wider.excepted):
        return (wider.action, wider.resource) == (narrower.action, narrower.resource)
    return covers_resource(wider.resource, narrower.resource) and covers(
        fold(wider.action), fold(narrower.action)
    )


class _Kind(NamedTuple):
    """What permissions of one group have in common, but for actions and resources."""

    is_added: bool
    bearing: Bearing
    effect: Effect
    conditions: tuple[str, ...]
    excepted: tuple[bool, bool]


def _grouped(entries: Iterable[tuple[bool, Bearing, Permission]]) -> Iterator[Change]:
    kinds: dict[_Kind, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for is_added, bearing, p in sorted(entries, key=lambda entry: entry[2]):
        kinds[_Kind(is_added, bearing, p.effect, p.conditions, p.excepted)][p.resource].append(p.action)
    for kind, resources in kinds.items():
        by_actions: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for resource, actions in resources.items():
            by_actions[tuple(actions)].append(resource)
        for together, names in by_actions.items():
            yield Change(
                kind.is_added,
                kind.bearing,
                kind.effect,
                together,
                tuple(names),
                kind.conditions,
                kind.excepted,
            )
