"""What a policy's waivers do to the findings of one text: the findings one by one, each with the waiver for it.

Which finding a waiver covers is decided by `validation/waiving.py`, the same as on the command line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from policystudio.ram.finding import Finding, Severity
from policystudio.validation import waiving
from policystudio.validation.fingerprint import fingerprints
from policystudio.validation.pipeline import Validation
from policystudio.waivers.models import State, Waiver


@dataclass(frozen=True)
class Kept(waiving.Waiver):
    """A waiver of the database as the validator takes it."""

    row: Waiver


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding, how it is recognised, and the waiver for it: in force, else asked for, else expired, else none."""

    finding: Finding
    fingerprint: str
    waiver: Waiver | None
    state: State | None

    @property
    def is_waived(self) -> bool:
        """Whether an accepted waiver is in force, so that the finding is not open."""
        return self.state is State.ACCEPTED

    @property
    def is_explained(self) -> bool:
        """Whether the author's reason for it is written down in a waiver, accepted or not yet decided on."""
        return self.state in (State.ACCEPTED, State.REQUESTED)

    @property
    def may_be_waived(self) -> bool:
        """What RAM refuses, or the team takes as an error, cannot; what is asked for already need not."""
        return self.finding.severity is not Severity.ERROR and self.state is not State.REQUESTED


def today() -> date:
    """The day that decides whether a waiver has expired, in UTC as all moments here."""
    return timezone.localdate()


def judged(validation: Validation, waivers: Sequence[Waiver], on: date | None = None) -> tuple[Judged, ...]:
    """The findings of `validation`, in its order, with the policy's `waivers` on a day, which is today if None."""
    day = on or today()
    pairs = list(
        zip(
            validation.findings,
            fingerprints(validation.findings, validation.document, validation.text),
            strict=True,
        )
    )
    accepted = waiving.weigh(pairs, kept(waivers, Waiver.Stored.ACCEPTED), day)
    requested = waiving.weigh(pairs, kept(waivers, Waiver.Stored.REQUESTED), day)
    # In order of what counts least; findings are told apart by identity, as equal ones may stand side by side.
    by_finding = {
        id(finding): (waiver.row, state)
        for covered, state in (
            (requested.lapsed, State.EXPIRED),
            (accepted.lapsed, State.EXPIRED),
            (requested.waived, State.REQUESTED),
            (accepted.waived, State.ACCEPTED),
        )
        for finding, waiver in covered
    }
    return tuple(Judged(finding, mark, *by_finding.get(id(finding), (None, None))) for finding, mark in pairs)


def kept(waivers: Iterable[Waiver], state: str) -> list[Kept]:
    """Those in a stored state, as the validator takes them."""
    return [
        Kept(waiver.code, waiver.fingerprint, waiver.reason, waiver.until, waiver)
        for waiver in waivers
        if waiver.state == state
    ]
