"""Puts points together to few boxes that hold exactly these points: no statement pairs what was not asked together.

Points with other keys are in other boxes, as a statement asks for all of its keys. Boxes that differ in one dimension
only become one, dimension by dimension until nothing more fits; of several orders of dimensions the one that gives the
fewest and then the shortest is taken. Where overlapping boxes are fewer, see `overlapping.py`, these are taken instead;
they may also hold what boxes with fewer keys allow anyway.
Nothing depends on the order in which the points come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from policystudio.analysis.requirements.asked import takes_several
from policystudio.analysis.requirements.boxes import Box, Point
from policystudio.analysis.requirements.covering import Allowed
from policystudio.analysis.requirements.overlapping import Cell, overlapping
from policystudio.catalog.model import Catalogue

_ACTION, _RESOURCE = 0, 1
_MOST_ORDERS = 6
_FEW = 2_000
"""Up to so many points all the orders are tried; above it, two."""


def partition(points: Iterable[Point], catalogue: Catalogue) -> list[Box]:
    """The boxes, in an order that depends on what they hold alone. None of the points may cover another one."""
    by_keys: dict[tuple[str, ...], set[Point]] = defaultdict(set)
    for point in points:
        by_keys[point.keys].add(point)
    allowed = Allowed(set[Point]().union(*by_keys.values()), catalogue)
    boxes = [box for keys, those in by_keys.items() for box in _boxes(keys, those, allowed, catalogue)]
    return in_order(boxes, catalogue)


def in_order(boxes: Iterable[Box], catalogue: Catalogue) -> list[Box]:
    """The boxes as the statements of a document follow each other: by action, as the catalogue lists them."""
    places = {action.name: index for index, action in enumerate(catalogue.actions.values())}

    def order(box: Box) -> tuple[object, ...]:
        actions = sorted(places[name] for name in box.actions)
        return actions, sorted(box.resources), [(key, sorted(values)) for key, values in box.conditions]

    return sorted(boxes, key=order)


def _boxes(
    keys: tuple[str, ...], points: Collection[Point], allowed: Allowed, catalogue: Catalogue
) -> list[Box]:
    cells = [_cell(point) for point in points]
    free = [_ACTION, _RESOURCE, *(n for n, key in enumerate(keys, 2) if takes_several(key, catalogue))]
    tried = [_merged(cells, order) for order in _orders(free, len(cells))]
    apart = min(tried, key=lambda found: (len(found), sum(len(side) for cell in found for side in cell)))

    def is_allowed(single: Sequence[str]) -> bool:
        return Point(single[0], single[1], tuple(zip(keys, single[2:], strict=True))) in allowed

    best = overlapping(apart, free, is_allowed)
    return [Box(cell[0], cell[1], tuple(zip(keys, cell[2:], strict=True))) for cell in best]


def _cell(point: Point) -> Cell:
    values = (frozenset((value,)) for _key, value in point.conditions)
    return frozenset((point.action,)), frozenset((point.resource,)), *values


def _orders(free: Sequence[int], points: int) -> list[list[int]]:
    """Every dimension first once, as far as there is time: which one is first matters most."""
    turns = [[*free[n:], *free[:n]] for n in range(len(free))]
    return turns[: _MOST_ORDERS if points <= _FEW else 2]


def _merged(cells: Sequence[Cell], order: Sequence[int]) -> list[Cell]:
    """Until no two cells differ in one of the dimensions alone."""
    found, idle = list(cells), 0
    while idle < len(order):
        for dimension in order:
            fewer = _along(found, dimension)
            idle = idle + 1 if len(fewer) == len(found) else 0
            found = fewer
            if idle >= len(order):
                break
    return found


def _along(cells: Sequence[Cell], dimension: int) -> list[Cell]:
    """Cells that differ in this dimension alone as one."""
    groups: dict[Cell, set[str]] = defaultdict(set)
    for cell in cells:
        groups[(*cell[:dimension], *cell[dimension + 1 :])].update(cell[dimension])
    return [(*rest[:dimension], frozenset(values), *rest[dimension:]) for rest, values in groups.items()]
