"""What a review would change in access, in every target at once: the proof that the page and the API lead with.

Decision: what is there now is what rendering the released revision gives, for releases keep exactly that.
A finished review is compared with what was released before it, so that it goes on saying what was decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policystudio.analysis.access import Access, Place, places, prove
from policystudio.analysis.access.filling import UNFILLED, is_fillable
from policystudio.analysis.access.reaching import Reaching, reaching
from policystudio.analysis.given import read_given
from policystudio.catalog.model import Catalogue
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import targets_of
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, Target, ram_name
from policystudio.review.models import Review
from policystudio.review.released import release_before, release_of, targets_of_release
from policystudio.review.standing import Standing
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer

Named = Sequence[tuple[Target, str]]
"""Targets with the name that the RAM policy has in each."""


_UNNAMED = (UNFILLED.regions,)
NOWHERE = {
    True: Place(UNFILLED.account, _UNNAMED, _UNNAMED),
    False: Place(UNFILLED.account, (), _UNNAMED),
}
"""Decision: of a policy without targets the sources are compared, as they would be anywhere."""


@dataclass(frozen=True, slots=True)
class Proof:
    """`access` is None while a document has faults, so that nothing can be rendered. `before` is None at first.

    `reaching` are the ways in several steps, None where `access` is.
    """

    before: Revision | None
    after: Revision
    access: Access | None
    reaching: Reaching | None = None


def proof_of_review(viewer: Viewer, review: Review, stands: Standing) -> Proof:
    """The proof of a review, which was fetched for the viewer already."""
    policy = review.policy
    own, earlier = release_of(viewer, review), release_before(viewer, review)
    after = policy.revisions.get(number=stands.revision)
    before = earlier.revision if earlier else None
    old = targets_of_release(earlier) if earlier else []
    now = targets_of_release(own) if own else named_targets(policy)
    return proof(before, old, after, now, standards_of(viewer.team_id).catalogue)


def named_targets(policy: Policy) -> list[tuple[Target, str]]:
    """Where a release of the policy would go now, and the names that it would have there."""
    mode = RegionMode(policy.region_mode)
    return [(target, ram_name(policy.name, mode, target.region)) for target in targets_of(policy)]


def proof(before: Revision | None, old: Named, after: Revision, now: Named, catalogue: Catalogue) -> Proof:
    """What changes when `before`, which lies in the `old` targets, gives way to `after` in those of `now`."""
    was, then = _document(before), _document(after)
    if then is None or (before is not None and was is None):
        return Proof(before, after, None)
    where = places(old if was else (), now) or [NOWHERE[was is not None]]
    access = prove(was, then, where, catalogue=catalogue)
    return Proof(before, after, access, reaching(was, then, where, catalogue=catalogue))


def _document(revision: Revision | None) -> Document | None:
    document = read_given(revision.source).document if revision is not None else None
    return document if document is not None and is_fillable(document) else None
