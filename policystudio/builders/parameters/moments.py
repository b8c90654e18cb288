"""One moment, to the second and with its zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from policystudio.builders.parameters.parameter import At, Parameter, Report
from policystudio.builders.parameters.texts import anchored
from policystudio.builders.seen import Seen
from policystudio.ram.finding import shown
from policystudio.ram.operators import date

KEY = "acs:CurrentTime"

_YEAR = "(?:19|2[0-9])[0-9]{2}"
_LEAP_YEAR = "(?:(?:19|2[0-9])(?:0[48]|[2468][048]|[13579][26])|2[048]00)"
_DATE = (
    f"(?:{_YEAR}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    f"|{_LEAP_YEAR}-02-29)"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_ZONE = r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
# What `ram.operators.date` reads, from 1900 on, for whoever checks by the schema alone; a test holds the two together.
_PATTERN = f"{_DATE}T{_TIME}{_ZONE}"
_MOMENT = re.compile(_PATTERN)


@dataclass(frozen=True, kw_only=True)
class Moment(Parameter):
    """A date and time of ISO 8601 with a zone, compared by `operator`; kept as it was typed.

    Source: ram-language, section 4: only such full moments are documented, so others are refused.
    """

    kind: ClassVar[str] = "moment"

    operator: str
    example: str = "2026-12-31T23:59:59Z"

    def shape(self) -> dict[str, Any]:
        return {"type": "string", "pattern": anchored(_PATTERN), "examples": [self.example]}

    def read(self, given: Any, at: At, report: Report) -> str:
        if not isinstance(given, str):
            report.add(at, "wrong-type", f"a moment such as `{self.example}` is needed here, as text")
            return ""
        if date.lacks_zone(given):
            report.add(
                at,
                "time-without-zone",
                f"{shown(given)} says no zone; write the whole moment, `{self.example}`",
            )
        elif not _MOMENT.fullmatch(given):
            report.add(at, "malformed-time", f"{shown(given)} is not a moment such as `{self.example}`")
        return given

    def value(self, plain: str) -> dict[str, Any]:
        """The condition block."""
        return {self.operator: {KEY: plain}}

    def guesses(self, seen: Seen) -> Iterator[str]:
        if (text := seen.one(self.operator, KEY)) is not None:
            yield text
