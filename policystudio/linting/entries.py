"""Reads the entries of a configuration, and gathers what is wrong with each in words that say what to write instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from policystudio.linting.suppressions import PAGES, Suppression
from policystudio.linting.toml_lines import Lines, Where
from policystudio.ram.finding import Severity, shown
from policystudio.validation.fingerprint import HEX_DIGITS
from policystudio.validation.registry import Documentation, all_documentation, documentation
from policystudio.validation.severities import choices

_PLACE = re.compile(rf"[0-9a-f]{{{HEX_DIGITS}}}|(/.*)?", re.DOTALL)
_FIELDS = ("code", "file", "place", "reason", "until")
_REQUIRED = {
    "code": "say which finding is meant",
    "file": "say in which files, as a pattern such as `policies/*.json`",
    "reason": "say why nothing has to be done",
    "until": "say until when that holds, as a date such as 2027-06-30",
}


class Entries:
    """The entries of one configuration and the faults found in them, each with its line."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.problems: list[tuple[int, str]] = []

    def fault(self, where: Where, message: str) -> None:
        self.problems.append((self.lines.line(where), message))

    def severities(self, table: Any) -> dict[str, str]:
        """Code → severity or `off`."""
        if not isinstance(table, Mapping):
            self.fault(("severities",), "`severities` is a table of codes, each with a severity")
            return {}
        found: dict[str, str] = {}
        for code, wanted in table.items():
            where = ("severities", code)
            page = PAGES.get(code) or self._documentation(code, where)
            if page is None:
                continue
            possible = choices(page.severity)
            if wanted in possible:
                found[page.code] = wanted
            elif page.severity is Severity.ERROR:
                self.fault(where, f"`{page.code}` stays an error, since RAM refuses what it speaks of")
            else:
                allowed = ", ".join(f'"{each}"' for each in possible)
                self.fault(where, f"`{page.code}` can be {allowed}")
        return found

    def patterns(self, listed: Any) -> tuple[str, ...]:
        """The patterns of files that are left out."""
        if isinstance(listed, list) and all(isinstance(each, str) and each for each in listed):
            return tuple(listed)
        self.fault(("exclude",), '`exclude` is a list of patterns such as ["archive/**"]')
        return ()

    def suppressions(self, tables: Any) -> tuple[Suppression, ...]:
        """The suppressions that have everything they need."""
        if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
            self.fault(("suppress",), "each suppression is a table of its own, headed [[suppress]]")
            return ()
        found = [self._suppression(table, ("suppress", index)) for index, table in enumerate(tables)]
        return tuple(suppression for suppression in found if suppression is not None)

    def _suppression(self, table: Mapping[str, Any], where: Where) -> Suppression | None:
        before = len(self.problems)
        for name in table.keys() - set(_FIELDS):
            self.fault((*where, name), f"{shown(name)} is unknown; a suppression has {', '.join(_FIELDS)}")
        for name, advice in _REQUIRED.items():
            if name not in table:
                self.fault(where, f"the suppression has no `{name}`; {advice}")
        for name in ("code", "file", "reason"):
            value = table.get(name, "present elsewhere")
            if not isinstance(value, str) or not value.strip():
                self.fault((*where, name), f"`{name}` is a text in quotes; {_REQUIRED[name]}")
        until = table.get("until", dt.date.max)
        if type(until) is not dt.date:
            self.fault((*where, "until"), "`until` is a date without quotes, such as 2027-06-30")
        place = table.get("place")
        if place is not None and (not isinstance(place, str) or not _PLACE.fullmatch(place)):
            message = (
                f"`place` is the fingerprint of a finding ({HEX_DIGITS} characters) or a pointer such as"
            )
            self.fault((*where, "place"), f"{message} /Statement/0/Action")
        code = table.get("code")
        page = self._documentation(code, (*where, "code")) if isinstance(code, str) and code.strip() else None
        if page is not None and page.severity is Severity.ERROR:
            self.fault((*where, "code"), f"`{page.code}` cannot be suppressed: RAM refuses what it speaks of")
        if len(self.problems) > before or page is None:
            return None
        return Suppression(
            page.code, place, table["reason"].strip(), until, table["file"], self.lines.line(where)
        )

    def _documentation(self, code: str, where: Where) -> Documentation | None:
        page = documentation(code)
        if page is None:
            near = get_close_matches(code, all_documentation(), n=1)
            hint = f"did you mean `{near[0]}`?" if near else "see the list of rules"
            self.fault(where, f"there is no finding with the code {shown(code)}; {hint}")
        return page
