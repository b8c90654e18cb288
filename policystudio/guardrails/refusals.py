"""The refusals that belong to guardrails, by name."""

from __future__ import annotations

from policystudio.errors import Conflict, NotAllowed


class NameTaken(Conflict):
    """Another guardrail of the team is called so."""

    code = "name-taken"


class GuardrailOn(Conflict):
    """It is in force, and would have to be switched off first."""

    code = "guardrail-on"


class GuardrailOff(Conflict):
    """It is not in force, so there is nothing to switch off or to except from."""

    code = "guardrail-off"


class PreviewOutdated(Conflict):
    """What the preview showed is not what would be stopped now."""

    code = "preview-outdated"


class NotAllJudged(Conflict):
    """The preview had not enough time, so that nobody has seen all that would be stopped."""

    code = "preview-incomplete"


class NotBroken(Conflict):
    """The policy keeps the guardrail, so that it needs no exception."""

    code = "guardrail-not-broken"


class MovedOn(Conflict):
    """The policy or the guardrail has changed since the exception was asked for."""

    code = "exception-moved-on"


class OwnExemption(NotAllowed):
    """Nobody grants an exception that they asked for, or for what they wrote or shaped."""

    code = "own-exception"


class ExemptionDecided(Conflict):
    """It is not in the state that this needs any more."""

    code = "exception-decided"


class AlreadyRequested(Conflict):
    """An exception of this policy from this guardrail waits for a decision already."""

    code = "already-requested"
