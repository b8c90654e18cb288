"""The fewest steps to each goal in a world: ways of single objects, joined where a step concerns two of them.

Why this is exact: a step changes one object, or joins two in one call (re-encrypting, pointing an alias, reading a
secret under its key). Ways of different objects never hinder each other, so the shortest whole is made of the shortest
parts that do the joint steps in order. Data that went from one key to another need not go on to a third: it could have
gone there at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.comparing.limits import Budget
from policystudio.analysis.escalation.graph import Act, Graph, Plans, Search, Stage
from policystudio.analysis.escalation.likeness import mark, tag_sets
from policystudio.analysis.escalation.model import Goal, Kind, Life, Material, Tags, Thing, World
from policystudio.analysis.escalation.permissions import Grant, Permissions
from policystudio.analysis.escalation.transition import Role, Shape, transitions


class Step(NamedTuple):
    """One step of a path: the objects by their roles, the requests that were granted, the tags set or removed."""

    name: str
    objects: tuple[tuple[Role, str], ...]
    grants: tuple[Grant, ...]
    tags: Tags = ()


Path = tuple[Step, ...]
Acts = tuple[Act, ...]


def _stage(role: Role, *shapes: Shape, goal: Goal | None = None) -> Stage:
    uses = tuple(
        (name, each)
        for name, each in transitions().items()
        if each.shape in shapes and (goal is None or goal in each.goals)
    )
    return Stage(uses, role)


_USE = {goal: _stage(Role.KEY, Shape.USE, goal=goal) for goal in (Goal.DECRYPT, Goal.SIGN)}
_FROM, _TO = _stage(Role.KEY, Shape.COPY), _stage(Role.TARGET, Shape.COPY)
_POINTED = _stage(Role.TARGET, Shape.POINT)
_LEFT, _REPOINTED = _stage(Role.KEY, Shape.UNPOINT), _stage(Role.TARGET, Shape.REPOINT)


def _is_destroyed(thing: Thing) -> bool:
    return thing.life is Life.GONE or thing.material is Material.DELETED


_DESTROYED = Stage(reached=_is_destroyed)
_TOUCHING = (Goal.READ_SECRET, Goal.REPLACE_SECRET)


class Routes:
    """The answers for one world."""

    def __init__(self, world: World, permissions: Permissions, budget: Budget) -> None:
        self._world = world
        self._permissions = permissions
        self._budget = budget
        self._searches: dict[Hashable, Search] = {}
        own: dict[str, dict[Tags, None]] = {}
        for key in world.keys:
            if key.resource not in own:
                own[key.resource] = dict.fromkeys(tag_sets(permissions, key.resource, budget))
            own[key.resource][key.start.tags] = None
        self._graphs = {
            **{name: self._graph(name, Role.KEY, tuple(tags)) for name, tags in own.items()},
            **{each.resource: self._graph(each.resource, Role.SECRET, ((),)) for each in world.secrets},
        }
        self._ranked: dict[tuple[Stage, ...], list[int]] = {}

    def _graph(self, resource: str, role: Role, tags: tuple[Tags, ...]) -> Graph:
        likeness = mark(resource, role, self._permissions, tags)
        if likeness not in self._searches:
            self._searches[likeness] = Search(resource, role, self._permissions, tags, self._budget)
        return Graph(resource, self._permissions, self._searches[likeness])

    def all(self) -> Iterator[tuple[Goal, Kind, int, Path | None]]:
        """The fewest steps to each goal on each object, None where it is not reachable. Raises: Stuck."""
        for index, key in enumerate(self._world.keys):
            if key.start.life is not Life.ABSENT:
                for goal in (Goal.DECRYPT, Goal.SIGN, Goal.DESTROY_KEY):
                    yield goal, Kind.KEY, index, self.key(goal, index)
        for index in range(len(self._world.aliases)):
            for goal in (Goal.DECRYPT, Goal.SIGN):
                yield goal, Kind.ALIAS, index, self.alias(goal, index)
        for index in range(len(self._world.secrets)):
            for goal in (*_TOUCHING, Goal.DESTROY_SECRET):
                yield goal, Kind.SECRET, index, self.secret(goal, index)

    def key(self, goal: Goal, index: int) -> Path | None:
        """A goal on a key."""
        if goal is Goal.DESTROY_KEY:
            return _joined(self._chain(index, _DESTROYED))
        ways = [_joined(self._chain(index, _USE[goal]))]
        if goal is Goal.DECRYPT:
            ways.append(self._copied(self._chain(index, _FROM), {index}))
        return _shortest(ways)

    def alias(self, goal: Goal, index: int) -> Path | None:
        """A goal on an alias: on the key that it points at, or by pointing it at another."""
        alias = self._world.aliases[index]
        ways = [self.key(goal, alias.key)]
        point = self._on_alias(alias.resource, Shape.POINT)
        if point is not None:
            ways += self._moved(goal, alias.key, (point,), (), _POINTED)
        leave, again = (self._on_alias(alias.resource, shape) for shape in (Shape.UNPOINT, Shape.REPOINT))
        left = self._chain(alias.key, _LEFT)
        if leave is not None and again is not None and left is not None:
            ways += self._moved(goal, alias.key, (leave, again), left, _REPOINTED)
        return _shortest(ways)

    def secret(self, goal: Goal, index: int) -> Path | None:
        """A goal on a secret."""
        secret = self._world.secrets[index]
        graph = self._graphs[secret.resource]
        plans = graph.way(secret.start, _GONE if goal is Goal.DESTROY_SECRET else _TOUCH[goal])
        own = None if plans is None else graph.acts(plans)
        if goal is Goal.DESTROY_SECRET:
            return _joined(own)
        remade = graph.way(secret.start, _REMADE[goal])
        again = None if remade is None else graph.acts(remade)
        if secret.key is None:
            return _shortest((_joined(own), _joined(again)))
        return _shortest((_joined(own, self._chain(secret.key, _TOUCH_KEY[goal])), _joined(again)))

    def _moved(
        self, goal: Goal, key: int, on_alias: Acts, left: Acts, pointed: Stage
    ) -> Iterator[Path | None]:
        """Through an alias that is pointed at another key than `key`; `left` is what that one needs before."""
        used = self._best((pointed, _USE[goal]), {key})
        if used is not None:
            yield _joined(left, on_alias, used)
        if goal is Goal.DECRYPT:
            for other in islice(self._among((pointed, _FROM), {key}), 2):
                acts = self._chain(other, pointed, _FROM)
                apart = {other, key} if left else {other}
                yield self._copied(acts, apart, left, on_alias)
                # The key that is left may be the one to read with, which then is prepared in one go.
                back = self._chain(key, _LEFT, _TO, _USE[goal]) if left else None
                if back is not None:
                    yield _joined(back, on_alias, acts)

    def _copied(self, source: Acts | None, apart: set[int], *before: Acts) -> Path | None:
        """What a source key encrypts, re-encrypted with a key to read it with, which is none of `apart`."""
        best = None if source is None else self._best((_TO, _USE[Goal.DECRYPT]), apart)
        return None if best is None or source is None else _joined(*before, source, best)

    def _best(self, stages: tuple[Stage, ...], apart: set[int]) -> Acts | None:
        index = next(self._among(stages, apart), None)
        return None if index is None else self._chain(index, *stages)

    def _among(self, stages: tuple[Stage, ...], apart: set[int]) -> Iterator[int]:
        """Keys that can do these things, those with the fewest steps first."""
        if stages not in self._ranked:
            found = [
                (len(plans), index)
                for index in range(len(self._world.keys))
                if (plans := self._way(index, stages)) is not None
            ]
            self._ranked[stages] = [index for _cost, index in sorted(found)]
        return (index for index in self._ranked[stages] if index not in apart)

    def _chain(self, index: int, *stages: Stage) -> Acts | None:
        plans = self._way(index, stages)
        return None if plans is None else self._graphs[self._world.keys[index].resource].acts(plans)

    def _way(self, index: int, stages: tuple[Stage, ...]) -> Plans | None:
        key = self._world.keys[index]
        return self._graphs[key.resource].way(key.start, *stages)

    def _on_alias(self, resource: str, shape: Shape) -> Act | None:
        for name, each in transitions().items():
            if each.shape is shape:
                for needs in each.needs:
                    asked = [need.action for need in needs if need.role is Role.ALIAS]
                    grants = [self._permissions.grant(action, resource) for action in asked]
                    if all(grants):
                        return Act(name, Role.ALIAS, resource, tuple(each for each in grants if each))
        return None


_GONE = Stage(reached=lambda thing: thing.life is Life.GONE)
_TOUCH = {goal: _stage(Role.SECRET, Shape.TOUCH, goal=goal) for goal in _TOUCHING}
_REMADE = {goal: _stage(Role.SECRET, Shape.REMAKE, goal=goal) for goal in _TOUCHING}
_TOUCH_KEY = {goal: _stage(Role.KEY, Shape.TOUCH, goal=goal) for goal in _TOUCHING}


def _joined(*parts: Acts | None) -> Path | None:
    """The ways of several objects as one path, each joint step once; None where one of them is missing.

    The order of each part stays; a joint step comes when all of its objects are ready.
    """
    ways = [list(part) for part in parts if part is not None]
    if len(ways) < len(parts):
        return None
    joint = {act.name for way in ways for act in way if transitions()[act.name].shape in _JOINT}
    steps: list[Step] = []
    while any(ways):
        free = next((way for way in ways if way and way[0].name not in joint), None)
        if free is not None:
            steps.append(_step([free.pop(0)]))
            continue
        # Nobody is before its time: a joint step is due when each object that has a part in it has come to it.
        name = next(way[0].name for way in ways if way and _is_due(way[0].name, ways))
        steps.append(_step([way.pop(0) for way in ways if way and way[0].name == name]))
    return tuple(steps)


_JOINT = (Shape.COPY, Shape.POINT, Shape.UNPOINT, Shape.REPOINT, Shape.TOUCH)


def _is_due(name: str, ways: Sequence[list[Act]]) -> bool:
    return all(way[0].name == name for way in ways if any(act.name == name for act in way))


def _step(acts: Sequence[Act]) -> Step:
    ordered = sorted(acts, key=lambda act: _ORDER.index(act.role))
    return Step(
        ordered[0].name,
        tuple((act.role, act.resource) for act in ordered),
        tuple(grant for act in ordered for grant in act.grants),
        ordered[0].tags,
    )


_ORDER = (Role.ALIAS, Role.SECRET, Role.KEY, Role.TARGET, Role.CONTAINER)


def _shortest(paths: Iterable[Path | None]) -> Path | None:
    found = [path for path in paths if path is not None]
    return min(found, key=len) if found else None
