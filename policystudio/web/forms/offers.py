"""The changes that findings offer, as pages show them: a small diff, and a name by which a form asks for one.

A name is made of what the change does, so a form that shows an older text cannot ask for another change by accident.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policystudio.ram.finding import Edit, Finding, Fix
from policystudio.web.diff import Row, compare
from policystudio.web.forms.beside import OpenForm

MAX_ROWS = 12
ALL = "all:"
"""Before a code: every safe fix of it."""
_TOKEN_DIGITS = 16
# Edits nearer to each other than this are shown as one piece.
_NEAR = 200
# How much of a very long line is shown on either side.
_AROUND = 160


@dataclass(frozen=True, slots=True)
class Offer:
    """One change. `fits` says whether the form that is open can show what comes of it; None when nobody has asked."""

    token: str
    title: str
    widens: bool
    is_choice: bool
    rows: tuple[Row, ...]
    is_cut: bool
    edits_json: str
    fits: bool | None = None


def changes(finding: Finding) -> tuple[Fix, ...]:
    """The fix, if there is one, and the choices."""
    return (*((finding.fix,) if finding.fix else ()), *finding.choices)


def token(finding: Finding, fix: Fix) -> str:
    """The name of one change."""
    edits = [(edit.start, edit.end, edit.text) for edit in fix.edits]
    text = json.dumps([finding.code, finding.path, fix.title, edits])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_TOKEN_DIGITS]


def wanted(findings: Sequence[Finding], name: str) -> Fix | None:
    """The change called `name`, or None when it is no longer offered."""
    found = (fix for finding in findings for fix in changes(finding) if token(finding, fix) == name)
    return next(found, None)


def offers(text: str, finding: Finding, form: OpenForm | None = None) -> tuple[Offer, ...]:
    """The changes of one finding, each with the lines that it touches; with a form, whether it can show the outcome."""
    found = []
    for fix in changes(finding):
        rows = tuple(_rows(text, fix))
        edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
        found.append(
            Offer(
                token=token(finding, fix),
                title=fix.title,
                widens=fix.widens,
                is_choice=fix is not finding.fix,
                rows=rows[:MAX_ROWS],
                is_cut=len(rows) > MAX_ROWS,
                edits_json=json.dumps(edits),
                fits=form.taken_over(fix.apply(text)) is not None if form else None,
            )
        )
    return tuple(found)


def _rows(text: str, fix: Fix) -> Iterator[Row]:
    """Only the lines around the edits are compared, since a document may have very many findings."""
    for edits in _pieces(fix.edits):
        start = max(text.rfind("\n", 0, edits[0].start) + 1, edits[0].start - _AROUND)
        end = text.find("\n", edits[-1].end)
        end = min(len(text) if end < 0 else end, edits[-1].end + _AROUND)
        moved = tuple(Edit(edit.start - start, edit.end - start, edit.text) for edit in edits)
        before = text[start:end]
        for block in compare(before, Fix(fix.title, moved).apply(before)).blocks:
            yield from (row for row in block.rows if row.kind != "same")


def _pieces(edits: Sequence[Edit]) -> list[list[Edit]]:
    """The edits in order, those that are near each other together."""
    pieces: list[list[Edit]] = []
    for edit in sorted(edits, key=lambda each: each.start):
        if pieces and edit.start - pieces[-1][-1].end < _NEAR:
            pieces[-1].append(edit)
        else:
            pieces.append([edit])
    return pieces
