"""Addresses and address ranges, as chips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from policystudio.builders.parameters.networks import Networks
from policystudio.web.forms.kind import WHEN, At, FormKind, lines


class Addresses(FormKind):
    """A list of texts; problems stand at the entry."""

    section = WHEN
    template = "components/parameters/networks.html"

    def read(self, parameter: Networks, data: QueryDict, name: str) -> Any:
        return lines(data.get(name, ""))

    def inputs(self, parameter: Networks, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        values = value if isinstance(value, list) else []
        wrong = [
            {"value": values[int(p.path[0])], "message": p.detail}
            for p in problems
            if p.path and p.path[0].isdigit() and int(p.path[0]) < len(values)
        ]
        return {"values": values, "wrong": wrong}


KIND = Addresses()
