"""Fewer boxes by letting them overlap: what two statements both allow is allowed once, so it costs nothing.

Each box is grown in every dimension as far as it still holds only points that are allowed: those that are asked, and
those that the rest of the document allows. Of the grown ones the one that holds the most points still missing is taken
until none is missing, and what the others hold too is dropped again.
Decision: this is greedy, as finding the fewest of all is NP-hard; it is tried for few points, where people read the
statements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import partial
from itertools import product
from math import prod

from policystudio.analysis.requirements.boxes import Values

MOST_POINTS = 1_000
MOST_BOXES = 60
_MOST_HELD = 5 * MOST_POINTS

Cell = tuple[Values, ...]
_Single = tuple[str, ...]


def overlapping(
    cells: Sequence[Cell], free: Sequence[int], is_allowed: Callable[[_Single], bool]
) -> list[Cell]:
    """Boxes that together hold all points of these, no more of them, in an order by what they hold.

    `free` are the dimensions in which a box may have several values. What they hold beside, `is_allowed` holds of it.
    """
    asked = {single for cell in cells for single in product(*cell)}
    if len(cells) < 2 or len(cells) > MOST_BOXES or len(asked) > MOST_POINTS:
        return list(cells)
    values = [sorted(set(column)) for column in zip(*asked, strict=True)]
    tried = [list(cells)]
    for fits in (partial(_fits, asked, _nothing), partial(_fits, asked, is_allowed)):
        grown = {_grown(cell, order, values, fits) for cell in cells for order in (free, free[::-1])}
        tried.append(_needed(_chosen(sorted(grown, key=_by_content), asked), asked))
    # What holds nothing beside comes first where it does as well, as it is shorter.
    return min(tried, key=len)


def _nothing(_single: _Single) -> bool:
    return False


def _by_content(cell: Cell) -> list[list[str]]:
    return [sorted(side) for side in cell]


def _fits(asked: Set[_Single], is_allowed: Callable[[_Single], bool], cell: Cell) -> bool:
    """Whether everything in the box is allowed."""
    return all(single in asked or is_allowed(single) for single in product(*cell))


def _grown(
    cell: Cell, order: Iterable[int], values: Sequence[Sequence[str]], fits: Callable[[Cell], bool]
) -> Cell:
    """The box as large as it can be, one dimension after the other, as long as it can still be looked through."""
    for dimension in order:
        before, behind = cell[:dimension], cell[dimension + 1 :]
        fitting = {value for value in values[dimension] if fits((*before, frozenset((value,)), *behind))}
        grown = (*before, cell[dimension] | fitting, *behind)
        if prod(map(len, grown)) <= _MOST_HELD:
            cell = grown
    return cell


def _chosen(grown: Sequence[Cell], asked: Set[_Single]) -> list[Cell]:
    """Of the boxes those that hold the most of what is missing, until nothing is."""
    holding = {cell: asked & set(product(*cell)) for cell in grown}
    missing, found = set(asked), []
    while missing:
        best = max(grown, key=lambda cell: len(holding[cell] & missing))
        found.append(best)
        missing -= holding[best]
    return found


def _needed(cells: Sequence[Cell], asked: Set[_Single]) -> list[Cell]:
    """Without those of which the others hold together all that is asked."""
    left = list(cells)
    for cell in cells:
        others = {single for other in left if other is not cell for single in product(*other)}
        if others.issuperset(asked & set(product(*cell))):
            left.remove(cell)
    return left
