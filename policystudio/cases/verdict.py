"""Whether a decision is the one that a case expects."""

from __future__ import annotations

from enum import StrEnum

from policystudio.analysis.deciding import Bounds
from policystudio.cases.models import Case


class Verdict(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"
    """The documents do not settle it, so nobody may rely on it."""


def verdict(expectation: str, bounds: Bounds) -> Verdict:
    """What a decision means for a case. A denial is one whether a Deny or nobody's Allow makes it."""
    if bounds.is_allowed is None:
        return Verdict.UNKNOWN
    is_expected = bounds.is_allowed is (expectation == Case.Expectation.ALLOW)
    return Verdict.HOLDS if is_expected else Verdict.FAILS
