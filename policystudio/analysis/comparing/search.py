"""Looks through all dimensions of a target for requests that are allowed after and were not before.

Depth first, with the set of statements that are still alive; a dimension after which the same statements are alive is
searched once. What comes out is a decision diagram: its leaves are the new access. Source: analysis design, section 5.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.analysis.comparing.dimension import Dimension, Part
from policystudio.analysis.comparing.limits import Budget

Box = tuple[int, ...]
"""One set of atoms for each dimension; together, everything that lies in all of them."""


class Sides(NamedTuple):
    """Which statements in play (bits) do what: what allowed and denied before, what denies after.

    `told` is what has been looked at before and does not count again; `needed` must hold, for a guardrail.
    """

    allowed: int
    denied: int
    denies: int
    told: int = 0
    needed: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A place in the diagram: for each group of atoms of this dimension, what follows (True is new access)."""

    branches: tuple[tuple[int, Node | bool], ...]


class Search:
    """The search through the given dimensions, in their order; `atoms` are those that count in each."""

    def __init__(
        self, dimensions: Sequence[Dimension], atoms: Sequence[int], sides: Sides, budget: Budget
    ) -> None:
        self._dimensions = dimensions
        self._budget = budget
        self._sides = sides
        self._parts: list[list[Part]] = [
            dimension.parts(some, budget.tick) for dimension, some in zip(dimensions, atoms, strict=True)
        ]
        # Statements that nothing can end any more, once this dimension is reached.
        everything = sides.allowed | sides.denied | sides.denies | sides.told | sides.needed
        settled = [everything]
        for parts in reversed(self._parts):
            always = everything
            for part in parts:
                always &= part.holding
            settled.append(settled[-1] & always)
        self._settled = settled[::-1]
        self._everything = everything
        self._known: dict[tuple[int, int], Node | bool] = {}
        self._nodes: dict[tuple[int, tuple[tuple[int, Node | bool], ...]], Node] = {}

    def run(self) -> Node | bool:
        """The diagram; False when there is nothing new. Raises: Stuck when the budget is spent."""
        if not all(self._parts):
            return False
        return self._look(0, self._everything)

    def _verdict(self, level: int, alive: int) -> bool | None:
        sides, settled = self._sides, alive & self._settled[level]
        if settled & (sides.denies | sides.told) or sides.needed & ~alive:
            return False
        was_allowed, was_denied = alive & sides.allowed, alive & sides.denied
        if settled & sides.allowed and not was_denied:
            return False
        if alive & (sides.denies | sides.told) or sides.needed & ~settled:
            return None
        if not was_allowed or settled & sides.denied:
            return True
        return None

    def _look(self, level: int, alive: int) -> Node | bool:
        verdict = self._verdict(level, alive)
        if verdict is not None:
            return verdict
        # What denied before makes no difference where nothing allowed it.
        if not alive & self._sides.allowed:
            alive &= ~self._sides.denied
        found = self._known.get((level, alive))
        if found is None:
            self._budget.node(self._dimensions[level].name)
            found = self._known[level, alive] = self._branch(level, alive)
        return found

    def _branch(self, level: int, alive: int) -> Node | bool:
        branches: dict[Node | bool, int] = {}
        covered = 0
        for part in self._parts[level]:
            covered |= part.atoms
            then = self._look(level + 1, alive & part.holding)
            if then is not False:
                branches[then] = branches.get(then, 0) | part.atoms
        if not branches:
            return False
        if branches.get(True) == covered:
            return True
        told = tuple((atoms, then) for then, atoms in branches.items())
        return self._nodes.setdefault((level, told), Node(told))


def boxes(found: Node | bool, full: Sequence[int]) -> Iterator[Box]:
    """The new access as boxes that do not overlap, one for each way through the diagram."""
    if found is False:
        return
    if found is True:
        yield tuple(full)
        return
    assert isinstance(found, Node)  # nothing else is left
    for atoms, then in found.branches:
        for rest in boxes(then, full[1:]):
            yield (atoms, *rest)


def merged(found: Sequence[Box], budget: Budget) -> list[Box]:
    """The boxes, joined where they differ in one dimension only, until none do, or until the time is up."""
    left = list(found)
    while len(left) > 1:
        count = len(left)
        for at in range(len(left[0])):
            if budget.is_late:
                return left
            alike: dict[Box, int] = {}
            for box in left:
                rest = box[:at] + box[at + 1 :]
                alike[rest] = alike.get(rest, 0) | box[at]
            left = [(*rest[:at], atoms, *rest[at:]) for rest, atoms in alike.items()]
        if len(left) == count:
            break
    return left
