"""Tags of keys: a key and its values in each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from policystudio.web.forms.kind import At, every, lines, own
from policystudio.web.forms.kinds._rows import Rows


class TagRows(Rows):
    """One row for each tag key."""

    template = "components/parameters/tags.html"

    def read_row(self, data: QueryDict, name: str) -> dict[str, Any] | None:
        key, values = data.get(f"{name}.key", "").strip(), lines(data.get(f"{name}.values", ""))
        return {"key": key, "values": values} if key or values else None

    def row(self, entry: dict[str, Any], problems: Sequence[At]) -> dict[str, Any]:
        of_key = [p for p in problems if p.path[:1] == ("key",)]
        values = entry.get("values", [])
        of_values = [At(p.path[1:], p.detail) for p in problems if p.path[:1] == ("values",)]
        wrong = [
            {"value": values[int(p.path[0])], "message": p.detail}
            for p in of_values
            if p.path and p.path[0].isdigit() and int(p.path[0]) < len(values)
        ]
        return {
            "key": entry.get("key", ""),
            "values": values,
            "key_errors": [*every(of_key), *own(problems)],
            "values_errors": own(of_values),
            "wrong": wrong,
        }


KIND = TagRows()
