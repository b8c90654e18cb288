"""What a release lets people reach in several steps, as the review shows it: the new ways first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from policystudio.analysis.access.filling import UNFILLED
from policystudio.analysis.access.reaching import Reached
from policystudio.analysis.comparing.statements import Place
from policystudio.analysis.request import Request
from policystudio.policies.models import Revision
from policystudio.ram.render import Target
from policystudio.review.proof import Proof
from policystudio.web.asking.reached import Way, way
from policystudio.web.proposal.card import Askable, lines_of, simulator_address


@dataclass(frozen=True, slots=True)
class Ways:
    """`odd` are new ways that first undo something, such as the deletion of a secret.

    `is_complete`: all targets were searched to the end.
    """

    new: tuple[Way, ...]
    odd: tuple[Way, ...]
    stays: tuple[Way, ...]
    gone: tuple[Way, ...]
    is_complete: bool


def ways(
    proof: Proof, policy_id: int, askable: Askable | None = None, diff_href: str = "#diff-L"
) -> Ways | None:
    """The ways of a proof; None while the document has faults. `askable` as in the card."""
    found = proof.reaching
    if found is None:
        return None
    after = _Side(proof.after, policy_id, diff_href, askable)
    before = after
    if proof.before is not None:
        href = reverse("revision", args=[policy_id, proof.before.number]) + "#shown-L"
        before = _Side(proof.before, policy_id, href, askable)
    new = after.ways(found.new)
    return Ways(
        new=tuple(each for each in new if not each.is_from_odd_state),
        odd=tuple(each for each in new if each.is_from_odd_state),
        stays=after.ways(found.stays),
        gone=before.ways(found.gone),
        is_complete=found.complete,
    )


class _Side:
    """One of the two revisions."""

    def __init__(self, revision: Revision, policy_id: int, href: str, askable: Askable | None) -> None:
        self.revision = revision
        self.policy_id = policy_id
        self.href = href
        self.askable = askable
        self.lines = lines_of(revision)

    def ways(self, found: Sequence[Reached]) -> tuple[Way, ...]:
        return tuple(way(each.reach, _Links(self, each.target, self.lines)) for each in found)


@dataclass(frozen=True, slots=True)
class _Links:
    """Links of a way in one target."""

    side: _Side
    target: Target
    lines: Mapping[str, int]

    def statement(self, by: Place) -> tuple[str, str]:
        number = int(by.path.rsplit("/", 1)[1]) + 1
        return _("statement %(n)s") % {"n": number}, f"{self.side.href}{self.lines.get(by.path, 1)}"

    def simulator(self, request: Request) -> str:
        """Nowhere without a target, or where no document is left."""
        revision: str | None = str(self.side.revision.number)
        if self.side.askable is not None:
            revision = self.side.askable.revision(self.side.revision.number, self.target)
        if revision is None or self.target.account == UNFILLED.account:
            return ""
        return simulator_address(self.side.policy_id, revision, self.target, request)
