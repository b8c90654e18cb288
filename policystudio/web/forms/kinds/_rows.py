"""Values that are lists of objects: one row of fields for each, and one empty row for the next."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from policystudio.builders.parameters.parameter import MAX_ENTRIES
from policystudio.web.forms.kind import WHICH, At, FormKind, below

NUMBER = "__number__"
"""Stands for the number of a row in the template that script copies."""


class Rows(FormKind):
    """Rows are numbered in their fields' names; a row in which nothing was typed does not count."""

    section = WHICH

    def read(self, parameter: Any, data: QueryDict, name: str) -> Any:
        numbers = sorted({int(part) for part in _row_parts(data, name) if len(part) < 6})[: MAX_ENTRIES + 1]
        rows = (self.read_row(data, f"{name}.{number}") for number in numbers)
        return [row for row in rows if row is not None]

    def inputs(self, parameter: Any, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        entries = value if isinstance(value, list) else []
        rows = [
            {"name": f"{name}.{index}", "number": index + 1, **self.row(entry, below(problems, index))}
            for index, entry in enumerate(entries)
        ]
        # One empty row, so that adding needs no script; with script more are made from the template.
        blank = {"name": f"{name}.{len(rows)}", "number": len(rows) + 1, **self.row({}, [])}
        template = {"name": f"{name}.{NUMBER}", "number": NUMBER, **self.row({}, [])}
        return {"rows": [*rows, blank], "template": template, "next": len(rows) + 1}

    @abstractmethod
    def read_row(self, data: QueryDict, name: str) -> dict[str, Any] | None:
        """The object of one row; None when the row is empty."""

    @abstractmethod
    def row(self, entry: dict[str, Any], problems: Sequence[At]) -> dict[str, Any]:
        """What the template needs for one row."""


def _row_parts(data: QueryDict, name: str) -> list[str]:
    starts = f"{name}."
    parts = [field.removeprefix(starts).partition(".")[0] for field in data if field.startswith(starts)]
    return [part for part in parts if part.isascii() and part.isdigit()]
