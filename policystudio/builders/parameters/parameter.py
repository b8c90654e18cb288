"""What every kind of parameter answers, and the report that gathers what is wrong with what was given.

Which kinds there are is left to the other modules here, what a builder does with the values to `library/`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from policystudio.builders.seen import Seen
from policystudio.errors import Problem
from policystudio.ram.position import pointer

ALL: Final = "all"
"""Stands for every key, alias or secret; an empty list or null never does."""

MAX_ENTRIES = 200
"""The most entries of any list; RAM's limit of 6,144 bytes is reached long before."""

At = tuple[str | int, ...]
"""The way to a value inside the parameters, as parts of a JSON Pointer."""


class Report:
    """Gathers problems, so that all of them can be told at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, at: At, code: str, detail: str) -> None:
        self.problems.append(Problem(pointer(*at), detail, code))


@dataclass(frozen=True, kw_only=True)
class Parameter(ABC):
    """One thing that a builder asks for.

    `default` is in the plain form (JSON values) and makes the documented sample; label and help are English and marked
    for translation where they are written.
    """

    kind: ClassVar[str]

    name: str
    label: str
    help: str = ""
    example: str = ""
    default: Any = None

    @property
    def is_required(self) -> bool:
        """Whether the parameters may be stored only when this is given."""
        return False

    @property
    def storable(self) -> Any:
        """The plain form that makes the sample and may be stored as it is."""
        return self.default

    @abstractmethod
    def shape(self) -> dict[str, Any]:
        """The JSON Schema of the value, without title, description and default."""

    @abstractmethod
    def read(self, given: Any, at: At, report: Report) -> Any:
        """The plain form of `given`; what is wrong with it goes into `report`, and then the result is not used."""

    @abstractmethod
    def value(self, plain: Any) -> Any:
        """What statements are made of, from the plain form."""

    @abstractmethod
    def guesses(self, seen: Seen) -> Iterator[Any]:
        """Plain forms that could have led to the document that was `seen`, the likeliest first."""

    def problem_to_store(self, plain: Any) -> Problem | None:
        """Why a value that is good enough for a preview may not be stored yet."""
        return None

    def schema(self) -> dict[str, Any]:
        """The whole JSON Schema of this parameter."""
        schema: dict[str, Any] = {"title": self.label}
        if self.help:
            schema["description"] = self.help
        schema |= self.shape()
        if self.storable is not None:
            schema["default"] = self.storable
        return schema


def read_list(
    given: Any,
    at: At,
    report: Report,
    read_item: Callable[[Any, At], Any],
    *,
    min_items: int = 1,
    empty: str = "at least one entry is needed",
) -> list[Any]:
    """The entries of a list, each read by `read_item`; refused are other types, too few, too many and repeated ones."""
    if not isinstance(given, list):
        report.add(at, "wrong-type", "a list is needed here")
        return []
    if len(given) < min_items:
        report.add(at, "empty-list", empty)
    if len(given) > MAX_ENTRIES:
        report.add(at, "too-many", f"{len(given)} entries are more than the {MAX_ENTRIES} that are allowed")
        return []
    items: list[Any] = []
    for index, entry in enumerate(given):
        before = len(report.problems)
        item = read_item(entry, (*at, index))
        if len(report.problems) == before and item in items:
            report.add((*at, index), "repeated", "this entry is listed twice; keep one")
        items.append(item)
    return items


def list_shape(items: dict[str, Any], *, min_items: int = 1) -> dict[str, Any]:
    """The JSON Schema that agrees with `read_list`."""
    return {
        "type": "array",
        "items": items,
        "minItems": min_items,
        "maxItems": MAX_ENTRIES,
        "uniqueItems": True,
    }


def read_object(
    given: Any, at: At, report: Report, names: tuple[str, ...], required: bool
) -> dict[str, Any] | None:
    """The members of an object, None when it is none; reports unknown names, and missing ones if `required`."""
    if not isinstance(given, dict):
        report.add(at, "wrong-type", "an object is needed here")
        return None
    for name in given:
        if name not in names:
            known = ", ".join(f"`{known}`" for known in names)
            report.add(
                (*at, name), "unknown-parameter", f"nothing of this name is known here; there are {known}"
            )
    if required:
        for name in names:
            if name not in given:
                report.add((*at, name), "missing", f"`{name}` is needed here")
    return given
