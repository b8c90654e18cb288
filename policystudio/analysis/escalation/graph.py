"""The states that one key or one secret can be brought into, and the shortest way to do several things with it in turn.

Steps that change one object ask for nothing of another, so each object is searched by itself and the ways are joined
in `routes.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from policystudio.analysis.comparing.limits import Budget
from policystudio.analysis.escalation.model import Tags, Thing, container_of
from policystudio.analysis.escalation.permissions import Grant, Permissions
from policystudio.analysis.escalation.transition import Role, Shape, Transition, transitions


class Act(NamedTuple):
    """One step, as far as one object is concerned; `tags` are those that it sets or removes."""

    name: str
    role: Role
    resource: str
    grants: tuple[Grant, ...]
    tags: Tags = ()


Acts = tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """Something to do with an object in a role, or with `reached` a state to bring it into."""

    uses: tuple[tuple[str, Transition], ...] = ()
    role: Role = Role.KEY
    reached: Callable[[Thing], bool] | None = None


class _Node(NamedTuple):
    cost: int
    act: Act | None
    before: _Node | None

    def acts(self) -> Acts:
        found: list[Act] = []
        node: _Node | None = self
        while node is not None:
            if node.act is not None:
                found.append(node.act)
            node = node.before
        return tuple(reversed(found))


class Graph:
    """One object by its resource name. `tag_sets` are the sets of tags that are told apart."""

    def __init__(
        self,
        resource: str,
        role: Role,
        permissions: Permissions,
        tag_sets: Sequence[Tags],
        budget: Budget,
    ) -> None:
        self.resource = resource
        self._role = role
        self._permissions = permissions
        self._tag_sets = tag_sets
        self._budget = budget
        self._changes = [
            (name, each)
            for name, each in transitions().items()
            if each.shape is Shape.CHANGE and each.of is role
        ]
        self._moves: dict[Thing, list[tuple[Act, Thing]]] = {}
        self._chains: dict[tuple[Thing, tuple[Stage, ...]], Acts | None] = {}

    def chain(self, start: Thing, *stages: Stage) -> Acts | None:
        """The fewest steps that do all of it in this order, or None. Raises: Stuck when the budget is spent."""
        asked = (start, stages)
        if asked not in self._chains:
            self._chains[asked] = self._search(start, stages)
        return self._chains[asked]

    def _search(self, start: Thing, stages: Sequence[Stage]) -> Acts | None:
        frontier = {start: _Node(0, None, None)}
        for at, stage in enumerate(stages):
            reached: dict[Thing, _Node] = {}
            for thing, node in self._spread(frontier):
                act = self._done(stage, thing)
                if act is not None or (stage.reached is not None and stage.reached(thing)):
                    reached[thing] = node if act is None else _Node(node.cost + 1, act, node)
                    if at == len(stages) - 1:
                        return reached[thing].acts()
            frontier = reached
        return None

    def _spread(self, frontier: dict[Thing, _Node]) -> Iterator[tuple[Thing, _Node]]:
        """Every state that can be reached from the frontier, those with the fewest steps first."""
        order = count()
        queue = [(node.cost, next(order), thing, node) for thing, node in frontier.items()]
        queue.sort()
        seen: set[Thing] = set()
        while queue:
            cost, _turn, thing, node = heappop(queue)
            if thing in seen:
                continue
            seen.add(thing)
            self._budget.node("states")
            yield thing, node
            for act, after in self._moves_from(thing):
                if after not in seen:
                    heappush(queue, (cost + 1, next(order), after, _Node(cost + 1, act, node)))

    def _moves_from(self, thing: Thing) -> list[tuple[Act, Thing]]:
        if thing not in self._moves:
            self._moves[thing] = list(self._made(thing))
        return self._moves[thing]

    def _made(self, thing: Thing) -> Iterator[tuple[Act, Thing]]:
        for name, each in self._changes:
            if not each.when(thing):
                continue
            known: dict[Tags, tuple[Grant, ...] | None] = {}
            for after in each.after(thing, self._tag_sets):
                changed = _changed(thing.tags, after.tags)
                sent = changed if each.sends_tags else ()
                if sent not in known:
                    known[sent] = self._grants(each, self._role, thing, sent)
                grants = known[sent]
                if grants is not None:
                    yield Act(name, self._role, self.resource, grants, changed), after

    def _done(self, stage: Stage, thing: Thing) -> Act | None:
        for name, each in stage.uses:
            is_ready = each.when if stage.role is each.of else each.target
            if is_ready(thing):
                grants = self._grants(each, stage.role, thing, ())
                if grants is not None:
                    return Act(name, stage.role, self.resource, grants)
        return None

    def _grants(
        self, transition: Transition, role: Role, thing: Thing, sent: Tags
    ) -> tuple[Grant, ...] | None:
        """What the first alternative asks for of this object, if all of it is granted."""
        for needs in transition.needs:
            found: list[Grant] = []
            for need in needs:
                if need.role is Role.CONTAINER:
                    grant = self._permissions.grant(need.action, container_of(self.resource), (), sent)
                elif need.role is role:
                    grant = self._permissions.grant(
                        need.action, self.resource, thing.tags, sent, is_open=thing.is_open
                    )
                else:
                    continue
                if grant is None:
                    break
                found.append(grant)
            else:
                return tuple(found)
        return None


def _changed(before: Tags, after: Tags) -> Tags:
    """The tags that are set, or where none is those that are removed."""
    was = dict(before)
    now = dict(after)
    set_now = tuple((name, value) for name, value in after if was.get(name) != value)
    return set_now or tuple((name, value) for name, value in before if name not in now)
