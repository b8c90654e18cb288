"""Compares the findings of two texts: which of the later one are new, and which of the earlier one are gone.

Used for what is new since the released revision, by pages and API alike. Which findings there are is asked before.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from policystudio.ram.finding import Finding
from policystudio.validation.fingerprint import fingerprints
from policystudio.validation.pipeline import Validation


@dataclass(frozen=True, slots=True)
class News:
    """For each finding of the later text, in its order, whether it is new; and those that are gone."""

    is_new: tuple[bool, ...]
    gone: tuple[Finding, ...]

    @property
    def new_count(self) -> int:
        return sum(self.is_new)


def news(before: Validation, after: Validation) -> News:
    """What has changed in the findings.

    Decision: a finding was there when its fingerprint was. Any change to a statement without a `Sid` gives new
    fingerprints to all that is found in it; so of those left over, one of the same code and the same text is the same.
    """
    old, now = ids(before), ids(after)
    known, present = set(old), set(now)
    lost = [f for f, each in zip(before.findings, old, strict=True) if each not in present]
    left = Counter(map(_said, lost))
    is_new = []
    for finding, each in zip(after.findings, now, strict=True):
        is_old = each in known
        if not is_old and left[_said(finding)]:
            left[_said(finding)] -= 1
            is_old = True
        is_new.append(not is_old)
    # Of equal ones it does not matter which is told; the last ones are, as the first were matched.
    gone: list[Finding] = []
    for finding in reversed(lost):
        if left[_said(finding)]:
            left[_said(finding)] -= 1
            gone.append(finding)
    return News(tuple(is_new), tuple(reversed(gone)))


def _said(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def ids(validation: Validation) -> tuple[str, ...]:
    """The fingerprints of what was found, in order; not the strict ones, as a statement that grew is the same."""
    return fingerprints(validation.findings, validation.document, validation.text, strict=False)
