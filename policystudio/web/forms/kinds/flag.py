"""Yes or no, as one check box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from policystudio.builders.parameters.flags import Flag
from policystudio.web.forms.kind import WHAT, At, FormKind


class Check(FormKind):
    """A check box; its absence from what was sent is "no"."""

    section = WHAT
    template = "components/parameters/flag.html"

    def read(self, parameter: Flag, data: QueryDict, name: str) -> Any:
        return name in data

    def inputs(self, parameter: Flag, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        return {"checked": value is True}


KIND = Check()
