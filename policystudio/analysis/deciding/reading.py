"""What is decided about a request, and by which reading of the language where the vendor leaves it open."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum


class Decision(StrEnum):
    """Source: ram-language, section 5: a Deny that matches overrides every Allow, and what nobody allows is denied."""

    ALLOW = "allow"
    EXPLICIT_DENY = "explicit_deny"
    IMPLICIT_DENY = "implicit_deny"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """Whether a statement, or one element of it, fits the request."""

    MATCH = "match"
    NO_MATCH = "no-match"
    UNDETERMINED = "undetermined"
    """It depends on something whose meaning nobody documents."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How undocumented points are read; kept with every answer, so that it can be repeated when more is known."""

    missing_negated: bool = True
    """A negated operator holds where the request lacks the key. Source: ram-language, section 4: OSS and SLS rely on
    it; nobody says so in general."""

    def as_json(self) -> dict[str, bool]:
        """The reading as the API shows it."""
        return asdict(self)


STATED = Reading()
"""The reading that is stated in the documentation of the product."""
