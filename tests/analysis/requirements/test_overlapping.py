"""Overlapping boxes hold exactly the same points in no more boxes, of a small grid in the fewest there can be."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.requirements.overlapping import Cell, overlapping

Single = tuple[str, ...]
grids = st.sets(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1)
cubes = st.sets(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("12")), min_size=1)


def nothing(_single: Single) -> bool:
    """Nothing is allowed beside."""
    return False


def apart(points: set[Single]) -> list[Cell]:
    return [tuple(frozenset((value,)) for value in point) for point in sorted(points)]


def held(cells: list[Cell]) -> set[Single]:
    return {single for cell in cells for single in product(*cell)}


def fewest(points: set[Single]) -> int:
    """By trying all boxes, one, two, three of them at a time."""
    columns = [sorted(set(column)) for column in zip(*points, strict=True)]
    sides = [
        [frozenset(some) for size in range(1, len(column) + 1) for some in combinations(column, size)]
        for column in columns
    ]
    boxes = [points & set(product(*box)) for box in product(*sides) if set(product(*box)) <= points]
    for count in range(1, len(points) + 1):
        if any(set().union(*some) == points for some in combinations(boxes, count)):
            return count
    raise AssertionError("single points are boxes")


@given(grids | cubes)
def test_the_same_points_are_held_in_no_more_boxes(points: set[Single]) -> None:
    found = overlapping(apart(points), range(len(next(iter(points)))), nothing)
    assert held(found) == points
    assert len(found) <= len(points)
    assert all(held([other for other in found if other is not cell]) != points for cell in found)


def test_there_are_as_few_boxes_as_there_can_be_of_every_small_grid() -> None:
    grid: list[Single] = list(product("abc", "xyz"))
    for mask in range(1, 1 << len(grid)):
        points = {single for place, single in enumerate(grid) if mask >> place & 1}
        assert len(overlapping(apart(points), (0, 1), nothing)) == fewest(points)


@given(cubes)
def test_a_dimension_that_is_not_free_keeps_one_value(points: set[Single]) -> None:
    assert all(len(cell[2]) == 1 for cell in overlapping(apart(points), (0, 1), nothing))


def test_two_statements_that_overlap_stand_for_three_that_do_not() -> None:
    points: set[Single] = {("a", "x"), ("a", "y"), ("b", "x"), ("b", "y"), ("b", "z"), ("c", "y"), ("c", "z")}
    assert len(overlapping(apart(points), (0, 1), nothing)) == 2


@given(
    grids | cubes, st.sets(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("12")))
)
def test_only_what_is_allowed_anyway_is_held_beside(points: set[Single], beside: set[Single]) -> None:
    found = overlapping(apart(points), range(len(next(iter(points)))), beside.__contains__)
    assert points <= held(found) <= points | beside
    assert len(found) <= len(overlapping(apart(points), range(len(next(iter(points)))), nothing))


def test_what_is_allowed_anyway_makes_one_of_two() -> None:
    points: set[Single] = {("a", "x"), ("a", "y"), ("b", "x")}
    assert len(overlapping(apart(points), (0, 1), nothing)) == 2
    assert len(overlapping(apart(points), (0, 1), {("b", "y")}.__contains__)) == 1
