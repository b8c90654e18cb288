"""Makes every offered repair of faults at once, for a document that comes from elsewhere; only when somebody chose it.

What is offered, and why, is decided where the fault is found. Nothing that widens what a document allows is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.finding import Edit, Finding, Fix, Severity
from policystudio.ram.parse import parse

_MAX_ROUNDS = 20
"""A repair can bring the next fault to light, mostly two or three in a row."""


MAX_CHARACTERS = 64 * 1024
"""Ten times what RAM takes; nobody mends a longer text, and looking for all its faults would take long."""


@dataclass(frozen=True, slots=True)
class Mended:
    """The text after the repairs, and the findings that they belong to, in the order of the repairs."""

    text: str
    repaired: tuple[Finding, ...]


def mended(text: str) -> Mended:
    """`text` with the offered repairs of its errors, if any; a long text is left alone. Never raises."""
    if len(text) > MAX_CHARACTERS:
        return Mended(text, ())
    made: list[Finding] = []
    for _ in range(_MAX_ROUNDS):
        chosen = _apart([finding for finding in parse(text).findings if _is_wanted(finding)])
        if not chosen:
            break
        edits = tuple(edit for finding in chosen if finding.fix for edit in finding.fix.edits)
        after = Fix("", edits).apply(text)
        if after == text:
            break
        text = after
        made += chosen
    return Mended(text, tuple(made))


def _is_wanted(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.fix is not None and not finding.fix.widens


def _apart(findings: list[Finding]) -> list[Finding]:
    """Those of the findings, in their order, whose edits touch none that was taken before."""
    taken: list[Edit] = []
    chosen = []
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        if all(edit.end < other.start or other.end < edit.start for edit in edits for other in taken):
            taken += edits
            chosen.append(finding)
    return chosen
