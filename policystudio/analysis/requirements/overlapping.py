"""Fewer boxes by letting them overlap: what two statements both allow is allowed once, so it costs nothing.

Each box is grown in every dimension as far as it still holds only points that are asked; of the grown ones the one that
holds the most points still missing is taken until none is missing, and what the others hold too is dropped again.
Decision: this is greedy, as finding the fewest of all is NP-hard; it is tried for few points, where people read the
statements.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from policystudio.analysis.requirements.boxes import Values

MOST_POINTS = 1_000
MOST_BOXES = 60

Cell = tuple[Values, ...]
_Single = tuple[str, ...]


def overlapping(cells: Sequence[Cell], free: Sequence[int]) -> list[Cell]:
    """Boxes that together hold the same points as these, no more of them, in an order by what they hold.

    `free` are the dimensions in which a box may have several values.
    """
    asked = {single for cell in cells for single in product(*cell)}
    if len(cells) < 2 or len(cells) > MOST_BOXES or len(asked) > MOST_POINTS:
        return list(cells)
    values = [sorted(set(column)) for column in zip(*asked, strict=True)]
    grown = {_grown(cell, order, values, asked) for cell in cells for order in (free, free[::-1])}
    found = _needed(_chosen(sorted(grown, key=_by_content), asked))
    return found if len(found) < len(cells) else list(cells)


def _by_content(cell: Cell) -> list[list[str]]:
    return [sorted(side) for side in cell]


def _grown(
    cell: Cell, order: Iterable[int], values: Sequence[Sequence[str]], asked: Collection[_Single]
) -> Cell:
    """The box as large as it can be, one dimension after the other."""
    for dimension in order:
        fitting = [
            value
            for value in values[dimension]
            if all(single in asked for single in product(*cell[:dimension], (value,), *cell[dimension + 1 :]))
        ]
        cell = (*cell[:dimension], frozenset(fitting), *cell[dimension + 1 :])
    return cell


def _chosen(grown: Sequence[Cell], asked: Collection[_Single]) -> list[Cell]:
    """Of the boxes those that hold the most of what is missing, until nothing is."""
    holding = {cell: set(product(*cell)) for cell in grown}
    missing, found = set(asked), []
    while missing:
        best = max(grown, key=lambda cell: len(holding[cell] & missing))
        found.append(best)
        missing -= holding[best]
    return found


def _needed(cells: Sequence[Cell]) -> list[Cell]:
    """Without those that the others hold together."""
    left = list(cells)
    for cell in cells:
        others = {single for other in left if other is not cell for single in product(*other)}
        if others.issuperset(product(*cell)):
            left.remove(cell)
    return left
