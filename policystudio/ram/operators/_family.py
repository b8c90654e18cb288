"""What a family of condition operators is: its names, and how a value of a document is read for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Family:
    """Operators that read their values alike.

    `parse` gives the typed value of a text, or None when the text is none of this family. `problem` says in a few
    words what is wrong with such a text. `negated` are the operators that hold when no value fits.
    """

    name: str
    operators: tuple[str, ...]
    negated: frozenset[str]
    parse: Callable[[str], Any]
    problem: Callable[[str], str | None]
    takes_set_prefix: bool = False

    def is_negated(self, operator: str) -> bool:
        """Whether `operator`, with or without a set prefix, holds when no value fits."""
        return operator.rpartition(":")[2] in self.negated

    def readable(self, value: str) -> str | None:
        """None when `value` can be read by this family, else what is wrong with it."""
        return self.problem(value)
