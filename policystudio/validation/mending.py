"""Makes the offered fixes of one code all at once.

Two fixes that are clean alone may not be so together (each takes one of the two entries of a list), so what comes of
several is judged, and made in smaller portions where it is no better. Choices, and fixes that allow more, are never
made this way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policystudio.ram.finding import Finding, Fix, Severity

MAX_JUDGED = 24
"""After so many judgements what was made so far is given; mostly two are needed."""

Judge = Callable[[str], Sequence[Finding]]
"""A text → what is found in it."""


def safe_fixes(findings: Sequence[Finding], code: str) -> list[Fix]:
    """The fixes of `code` that allow no more than before."""
    return [f.fix for f in findings if f.code == code and f.fix is not None and not f.fix.widens]


def mended(text: str, findings: Sequence[Finding], code: str, judge: Judge) -> str:
    """`text`, in which `findings` were found, with every safe fix of `code` made that leaves fewer to be made."""
    fixes = safe_fixes(findings, code)
    count = size = len(fixes)
    for _ in range(MAX_JUDGED):
        portion = _apart(fixes)[:size]
        if not portion:
            break
        changed = Fix("", tuple(edit for fix in portion for edit in fix.edits)).apply(text)
        after = judge(changed)
        left = safe_fixes(after, code)
        if len(left) < count and _errors(after) <= _errors(findings):
            text, findings, fixes = changed, after, left
            count = size = len(left)
        elif len(portion) > 1:
            size = len(portion) // 2
        else:
            fixes = [fix for fix in fixes if fix is not portion[0]]
            size = len(fixes)
    return text


def _apart(fixes: Sequence[Fix]) -> list[Fix]:
    """Those of the fixes whose edits neither overlap nor touch."""
    taken: list[Fix] = []
    end = -1
    for fix in sorted(fixes, key=_start):
        if fix.edits and _start(fix) > end:
            taken.append(fix)
            end = max(edit.end for edit in fix.edits)
    return taken


def _start(fix: Fix) -> int:
    return min((edit.start for edit in fix.edits), default=0)


def _errors(findings: Sequence[Finding]) -> int:
    return sum(1 for finding in findings if finding.severity is Severity.ERROR)
