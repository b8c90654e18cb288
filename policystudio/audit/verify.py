"""Finds out whether anybody touched the trail of a team, or what it answers for.

Decision: somebody who may write to the database can cut the tail off and set the head back; the chain alone cannot
show that. Compare with a head that was kept elsewhere: it is logged with every event, and `known` takes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from policystudio.audit.chain import START, event_hash
from policystudio.audit.evidence import Fault, contradicted, unrecorded
from policystudio.audit.models import Event
from policystudio.audit.selectors import HeadState, head

BATCH = 500


@dataclass(frozen=True, slots=True)
class Verification:
    """`count` is how many events were in order before the first fault, or all of them."""

    valid: bool
    count: int
    head: HeadState
    first_bad: Fault | None

    def as_json(self) -> dict[str, Any]:
        """The result as the API shows it."""
        bad = None if self.first_bad is None else self.first_bad._asdict()
        return {"valid": self.valid, "count": self.count, "head": self.head._asdict(), "first_bad": bad}


def verify(team_id: int, *, known: HeadState | None = None) -> Verification:
    """Walk the chain from its start to the head of now, in batches, so that memory does not grow with the trail.

    Nothing is locked: events that are added meanwhile are left to the next time. `known` is a head from the log.
    """
    top = head(team_id)
    previous, count = START, 0
    for batch in _batches(team_id, top.sequence):
        for event in batch:
            reason = _broken(event, count + 1, previous, known)
            if reason:
                return _bad(count, top, Fault(event.sequence, "event", event.pk, reason))
            previous, count = event.hash, count + 1
        fault = contradicted(batch)
        if fault is not None:
            return _bad(fault.sequence - 1 if fault.sequence else count, top, fault)
    fault = _tail(team_id, top, HeadState(count, previous), known) or unrecorded(team_id)
    if fault is not None:
        return _bad(count, top, fault)
    return Verification(True, count, top, None)


def _batches(team_id: int, up_to: int) -> Iterator[list[Event]]:
    after = 0
    while True:
        found = Event.objects.filter(team_id=team_id, sequence__gt=after, sequence__lte=up_to)
        batch = list(found.order_by("sequence")[:BATCH])
        if not batch:
            return
        yield batch
        after = batch[-1].sequence


def _broken(event: Event, expected: int, previous: str, known: HeadState | None) -> str:
    if event.sequence != expected:
        return f"event {expected} is missing"
    if event.previous_hash != previous:
        return "does not follow from the event before it"
    try:
        is_own = event_hash(event) == event.hash
    except TypeError:
        is_own = False
    if not is_own:
        return "was altered"
    if known is not None and known.sequence == event.sequence and known.hash != event.hash:
        return "is not the event of the known head"
    return ""


def _tail(team_id: int, top: HeadState, last: HeadState, known: HeadState | None) -> Fault | None:
    if last.sequence < top.sequence:
        return Fault(last.sequence + 1, "event", 0, f"the trail ends before its head, event {top.sequence}")
    if last.hash != top.hash:
        return Fault(last.sequence, "head", team_id, "the head is not the hash of the last event")
    if known is not None and known.sequence > last.sequence:
        return Fault(
            last.sequence + 1, "event", 0, f"the trail ends before the known head, event {known.sequence}"
        )
    beyond = Event.objects.filter(team_id=team_id, sequence__gt=top.sequence).order_by("sequence").first()
    if beyond is not None and head(team_id).sequence < beyond.sequence:
        return Fault(beyond.sequence, "event", beyond.pk, "stands behind the head")
    return None


def _bad(count: int, top: HeadState, fault: Fault) -> Verification:
    return Verification(False, count, top, fault)
