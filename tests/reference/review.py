"""The rules of review on a page of plain Python: slow, obvious, and with nothing stored in a database.

A proposal is compared by its parts and not by a hash; who counts is asked anew each time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

REVIEWERS = {"reviewer", "admin"}
WRITERS = {"author", *REVIEWERS}
PRODUCTION = "production"
LONGEST = 366


@dataclass
class Asked:
    """A waiver of the finding that a source has; `days` are those left, below zero when it has expired."""

    source: str
    by: str
    days: int
    state: str = "requested"

    @property
    def shown(self) -> str:
        is_live = self.state in ("requested", "accepted")
        return "expired" if is_live and self.days < 0 else self.state


@dataclass
class Model:
    """One policy of a team. Each method says the code of the refusal, or None when it was done."""

    roles: dict[str, str]
    required: dict[str, int]
    revisions: list[tuple[str, str]] = field(default_factory=list)
    targets: frozenset[tuple[str, str]] = frozenset()
    mode: str = "separate"
    name: str = "app"
    released: int = 0
    shapers: set[str] = field(default_factory=set)
    is_open: bool = False
    decisions: list[tuple[str, str, Any]] = field(default_factory=list)
    exported: frozenset[tuple[str, str, str, str]] = frozenset()
    waivers: list[Asked] = field(default_factory=list)

    @property
    def undecided(self) -> bool:
        return any(waiver.shown == "requested" for waiver in self.waivers)

    @property
    def proposal(self) -> Any:
        return (self.revisions[-1][1], self.targets, self.mode, self.name)

    @property
    def authors(self) -> set[str]:
        """Anybody who wrote or shaped what is proposed: this text, any since the last release, where it goes."""
        writer_of_the_text = self.revisions[-1][0]
        return {writer_of_the_text, *(writer for writer, _ in self.revisions[self.released :]), *self.shapers}

    @property
    def needed(self) -> int:
        touched = set(self.targets) | {(account, region) for account, region, _, _ in self.exported}
        return max([self.required[account] for account, _ in touched], default=1)

    def last(self) -> dict[str, tuple[str, Any]]:
        return {person: (verdict, proposal) for person, verdict, proposal in self.decisions}

    def approvals(self) -> int:
        return sum(
            verdict == "approve"
            and proposal == self.proposal
            and self.roles[person] in REVIEWERS
            and person not in self.authors
            for person, (verdict, proposal) in self.last().items()
        )

    def objections(self) -> int:
        return sum(verdict == "request_changes" for verdict, _ in self.last().values())

    def state(self) -> str:
        if self.objections():
            return "changes_requested"
        return "approved" if self.approvals() >= self.needed else "open"

    def in_the_way(self) -> set[str]:
        found = set()
        if self.objections():
            found.add("changes-requested")
        if self.approvals() < self.needed:
            found.add("approvals-missing")
        if not self.targets:
            found.add("no-targets")
        if self.undecided:
            found.add("waiver-undecided")
        return found

    def revise(self, person: str, source: str) -> str | None:
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        self.revisions.append((person, source))
        return None

    def shape(self, person: str, **facts: Any) -> str | None:
        """Other targets, another name or region mode."""
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        for fact, value in facts.items():
            if getattr(self, fact) != value:
                self.shapers.add(person)
            setattr(self, fact, value)
        return None

    def propose(self, person: str) -> str | None:
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        if self.is_open:
            return "unfinished-review"
        if not self.targets:
            return "not-ready"
        self.is_open, self.decisions = True, []
        return None

    def decide(self, person: str, verdict: str, seen: Any) -> str | None:
        if self.roles[person] not in REVIEWERS:
            return "not-allowed"
        if person in self.authors:
            return "own-revision"
        if not self.is_open:
            return "review-finished"
        if seen != self.proposal:
            return "digest-moved-on"
        if verdict == "approve" and self.undecided:
            return "waiver-undecided"
        if self.last().get(person) == (verdict, seen):
            return "already-decided"
        self.decisions.append((person, verdict, seen))
        return None

    def withdraw(self, person: str) -> str | None:
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        if not self.is_open:
            return "review-finished"
        self.is_open = False
        return None

    def release(self, person: str) -> str | None:
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        if not self.is_open:
            return "review-finished"
        if self.in_the_way():
            return "not-ready"
        self.is_open, self.released, self.shapers = False, len(self.revisions), set()
        source = self.revisions[-1][1]
        self.exported = frozenset((*target, self.name, source) for target in self.targets)
        return None

    def ask(self, person: str, days: int) -> str | None:
        """A waiver of the finding in the newest text."""
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        if not 0 <= days <= LONGEST:
            return "invalid-input"
        source = self.revisions[-1][1]
        for waiver in self.waivers:
            if waiver.source == source and waiver.state == "requested":
                if waiver.days >= 0:
                    return "already-requested"
                waiver.state = "ended"
        self.waivers.append(Asked(source, person, days))
        return None

    def judge_waiver(self, person: str, waiver: Asked, verdict: str) -> str | None:
        if self.roles[person] not in REVIEWERS:
            return "not-allowed"
        if person == waiver.by or person in self.authors:
            return "own-waiver"
        if waiver.shown == "expired":
            return "waiver-expired"
        if waiver.shown != "requested":
            return "waiver-decided"
        for other in self.waivers:
            if verdict == "accepted" and other.source == waiver.source and other.state == "accepted":
                other.state = "ended"
        waiver.state = verdict
        return None

    def end_waiver(self, person: str, waiver: Asked) -> str | None:
        if self.roles[person] not in WRITERS:
            return "not-allowed"
        if waiver.state not in ("requested", "accepted"):
            return "waiver-decided"
        waiver.state = "ended"
        return None

    def is_waived(self) -> bool:
        """Whether the finding of the newest text is."""
        source = self.revisions[-1][1]
        return any(waiver.source == source and waiver.shown == "accepted" for waiver in self.waivers)

    def is_unused(self, waiver: Asked) -> bool:
        there = {self.revisions[-1][1], *(source for _, source in self.revisions[: self.released][-1:])}
        return waiver.shown == "accepted" and waiver.source not in there
