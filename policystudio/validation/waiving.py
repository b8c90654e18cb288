"""Findings that somebody waived: for which place, why, and until when.

Pure; who may waive, and who has to agree, is left to those who keep the waivers.

Decision: a waiver counts up to and including its last day. It speaks of one code at exactly one place, or of that code
anywhere; what RAM refuses (severity error) is never waived, so that a waiver for an error is an unused one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from policystudio.ram.finding import Finding, Severity


@dataclass(frozen=True)
class Waiver:
    """Findings of `code` at `place` need no repair up to and including `until`.

    `place`: a fingerprint, a JSON Pointer, or None for anywhere.
    """

    code: str
    place: str | None
    reason: str
    until: date

    def is_expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return today > self.until


W = TypeVar("W", bound=Waiver)
Key = tuple[str, str | None]


@dataclass(frozen=True)
class Weighed(Generic[W]):
    """Findings and waivers sorted out, each in the order that it was given in."""

    open: tuple[Finding, ...]
    """Findings that no waiver covers; those of expired waivers too."""
    waived: tuple[tuple[Finding, W], ...]
    unused: tuple[W, ...]
    """Waivers that have not expired and cover nothing: what they were for is gone."""
    expired: tuple[W, ...]
    lapsed: tuple[tuple[Finding, W], ...]
    """The open findings that a waiver covered until it expired."""


def weigh(findings: Iterable[tuple[Finding, str]], waivers: Sequence[W], today: date) -> Weighed[W]:
    """Which of the findings, given with their fingerprints, are waived today, and which waivers do nothing any more.

    Of several waivers for one finding the one for the narrowest place is named, of these the one that lasts longest.
    Takes time linear in findings and waivers.
    """
    live, expired = _by_key(waivers, today, are_expired=False), _by_key(waivers, today, are_expired=True)
    still_open: list[Finding] = []
    waived: list[tuple[Finding, W]] = []
    lapsed: list[tuple[Finding, W]] = []
    used: set[Key] = set()
    for finding, fingerprint in findings:
        keys = [] if finding.severity is Severity.ERROR else _keys(finding, fingerprint)
        used.update(keys)
        covering = next((live[key] for key in keys if key in live), None)
        if covering is not None:
            waived.append((finding, covering))
            continue
        still_open.append(finding)
        past = next((expired[key] for key in keys if key in expired), None)
        if past is not None:
            lapsed.append((finding, past))
    return Weighed(
        tuple(still_open),
        tuple(waived),
        tuple(w for w in waivers if not w.is_expired(today) and (w.code, w.place) not in used),
        tuple(w for w in waivers if w.is_expired(today)),
        tuple(lapsed),
    )


def _keys(finding: Finding, fingerprint: str) -> list[Key]:
    """What a waiver for the finding may name, the narrowest first."""
    places = [fingerprint, *([] if finding.path is None else [finding.path]), None]
    return [(finding.code, place) for place in places]


def _by_key(waivers: Iterable[W], today: date, are_expired: bool) -> dict[Key, W]:
    """The waiver that lasts longest for each code and place."""
    same: dict[Key, list[W]] = defaultdict(list)
    for waiver in waivers:
        if waiver.is_expired(today) is are_expired:
            same[waiver.code, waiver.place].append(waiver)
    return {key: max(those, key=lambda waiver: waiver.until) for key, those in same.items()}
