"""A finding: one thing that the validator says, from the reader to the page the same value.

Which findings exist is decided by the reader, the parser, the schema and the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from policystudio.ram.position import Source


class Severity(StrEnum):
    """The four grades of RAM's own policy check. Source: ram-language, section 8 (permission policy check)."""

    ERROR = "error"
    SECURITY_WARNING = "security_warning"
    WARNING = "warning"
    SUGGESTION = "suggestion"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANK[self]


MAX_FINDINGS = 200
"""More are not shown of one text; the first ones are mostly the cause of the others."""
MAX_EDITS = 2000
"""A repair with more edits is not offered: no text that RAM takes needs it, and the answer would outgrow the text."""

_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the code points from `start` up to `end` of the judged text by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """An offered repair, named by its effect; the edits do not overlap and speak of the judged text.

    `widens` says that the document allows more afterwards, as its title says too; all others allow no more than before.
    """

    title: str
    edits: tuple[Edit, ...]
    widens: bool = False

    def apply(self, text: str) -> str:
        """`text` with all edits made."""
        for edit in sorted(self.edits, key=lambda e: e.start, reverse=True):
            text = text[: edit.start] + edit.text + text[edit.end :]
        return text

    def as_json(self) -> dict[str, Any]:
        """The repair as the API shows it."""
        edits = [{"start": e.start, "end": e.end, "text": e.text} for e in self.edits]
        return {"title": self.title, "edits": edits, "widens": self.widens}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, where, and what to do. Tests rely on code and place, never on the message."""

    code: str
    severity: Severity
    message: str
    path: str | None = None
    line: int | None = None
    column: int | None = None
    fix: Fix | None = None
    confidence: str | None = None
    """How sure the fact behind the finding is, in the catalogue's words; None when the language itself says so."""
    choices: Sequence[Fix] = ()
    """Repairs of which a person has to choose one, where no single one is right."""
    catalogue_date: date | None = None
    """When the catalogue was compiled whose fact this is; None when the language itself says so."""
    default_severity: Severity | None = None
    """What it would be had nobody set another severity for its code; None when nobody has."""

    def as_json(self) -> dict[str, Any]:
        """The finding as the API shows it."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "default_severity": str(self.default_severity or self.severity),
            "message": self.message,
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "fix": self.fix.as_json() if self.fix else None,
            "choices": [fix.as_json() for fix in self.choices],
            "confidence": self.confidence,
            "catalogue_date": self.catalogue_date.isoformat() if self.catalogue_date else None,
        }


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings by severity, then place, then code."""
    return tuple(
        sorted(findings, key=lambda f: (f.severity.rank, f.line or 0, f.column or 0, f.path or "", f.code))
    )


def found(
    source: Source,
    code: str,
    severity: Severity,
    message: str,
    *,
    offset: int | None,
    path: str | None,
    fix: Fix | None = None,
    confidence: str | None = None,
    choices: Sequence[Fix] = (),
    catalogue_date: date | None = None,
) -> Finding:
    """A finding at `offset` of `source`, with its line and column worked out."""
    line = column = None
    if offset is not None:
        place = source.place(offset)
        line, column = place.line, place.column
    return Finding(code, severity, message, path, line, column, fix, confidence, choices, catalogue_date)


def shown(text: str, limit: int = 60) -> str:
    """`text` safe to echo in a message: cut to `limit` characters, odd characters as U+XXXX, in backticks."""
    cut = text if len(text) <= limit else text[:limit] + "…"
    if "`" not in cut and cut.isprintable():
        return f"`{cut}`"
    return "`" + "".join(c if c.isprintable() and c != "`" else f"U+{ord(c):04X}" for c in cut) + "`"
