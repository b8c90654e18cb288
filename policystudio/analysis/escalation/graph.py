"""The states that one key or one secret can be brought into, and the shortest way to do several things with it in turn.

Steps that change one object ask for nothing of another, so each object is searched by itself and the ways are joined
in `routes.py`. Objects of which all the same is allowed share a search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from itertools import combinations, count
from typing import NamedTuple

from policystudio.analysis.comparing.limits import Budget
from policystudio.analysis.escalation.likeness import asked_of, opens
from policystudio.analysis.escalation.model import Tags, Thing
from policystudio.analysis.escalation.permissions import Grant, Permissions
from policystudio.analysis.escalation.transition import Need, Role, Shape, Transition, transitions


class Act(NamedTuple):
    """One step, as far as one object is concerned; `tags` are those that it sets or removes."""

    name: str
    role: Role
    resource: str
    grants: tuple[Grant, ...]
    tags: Tags = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """Something to do with an object in a role, or with `reached` a state to bring it into."""

    uses: tuple[tuple[str, Transition], ...] = ()
    role: Role = Role.KEY
    reached: Callable[[Thing], bool] | None = None


class Plan(NamedTuple):
    """One step of a way, before it is said of which object: the state before it and the alternative that is taken."""

    name: str
    role: Role
    thing: Thing
    needs: tuple[Need, ...]
    tags: Tags
    sent: Tags


Plans = tuple[Plan, ...]


class _Node(NamedTuple):
    cost: int
    plan: Plan | None
    before: _Node | None

    def plans(self) -> Plans:
        found: list[Plan] = []
        node: _Node | None = self
        while node is not None:
            if node.plan is not None:
                found.append(node.plan)
            node = node.before
        return tuple(reversed(found))


class Search:
    """The searches of all objects that are alike: what one of them allows, the others do."""

    def __init__(
        self,
        resource: str,
        role: Role,
        permissions: Permissions,
        tag_sets: Sequence[Tags],
        budget: Budget,
    ) -> None:
        self._resource = resource
        self._role = role
        self._permissions = permissions
        self._tag_sets = tag_sets
        self._budget = budget
        self._moves: dict[Thing, list[tuple[Plan, Thing]]] = {}
        self._ways: dict[tuple[Thing, tuple[Stage, ...]], Plans | None] = {}

    def way(self, start: Thing, stages: tuple[Stage, ...]) -> Plans | None:
        """The fewest steps that do all of it in this order, or None. Raises: Stuck when the budget is spent."""
        asked = (start, stages)
        if asked not in self._ways:
            self._ways[asked] = self._search(start, stages)
        return self._ways[asked]

    def _search(self, start: Thing, stages: Sequence[Stage]) -> Plans | None:
        frontier = {start: _Node(0, None, None)}
        for at, stage in enumerate(stages):
            reached: dict[Thing, _Node] = {}
            for thing, node in self._spread(frontier):
                plan = self._done(stage, thing)
                if plan is not None or (stage.reached is not None and stage.reached(thing)):
                    reached[thing] = node if plan is None else _Node(node.cost + 1, plan, node)
                    if at == len(stages) - 1:
                        return reached[thing].plans()
            frontier = reached
        return None

    def _spread(self, frontier: dict[Thing, _Node]) -> Iterator[tuple[Thing, _Node]]:
        """Every state that can be reached from the frontier, those with the fewest steps first."""
        order = count()
        queue = [(node.cost, next(order), thing, node) for thing, node in frontier.items()]
        queue.sort()
        seen: set[Thing] = set()
        best: dict[Thing, int] = {}
        while queue:
            cost, _turn, thing, node = heappop(queue)
            if thing in seen:
                continue
            seen.add(thing)
            self._budget.node("states")
            yield thing, node
            for plan, after in self._moves_from(thing):
                if after not in seen and best.get(after, cost + 2) > cost + 1:
                    best[after] = cost + 1
                    heappush(queue, (cost + 1, next(order), after, _Node(cost + 1, plan, node)))

    def _moves_from(self, thing: Thing) -> list[tuple[Plan, Thing]]:
        if thing not in self._moves:
            self._moves[thing] = list(self._made(thing))
        return self._moves[thing]

    def _made(self, thing: Thing) -> Iterator[tuple[Plan, Thing]]:
        for name, each in _changes(self._role):
            known: dict[Tags, tuple[Need, ...] | None] = {}
            for after in each.after(thing, self._tag_sets):
                changed = _changed(thing.tags, after.tags)
                for sent in self._sendings(thing.tags, after.tags, changed) if each.sends_tags else ((),):
                    if sent not in known:
                        known[sent] = self._allowed(each, self._role, thing, sent)
                    needs = known[sent]
                    if needs is not None:
                        yield Plan(name, self._role, thing, needs, sent or changed, sent), after
                        break

    def _sendings(self, before: Tags, after: Tags, changed: Tags) -> Iterator[Tags]:
        """What a request may carry to set the changed tags: these, and of those that stay any that are asked for.

        Setting a tag to the value that it has changes nothing, yet the request carries it. Raises: Stuck.
        """
        asked = self._permissions.sent_names
        kept = [tag for tag in after if tag in before and tag[0] in asked]
        for count_again in range(len(kept) + 1):
            for again in combinations(kept, count_again):
                self._budget.look_at_clock("tags")
                yield tuple(sorted((*changed, *again)))

    def _done(self, stage: Stage, thing: Thing) -> Plan | None:
        for name, each in stage.uses:
            is_ready = each.when if stage.role is each.of else each.target
            if is_ready(thing):
                needs = self._allowed(each, stage.role, thing, ())
                if needs is not None:
                    return Plan(name, stage.role, thing, needs, (), ())
        return None

    def _allowed(
        self, transition: Transition, role: Role, thing: Thing, sent: Tags
    ) -> tuple[Need, ...] | None:
        """What the first alternative asks for of this object, if all of it is granted."""
        for needs in transition.needs:
            own = tuple(need for need in needs if need.role in (role, Role.CONTAINER))
            if all(
                self._permissions.may(
                    need.action, *asked_of(need, self._resource, thing), sent, is_open=opens(need, thing)
                )
                for need in own
            ):
                return own
        return None


class Graph:
    """One object by its resource name."""

    def __init__(self, resource: str, permissions: Permissions, search: Search) -> None:
        self._resource = resource
        self._permissions = permissions
        self._search = search

    def way(self, start: Thing, *stages: Stage) -> Plans | None:
        """The fewest steps that do all of it in this order, or None. Raises: Stuck when the budget is spent."""
        return self._search.way(start, stages)

    def acts(self, plans: Plans) -> tuple[Act, ...]:
        """The steps with the requests that they need of this object."""
        return tuple(
            Act(plan.name, plan.role, self._resource, tuple(self._grants(plan)), plan.tags) for plan in plans
        )

    def _grants(self, plan: Plan) -> Iterator[Grant]:
        for need in plan.needs:
            grant = self._permissions.grant(
                need.action,
                *asked_of(need, self._resource, plan.thing),
                plan.sent,
                is_open=opens(need, plan.thing),
            )
            assert grant is not None  # objects share a search only where the same is allowed
            yield grant


@cache
def _changes(role: Role) -> tuple[tuple[str, Transition], ...]:
    return tuple(
        (name, each) for name, each in transitions().items() if each.shape is Shape.CHANGE and each.of is role
    )


def _changed(before: Tags, after: Tags) -> Tags:
    """The tags that are set, or where none is those that are removed."""
    if before == after:
        return ()
    was, now = dict(before), dict(after)
    set_now = tuple((name, value) for name, value in after if was.get(name) != value)
    return set_now or tuple((name, value) for name, value in before if name not in now)
