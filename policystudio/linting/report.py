"""What a run tells, file by file, and what a format of a report is.

A format is a generator: it writes on as files are judged, so that memory stays flat however many there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from policystudio.discovery import discover
from policystudio.linting.suppressions import Suppression
from policystudio.ram.finding import Finding, Severity
from policystudio.validation.size import Size


@dataclass(frozen=True, slots=True)
class Told:
    """A finding with its fingerprint, the looser mark of its place and, when it is suppressed, by what."""

    finding: Finding
    fingerprint: str
    place: str
    suppression: Suppression | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """One file. With a `fault` it could not be read; `text` is what lines and columns refer to."""

    path: str
    text: str = ""
    told: tuple[Told, ...] = ()
    size: Size | None = None
    fault: str | None = None

    @property
    def open(self) -> Iterator[Told]:
        """What is not suppressed."""
        return (told for told in self.told if told.suppression is None)

    @property
    def is_valid(self) -> bool:
        """Whether RAM takes the document, as far as is known."""
        return self.fault is None and all(t.finding.severity is not Severity.ERROR for t in self.told)


@dataclass(slots=True)
class Tally:
    """What a run came to; complete when the last file has been judged."""

    files: int = 0
    skipped: int = 0
    unreadable: int = 0
    suppressed: int = 0
    found: Counter[Severity] = field(default_factory=Counter)

    def add(self, judged: Judged) -> None:
        """Count a file and what was found in it."""
        self.files += judged.fault is None
        self.unreadable += judged.fault is not None
        for told in judged.told:
            self.suppressed += told.suppression is not None
            self.found[told.finding.severity] += told.suppression is None

    def reaches(self, threshold: Severity) -> bool:
        """Whether anything as grave as the threshold was found."""
        return any(count and severity.rank <= threshold.rank for severity, count in self.found.items())

    def summary(self) -> str:
        """The run in one sentence."""
        counts = [_several(self.found[severity], str(severity).replace("_", " ")) for severity in Severity]
        parts = [
            f"{_several(self.files, 'file')} judged: {', '.join(filter(None, counts)) or 'nothing found'}",
            f"{self.suppressed} suppressed" if self.suppressed else "",
            f"{_several(self.skipped, 'file')} skipped" if self.skipped else "",
            f"{_several(self.unreadable, 'file')} unreadable" if self.unreadable else "",
        ]
        return "; ".join(filter(None, parts))


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write a report. `write` may ask the tally for the whole run once the files are used up.

    `has_summary`: the summary is part of what is written, so that it need not be told besides.
    """

    write: Callable[[Iterable[Judged], Tally], Iterator[str]]
    has_summary: bool = False


@cache
def all_formats() -> dict[str, Format]:
    """Name → format, sorted by name. The public name is the file name."""
    return discover("policystudio.linting.formats", "FORMAT", Format)


def _several(count: int, what: str) -> str:
    if not count:
        return "" if what != "file" else "no file"
    return f"{count} {what}{'s' if count > 1 else ''}"
