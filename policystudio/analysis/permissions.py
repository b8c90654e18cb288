"""What a change of a document adds and takes away: actions × resources × conditions, as sets and not as text.

Wildcards in actions are expanded by the catalogue, and kept too, as they will stand for more one day. Combinations that
the documentation rules out, such as encrypting with a secret, are left out. Decision: what is not certain to be covered
by what was there before counts as new. Whether a single request is allowed is a question for the simulator.
"""

from __future__ import annotations

import json
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

# So many pairs of patterns are compared at most; what is not compared is not certain to be covered, and counts as new.
_MOST_COMPARED = 100_000


class Bearing(StrEnum):
    """What an entry that was added or removed does to access."""

    WIDENS = "widens"
    NARROWS = "narrows"
    SAME = "same"
    """Another entry, before or after, says it too."""


class Limit(NamedTuple):
    """One condition; `values` are sorted, each once."""

    operator: str
    key: str
    values: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.operator} {self.key}: {_listed(self.values)}"


class Permission(NamedTuple):
    """One action or pattern on one resource; `excepted` marks "everything but", as `NotAction` and `NotResource`.

    What is excepted stands in `action` or `resource` as one list.
    """

    effect: Effect
    action: str
    resource: str
    conditions: tuple[Limit, ...]
    excepted: tuple[bool, bool] = (False, False)


@dataclass(frozen=True, slots=True)
class Change:
    """Permissions that were added or removed together: each of `actions` on each of `resources`; texts for showing."""

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
    added, removed = after - before, before - after
    said = {True: _covered(added, before), False: _covered(removed, after)}
    entries = (
        (is_added, _bearing(each, is_added, each in said[is_added]), each)
        for is_added, those in ((True, added), (False, removed))
        for each in those
    )
    order = list(Bearing)
    return tuple(sorted(_grouped(entries), key=lambda c: (order.index(c.bearing), not c.is_added)))


def _of_statement(statement: Statement, catalogue: Catalogue) -> Iterator[Permission]:
    conditions = tuple(sorted(_limit(c) for c in statement.conditions))
    excepted = (bool(statement.not_actions), bool(statement.not_resources))
    resources = [r.text for r in statement.resources]
    if statement.not_resources:
        resources = [_listed(sorted(r.text for r in statement.not_resources))]
    if statement.not_actions:
        names = _listed(sorted(a.text for a in statement.not_actions))
        for resource in resources:
            yield Permission(statement.effect, names, resource, conditions, excepted)
        return
    for text in dict.fromkeys(a.text for a in statement.actions):
        known = [a for a in expand(catalogue, text) if a.authorization_required]
        for resource in resources:
            usable = [a for a in known if statement.not_resources or can_work(a, resource, catalogue)]
            for action in usable:
                yield Permission(statement.effect, action.name, resource, conditions, excepted)
            if not known or (usable and has_wildcard(text)):
                yield Permission(statement.effect, text, resource, conditions, excepted)


def _limit(condition: Condition) -> Limit:
    values = tuple(sorted({value.text for value in condition.values}))
    return Limit(condition.operator.text, condition.key.text, values)


def _listed(texts: Iterable[str]) -> str:
    """The texts joined by commas; one that could be taken for several is quoted, so no two lists read alike."""
    return ", ".join(
        json.dumps(text, ensure_ascii=False) if not text or "," in text or '"' in text else text
        for text in texts
    )


def can_work(action: Action, resource: str, catalogue: Catalogue) -> bool:
    """Whether the documentation leaves it open that the action is authorised by this resource."""
    fields = split(resource)
    if is_everything(resource) or fields is None or action.resource_types_confidence == INFERRED:
        return True
    if fields.service != catalogue.service:
        return has_wildcard(fields.service)
    reached = types_reached(catalogue, fields.relative_id)
    return any(kind in reached for kind in action.resource_types)


def _bearing(permission: Permission, is_added: bool, is_said: bool) -> Bearing:
    if is_said:
        return Bearing.SAME
    return Bearing.WIDENS if is_added == (permission.effect is Effect.ALLOW) else Bearing.NARROWS


class _Manner(NamedTuple):
    """All of a permission but its action and its resource."""

    effect: Effect
    conditions: tuple[Limit, ...]
    excepted: tuple[bool, bool]

    def includes(self, other: _Manner) -> bool:
        """Whether this says more, or the same; conditions are joined by "and", so fewer of them say more."""
        return (self.effect, self.excepted) == (other.effect, other.excepted) and set(self.conditions) <= set(
            other.conditions
        )


_Names = dict[str, set[str]]
"""Resource → the actions on it."""


def _by_manner(permissions: Iterable[Permission]) -> dict[_Manner, _Names]:
    """The same permissions in groups; sorted first, as it may depend on the order which pairs are compared."""
    found: dict[_Manner, _Names] = defaultdict(lambda: defaultdict(set))
    for p in sorted(permissions):
        found[_Manner(p.effect, p.conditions, p.excepted)][p.resource].add(p.action)
    return found


def _covered(narrower: Iterable[Permission], wider: Iterable[Permission]) -> frozenset[Permission]:
    """Those of `narrower` that one of `wider` says too.

    Each resource is compared once with each pattern of the other side, and each action once with each of its patterns,
    not each permission with each.
    """
    others = _by_manner(wider)
    comparing = _Comparing()
    found: set[Permission] = set()
    for manner, names in _by_manner(narrower).items():
        wide = [those for other, those in others.items() if other.includes(manner)]
        if not wide:
            continue
        wild = [(those, resource) for those in wide for resource in those if has_wildcard(resource)]
        for resource, actions in names.items():
            holding = [those[resource] for those in wide if resource in those]
            if not any(manner.excepted):
                holding += [
                    those[w] for those, w in wild if w != resource and comparing.resources(w, resource)
                ]
            for action in comparing.said(holding, actions, as_patterns=not any(manner.excepted)):
                found.add(Permission(manner.effect, action, resource, manner.conditions, manner.excepted))
    return frozenset(found)


class _Comparing:
    """Compares patterns, each pair once and not without end."""

    def __init__(self) -> None:
        self._left = _MOST_COMPARED
        self._answers: dict[tuple[str, str], bool] = {}

    def resources(self, wider: str, narrower: str) -> bool:
        self._left -= 1
        return self._left >= 0 and covers_resource(wider, narrower)

    def said(self, holding: list[set[str]], actions: set[str], *, as_patterns: bool) -> set[str]:
        """The `actions` that one of the sets holds, be it by a pattern."""
        if not as_patterns:
            return {action for action in actions if any(action in those for those in holding)}
        exact = {fold(action) for those in holding for action in those}
        patterns = sorted(action for action in exact if has_wildcard(action))
        return {
            action
            for action, folded in ((action, fold(action)) for action in sorted(actions))
            if folded in exact or any(self._action(pattern, folded) for pattern in patterns)
        }

    def _action(self, wider: str, narrower: str) -> bool:
        pair = wider, narrower
        if pair not in self._answers:
            self._left -= 1
            if self._left < 0:
                return False
            self._answers[pair] = covers(wider, narrower)
        return self._answers[pair]


class _Kind(NamedTuple):
    """What permissions of one group have in common, but for actions and resources."""

    is_added: bool
    bearing: Bearing
    effect: Effect
    conditions: tuple[Limit, ...]
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
                tuple(map(str, kind.conditions)),
                kind.excepted,
            )
