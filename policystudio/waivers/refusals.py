"""The refusals that belong to waivers, by name."""

from __future__ import annotations

from policystudio.errors import Conflict, NotAllowed


class OwnWaiver(NotAllowed):
    """Nobody decides on a waiver that they asked for, or for what they wrote or shaped, admins included."""

    code = "own-waiver"


class WaiverDecided(Conflict):
    """It is not in the state that this needs any more."""

    code = "waiver-decided"


class WaiverExpired(Conflict):
    """Its last day has passed."""

    code = "waiver-expired"


class AlreadyRequested(Conflict):
    """A waiver for the same finding waits for a decision already."""

    code = "already-requested"
