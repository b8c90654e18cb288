"""What a statement allows, as sets: every action of it on every resource of it with every combination of values.

A point is a box of one: one action, one resource, and one value for each key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import NamedTuple

Values = frozenset[str]


class Point(NamedTuple):
    """One request to be allowed; `conditions` are pairs of key and value, sorted by key."""

    action: str
    resource: str
    conditions: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _value in self.conditions)


class Box(NamedTuple):
    """The content of one statement; `conditions` are pairs of key and values, sorted by key."""

    actions: Values
    resources: Values
    conditions: tuple[tuple[str, Values], ...]

    @property
    def cells(self) -> int:
        """How many points it holds."""
        count = len(self.actions) * len(self.resources)
        for _key, values in self.conditions:
            count *= len(values)
        return count

    @property
    def entries(self) -> int:
        """How many texts its statement has."""
        return len(self.actions) + len(self.resources) + sum(len(values) for _key, values in self.conditions)

    def values(self, key: str) -> Values:
        """The values of a key; none where the key does not matter."""
        return next((values for name, values in self.conditions if name == key), frozenset())

    def with_values(self, key: str, values: Values) -> Box:
        """The same with other values of a key that it has."""
        conditions = tuple((name, values if name == key else old) for name, old in self.conditions)
        return self._replace(conditions=conditions)

    def points(self) -> Iterator[Point]:
        """Every single request in it, in no order that means anything."""
        keys = [key for key, _values in self.conditions]
        for action, resource, *values in product(
            self.actions, self.resources, *(values for _key, values in self.conditions)
        ):
            yield Point(action, resource, tuple(zip(keys, values, strict=True)))


def cells(boxes: Iterable[Box]) -> int:
    """How many points all of them hold, those in several counted several times."""
    return sum(box.cells for box in boxes)
