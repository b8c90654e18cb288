"""The refusals that belong to reviews, by name."""

from __future__ import annotations

from policystudio.errors import Conflict, NotAllowed, ServiceError


class OwnRevision(NotAllowed):
    """Nobody decides on what they wrote or shaped, admins included."""

    code = "own-revision"


class DigestMovedOn(Conflict):
    """Source, targets, region mode or name are no longer those that the caller saw."""

    code = "digest-moved-on"


class AlreadyDecided(Conflict):
    """The same person has said the same of the same before."""

    code = "already-decided"


class UndecidedWaivers(Conflict):
    """Nobody approves over a waiver that waits for a decision, and so nobody approves without having seen it."""

    code = "waiver-undecided"


class ReviewFinished(Conflict):
    """The review was released or withdrawn."""

    code = "review-finished"


class UnfinishedReview(Conflict):
    """There is one unfinished review per policy."""

    code = "unfinished-review"


class NotReady(Conflict):
    """Something stands in the way of a release or a proposal; `problems` is all of it."""

    code = "not-ready"


class NotReleased(Conflict):
    """The policy is stored for this account and region, but no revision of it is released there."""

    code = "not-released"


class IntegrityBroken(ServiceError):
    """A stored document is not what was released; nothing is served, and the trail says so."""

    code = "integrity-broken"
    title = "A stored document was altered"
