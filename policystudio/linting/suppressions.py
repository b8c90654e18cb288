"""Findings that a project's configuration suppresses, and the suppressions that do nothing any more.

A suppression is a waiver that is kept in a file beside the documents; what it covers is decided in
`validation/waiving.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from policystudio.linting.globs import fits, names
from policystudio.ram.finding import Finding, Severity
from policystudio.validation.registry import Documentation
from policystudio.validation.waiving import Waiver, Weighed, weigh

UNUSED = "unused-suppression"
EXPIRED = "expired-suppression"
PAGES: Mapping[str, Documentation] = MappingProxyType(
    {
        UNUSED: Documentation(
            UNUSED,
            Severity.WARNING,
            "A suppression of the configuration suppresses nothing.",
            "",
            "It would hide the next finding of its code without anybody having looked at that.",
            "Remove it.",
            None,
        ),
        EXPIRED: Documentation(
            EXPIRED,
            Severity.WARNING,
            "A suppression of the configuration has ended.",
            "",
            "What it was for is told again, as its reason was given for a time only.",
            "Mend what it was for, or give a new reason and date.",
            None,
        ),
    }
)
"""The codes that only a run over files tells, with their pages; no policy can show them."""


@dataclass(frozen=True)
class Suppression(Waiver):
    """A waiver for the files that fit the pattern `file`, from `line` of the configuration."""

    file: str
    line: int


class Suppressions:
    """The suppressions of one run, and which of them were of use so far."""

    def __init__(self, suppressions: Sequence[Suppression], today: date) -> None:
        self._all = suppressions
        self._today = today
        self._used: set[int] = set()
        self._named: set[int] = set()

    def weigh(self, path: str, pairs: Iterable[tuple[Finding, str]]) -> Weighed[Suppression]:
        """What is open and what is suppressed in the file at `path`, relative to the configuration."""
        here = [suppression for suppression in self._all if fits(suppression.file, path)]
        weighed = weigh(pairs, here, self._today)
        unused = set(map(id, weighed.unused))
        self._named.update(id(each) for each in here if names(each.file, path))
        self._used.update(id(each) for each in here if id(each) not in unused)
        return weighed

    def notices(self, is_complete: bool) -> list[Finding]:
        """What is to be said of the suppressions after all files: those that expired and those without use.

        Decision: where only some files were judged (`is_complete` is False), a suppression may be of use in others; it
        is called unused only when its pattern is the path of one file, seen from the configuration, that was among
        them. Whoever means files of that name in every folder writes `**/NAME`.
        """
        found = []
        for each in self._all:
            if each.is_expired(self._today):
                message = (
                    f"the suppression of `{each.code}` in `{each.file}` ended on {each.until.isoformat()} and no "
                    "longer counts; mend what it was for, or give a new reason and date"
                )
                found.append(Finding(EXPIRED, Severity.WARNING, message, None, each.line, 1))
            elif id(each) not in self._used and (is_complete or id(each) in self._named):
                message = (
                    f"nothing in `{each.file}` is suppressed as `{each.code}` by this any more; remove it"
                )
                found.append(Finding(UNUSED, Severity.WARNING, message, None, each.line, 1))
        return found
