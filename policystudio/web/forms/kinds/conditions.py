"""The extra conditions: each is switched on by a check box and then shows the fields of its own kind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from policystudio.builders.conditions import Conditions
from policystudio.builders.parameters.flags import Flag
from policystudio.web.forms.kind import WHEN, At, FormKind, below, kind_of


class Switches(FormKind):
    """`<name>.<part>.on` switches a part on.

    Decision: a part that is on and empty is sent as it is and refused, so that removing the last address never opens
    a policy; a yes-or-no part is its own switch.
    """

    section = WHEN
    template = "components/parameters/conditions.html"

    def read(self, parameter: Conditions, data: QueryDict, name: str) -> Any:
        found: dict[str, Any] = {}
        for part in parameter.parts:
            if f"{name}.{part.name}.on" in data:
                is_switch = isinstance(part, Flag)
                found[part.name] = (
                    True if is_switch else kind_of(part).read(part, data, f"{name}.{part.name}")
                )
        return found

    def inputs(self, parameter: Conditions, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        given = value if isinstance(value, dict) else {}
        parts = []
        for part in parameter.parts:
            at = below(problems, part.name)
            drawn = None
            if not isinstance(part, Flag):
                drawn = kind_of(part).draw(part, given.get(part.name), f"{name}.{part.name}", at)
            switch = f"{name}.{part.name}.on"
            parts.append(
                {
                    "switch": switch,
                    "parameter": part,
                    "is_on": part.name in given,
                    "field": drawn,
                    "problems": at,
                }
            )
        return {"parts": parts}


KIND = Switches()
