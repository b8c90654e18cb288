"""A chosen document written shorter, for a page: what went and why with its line, the proof in words, and the parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote

from django.utils.translation import gettext as _

from policystudio.analysis.comparing.answers import Answer
from policystudio.analysis.minimising import Minimised, Proof, Scope, Split, minimise, split
from policystudio.analysis.minimising.words import step_text
from policystudio.catalog.model import Catalogue
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.ram.canonical import canonical, sha256
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.size import LIMIT, counting
from policystudio.web.asking.sources import Asked
from policystudio.web.diff import Diff, compare
from policystudio.web.languages import sentence_language
from policystudio.web.proposal.card import reason_in_words

MOST_SHOWN = 100
"""Steps in one list; of a document that needs more the result says enough."""
MOST_DIFF = 64 * 1024
"""Characters of a document up to which both texts are shown side by side; none that RAM takes is longer."""
PASTED = "policy"
MOST_NAME = 124
"""Characters of the name that parts are called by; with a hyphen and a number it is a name of a policy still."""


class StepLine(NamedTuple):
    text: str
    href: str


class PartLine(NamedTuple):
    """One of several documents; `href` is its text, to be kept as a file."""

    name: str
    text: str
    size: int
    href: str


@dataclass(frozen=True)
class Shortened:
    """What came of it. `alone` says that no other policy is attached beside it."""

    asked: Asked
    found: Minimised
    targets: tuple[Target, ...]
    mode: RegionMode
    catalogue: Catalogue
    alone: bool

    @property
    def policy(self) -> Policy | None:
        return self.asked.chosen.policy if self.asked.chosen else None

    @property
    def title(self) -> str:
        """Of a stored policy without a target, as the source is for all of them."""
        chosen = self.asked.chosen
        if chosen is None:
            return _("The pasted document")
        return _("%(name)s, revision %(n)s") % {"name": chosen.policy.name, "n": chosen.number}

    @property
    def is_newest(self) -> bool:
        """Whether it is the newest revision of a stored policy, so that the result may become the next one."""
        chosen = self.asked.chosen
        return chosen is not None and chosen.number == chosen.policy.newest_number

    @property
    def digest(self) -> str:
        """Of the result, to tell on storing whether it is the one that was looked at."""
        return sha256(self.found.text)

    @cached_property
    def steps(self) -> list[StepLine]:
        """The first of the steps, in their order."""
        document, language = self.asked.lines, sentence_language()
        return [
            StepLine(step_text(step, document, language), self.asked.link(step.path))
            for step in self.found.steps[:MOST_SHOWN]
        ]

    @property
    def more_steps(self) -> int:
        """How many steps are not shown."""
        return len(self.found.steps) - len(self.steps)

    @cached_property
    def before(self) -> int:
        """Bytes of the original."""
        return self._counted(self.asked.lines)

    @cached_property
    def after(self) -> int:
        """Bytes of the result."""
        return self._counted(self.found.document)

    @property
    def saved(self) -> int:
        return self.before - self.after

    @property
    def limit(self) -> int:
        return LIMIT

    @cached_property
    def diff(self) -> Diff | None:
        """Both texts; None where nothing went, or where they are too long for that."""
        text = canonical(self.asked.lines.value)
        if not self.found.is_shorter or len(text) > MOST_DIFF:
            return None
        return compare(text, self.found.text)

    @property
    def proof(self) -> str:
        return proof_in_words(self.found.proof)

    @property
    def doubt(self) -> str:
        """Why not all was tried; empty where it was."""
        return "" if self.found.reason is None else reason_in_words(self.found.reason)

    @property
    def message(self) -> str:
        """Of the revision that stores the result."""
        return _("Shorter by %(n)d bytes, with the same access (proved)") % {"n": self.saved}

    @cached_property
    def split(self) -> Split | None:
        """The result in parts, where it is longer than RAM takes."""
        if self.after <= LIMIT:
            return None
        name = self.policy.name[:MOST_NAME] if self.policy else PASTED
        count = counting(self.targets, self.mode)
        return split(self.found.document, measured=count, name=name, catalogue=self.catalogue)

    @cached_property
    def parts(self) -> list[PartLine]:
        found = self.split.parts if self.split else ()
        return [
            PartLine(
                each.name, each.text, each.size, f"data:application/json;charset=utf-8,{quote(each.text)}"
            )
            for each in found
        ]

    @property
    def split_proof(self) -> str:
        return proof_in_words(self.split.proof) if self.split and self.split.proof else ""

    @property
    def too_long(self) -> list[int]:
        """The numbers of statements of the result that cannot be cut to fit."""
        return [int(path.rpartition("/")[2]) + 1 for path in self.split.too_long] if self.split else []

    def _counted(self, document: Document) -> int:
        return counting(self.targets, self.mode)(document)


def shortened(asked: Asked, catalogue: Catalogue, *, alone: bool) -> Shortened:
    """The source of a stored revision for all targets of its policy, or a pasted document as it stands."""
    policy = asked.chosen.policy if asked.chosen else None
    targets = tuple(targets_of(policy)) if policy else ()
    mode = RegionMode(policy.region_mode) if policy else RegionMode.SEPARATE
    found = minimise(asked.lines, catalogue=catalogue, targets=targets, region_mode=mode, alone=alone)
    return Shortened(asked, found, targets, mode, catalogue, alone)


def proof_in_words(proof: Proof) -> str:
    """Whether it is proved that the same is allowed, and where."""
    if not proof.holds:
        reason = reason_in_words(proof.reason) if proof.reason else ""
        return _("That the same is allowed was not proved to the end: %(why)s") % {"why": reason}
    scopes = {
        Scope.EVERYWHERE: _("This holds for every request."),
        Scope.TARGETS: _("This holds for every request in the targets of the policy."),
        Scope.KNOWN_REGIONS: _("This holds for every request in every region that the catalogue knows."),
        Scope.AS_WRITTEN: _("This holds for every request, placeholders being compared as they stand."),
    }
    if proof.denies_less is Answer.NO:
        said = _("Allows and denies exactly the same, proved in both directions.")
    else:
        said = _(
            "Allows exactly the same, proved in both directions, as long as no other policy is attached beside it."
        )
    return f"{said} {scopes[proof.scope]}"
