"""Finds the operators of conditions that sentences say without naming these.

`StringEquals` and `StringLike` without a wildcard say the same. A policy holds each operator once, and each key once
below it; so of the two the one is taken that keeps the order of the sentence, if there is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from policystudio.analysis.sentences.clause import Comparison
from policystudio.analysis.sentences.understand import COMPARISONS
from policystudio.ram.operators import families
from policystudio.ram.patterns import has_wildcard

_OPERATORS = {
    (COMPARISONS[operator.replace("Not", "", 1)], family.is_negated(operator)): operator
    for family in families()
    for operator in family.operators
    if operator.replace("Not", "", 1) in COMPARISONS
}
_ALIKE = (("StringEquals", "StringLike"), ("StringNotEquals", "StringNotLike"))


class Entry(NamedTuple):
    """A condition as read; `operators` are those that say it. Offsets are of its words."""

    operators: tuple[str, ...]
    key: str
    values: tuple[str, ...]
    start: int
    end: int


def operators_for(comparison: Comparison, is_negated: bool, values: Sequence[str]) -> tuple[str, ...]:
    """The operators that ask this of the values."""
    if comparison in (Comparison.TRUE, Comparison.FALSE):
        return ("Bool",)
    if comparison in (Comparison.IS, Comparison.FITS) and not any(map(has_wildcard, values)):
        return _ALIKE[is_negated]
    return (_OPERATORS[comparison, is_negated],)


def block(entries: Sequence[Entry]) -> dict[str, dict[str, tuple[str, ...]]] | Entry:
    """The conditions by operator and key; or the first entry that finds no place."""
    for first in product((0, 1), repeat=2):
        chosen = list(_in_order(entries, first))
        if len(chosen) == len(entries):
            return _grouped(entries, chosen)
    taken: dict[tuple[str, str], int] = {}
    # What has but one operator goes first, so that the others can take what is left.
    for index in sorted(range(len(entries)), key=lambda each: len(entries[each].operators)):
        entry = entries[index]
        free = [operator for operator in entry.operators if (operator, entry.key) not in taken]
        if not free:
            return entry
        taken[free[0], entry.key] = index
    operators = {index: operator for (operator, _), index in taken.items()}
    return _grouped(entries, [operators[index] for index in range(len(entries))])


def _in_order(entries: Sequence[Entry], first: Sequence[int]) -> Iterator[str]:
    """An operator for each entry, all of one operator side by side; ends early where there is none.

    `first` tells which of two alike operators is taken where both are free, plain and negated.
    """
    used: set[str] = set()
    current, keys = "", set[str]()
    for entry in entries:
        options = list(entry.operators)
        if len(options) > 1 and first[options[0] == _ALIKE[1][0]]:
            options.reverse()
        if current in options and entry.key not in keys:
            keys.add(entry.key)
        else:
            free = [operator for operator in options if operator not in used]
            if not free:
                return
            current, keys = free[0], {entry.key}
            used.add(current)
        yield current


def _grouped(entries: Sequence[Entry], chosen: Sequence[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry, operator in zip(entries, chosen, strict=True):
        found.setdefault(operator, {})[entry.key] = entry.values
    return found
