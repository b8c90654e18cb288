"""Some of a fixed list, as check boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from policystudio.builders.parameters.choices import Operations
from policystudio.web.forms.kind import WHAT, At, FormKind, every


class Checks(FormKind):
    """One check box for each choice."""

    section = WHAT
    template = "components/parameters/operations.html"

    def read(self, parameter: Operations, data: QueryDict, name: str) -> Any:
        return data.getlist(name)

    def inputs(self, parameter: Operations, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        chosen = value if isinstance(value, list) else []
        choices = [
            {"value": c.value, "label": gettext(c.label), "action": c.action, "checked": c.value in chosen}
            for c in parameter.choices
        ]
        return {"choices": choices, "all_errors": every(problems)}


KIND = Checks()
