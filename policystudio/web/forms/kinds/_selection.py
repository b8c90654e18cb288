"""All, these, or none: keys, aliases and secrets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from policystudio.builders.parameters.parameter import ALL
from policystudio.builders.parameters.selection import Select
from policystudio.web.forms.kind import WHICH, At, FormKind, lines

THESE, NONE = "these", "none"


class Selection(FormKind):
    """Radio cards; "these" shows the chips."""

    section = WHICH
    template = "components/parameters/selection.html"

    def read(self, parameter: Select, data: QueryDict, name: str) -> Any:
        choice = data.get(name, ALL)
        if choice == ALL:
            return ALL
        if choice == NONE and parameter.offers_none:
            return []
        # Decision: "these" without an entry stays an error, even where "none" may be chosen: nobody meant it.
        return lines(data.get(f"{name}.names", "")) or ([""] if parameter.offers_none else [])

    def inputs(self, parameter: Select, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        names = [entry for entry in value if entry] if isinstance(value, list) else []
        options = [
            {"value": ALL, "label": gettext(parameter.all_label)},
            {"value": THESE, "label": gettext(parameter.these_label), "reveals": True},
        ]
        if parameter.offers_none:
            options.append({"value": NONE, "label": gettext(parameter.none_label)})
        choice = (
            ALL if not isinstance(value, list) else NONE if value == [] and parameter.offers_none else THESE
        )
        wrong = [
            {"value": names[int(p.path[0])], "message": p.detail}
            for p in problems
            if p.path and p.path[0].isdigit() and int(p.path[0]) < len(names)
        ]
        placed = {entry["message"] for entry in wrong}
        return {
            "choice": choice,
            "options": options,
            "names": names,
            "wrong": wrong,
            "chip_errors": [p.detail for p in problems if p.detail not in placed],
        }
