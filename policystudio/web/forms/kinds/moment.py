"""A moment with its zone, as a field for date and time and one for the zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from policystudio.builders.parameters.moments import Moment
from policystudio.web.forms.kind import WHEN, At, FormKind, every

_PARTS = re.compile(
    r"(?P<local>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})"
)
_TO_THE_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
UTC = "Z"


class LocalWithZone(FormKind):
    """`<name>` holds the local time as browsers write it, `<name>.zone` the offset."""

    section = WHEN
    template = "components/parameters/moment.html"

    def read(self, parameter: Moment, data: QueryDict, name: str) -> Any:
        local = data.get(name, "").strip()
        if not local:
            return ""
        # Browsers leave the seconds out when they are zero.
        local += ":00" if _TO_THE_MINUTE.fullmatch(local) else ""
        return local + data.get(f"{name}.zone", UTC)

    def inputs(self, parameter: Moment, value: Any, name: str, problems: Sequence[At]) -> dict[str, Any]:
        parts = _PARTS.fullmatch(value) if isinstance(value, str) else None
        zone = parts["zone"] if parts else UTC
        zones = [(UTC, "UTC"), ("+08:00", _("China (UTC+8)"))]
        if zone not in dict(zones):
            zones.append((zone, f"UTC{zone}"))
        return {
            "local": parts["local"] if parts else "",
            "zone": zone,
            "zones": zones,
            "all_errors": every(problems),
        }


KIND = LocalWithZone()
