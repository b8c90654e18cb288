"""What minimising answers: the shorter document, each step with its reason, and the proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from policystudio.analysis.comparing import Answer, Unknown
from policystudio.analysis.comparing.answers import reason_json
from policystudio.analysis.redundancy import Why
from policystudio.ram.document import Document


class Kind(StrEnum):
    """What a step leaves out, or that it joins two statements."""

    STATEMENT = "statement"
    ENTRY = "entry"
    """An entry of `Action`, `NotAction`, `Resource` or `NotResource`."""
    CONDITION = "condition"
    """A key of a condition with all its values, or a part of a condition that holds nothing."""
    VALUE = "value"
    """One of several values of a key of a condition."""
    MERGED = "merged"
    """A statement whose only difference from another, one list, went into the list of that one."""


@dataclass(frozen=True, slots=True)
class Step:
    """What went, at `path` of the original, and why (None for a merged statement, which says it all).

    `statement` is the index of the statement it stood in. `blame` is the index of the one statement that is the reason,
    or that took in a merged one; None where it takes several. `conditions` are the paths of those that contradict each
    other.
    """

    kind: Kind
    path: str
    statement: int
    why: Why | None = None
    blame: int | None = None
    conditions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The step as the API shows it."""
        return {
            "kind": str(self.kind),
            "path": self.path,
            "statement": self.statement,
            "why": None if self.why is None else str(self.why),
            "blame": self.blame,
            "conditions": list(self.conditions),
        }


class Scope(StrEnum):
    """Where a proof holds."""

    EVERYWHERE = "everywhere"
    """Whatever account and region take the place of the placeholders, if there are any."""
    TARGETS = "targets"
    """In the targets that were given: elsewhere a placeholder may become something else that the document names."""
    KNOWN_REGIONS = "known-regions"
    """In every region of the catalogue and every account and region that the document names, as no target was given."""
    AS_WRITTEN = "as-written"
    """With the placeholders compared as they stand, as some stand where they cannot be filled in."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The comparison of the original with the result, in both directions.

    `denies_more` and `denies_less` say the same of what is explicitly denied, so that the result is worth the same
    beside any other policy; None where the document was said to stand alone, or where the results are together.
    """

    grants_new_access: Answer
    revokes_access: Answer
    denies_more: Answer | None
    denies_less: Answer | None
    scope: Scope
    reason: Unknown | None = None

    @property
    def holds(self) -> bool:
        """Whether it is proved that nothing changes."""
        asked = (self.grants_new_access, self.revokes_access, self.denies_more, self.denies_less)
        return all(each in (Answer.NO, None) for each in asked)

    def as_json(self) -> dict[str, Any]:
        """The proof as the API shows it."""
        return {
            "holds": self.holds,
            "grants_new_access": str(self.grants_new_access),
            "revokes_access": str(self.revokes_access),
            "denies_more": None if self.denies_more is None else str(self.denies_more),
            "denies_less": None if self.denies_less is None else str(self.denies_less),
            "scope": str(self.scope),
            "reason": None if self.reason is None else reason_json(self.reason),
        }


@dataclass(frozen=True, slots=True)
class Minimised:
    """The canonical text of the result, and how it came about.

    `complete` tells that nothing of what is left can go; otherwise `reason` says what ran out or was not told. An entry
    whose meaning nobody documents is never left out by itself.
    """

    document: Document
    text: str
    steps: tuple[Step, ...]
    proof: Proof
    complete: bool
    reason: Unknown | None

    @property
    def is_shorter(self) -> bool:
        return bool(self.steps)

    def as_json(self) -> dict[str, Any]:
        """The result as the API shows it."""
        return {
            "text": self.text,
            "steps": [step.as_json() for step in self.steps],
            "proof": self.proof.as_json(),
            "complete": self.complete,
            "reason": None if self.reason is None else reason_json(self.reason),
        }
