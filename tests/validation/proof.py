"""What every offered repair promises, asked of one text: read by the tests of repairs, over examples and at random.

(a) the finding is gone, (b) no error is new and the text is still read, (c) unless it says so, nothing more is allowed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import pairwise

from policystudio.catalog import load
from policystudio.ram.finding import Finding, Fix, Severity
from policystudio.ram.position import Source
from policystudio.ram.reader import read
from policystudio.validation.place_marks import place_marks
from policystudio.validation.registry import rules
from tests.reference.evaluator import statements_of
from tests.reference.universe import World, filled, newly_allowed

HERE = ("1234567890123456", "cn-hangzhou")


@cache
def world(now: datetime) -> World:
    """What the catalogue says that there is.

    Operations that are authorised under other names are no actions, and KMS has a key of its own for `acs:ResourceTag`.
    """
    catalogue = load()
    return World(
        tuple(action.name for action in catalogue.actions.values() if action.status != "unconfirmed"),
        tuple(key for key in catalogue.condition_keys if not key.startswith("acs:ResourceTag/")),
        tuple(catalogue.regions),
        tuple(sorted({kind.word for kind in catalogue.resource_types.values()})),
        now,
    )


def repairs(finding: Finding) -> tuple[Fix, ...]:
    """Everything that a finding offers."""
    return (*([finding.fix] if finding.fix else []), *finding.choices)


def offered(findings: Iterable[Finding]) -> Iterator[tuple[Finding, Fix]]:
    """All repairs, each with its finding."""
    return ((finding, repair) for finding in findings for repair in repairs(finding))


def unclean(text: str, finding: Finding) -> str | None:
    """What is wrong with an offer as such, before anything is applied."""
    if finding.fix and finding.fix.widens:
        return "a fix allows more"
    if len(finding.choices) > 4:
        return "too many choices"
    seen = set()
    for repair in repairs(finding):
        edits = sorted(repair.edits, key=lambda edit: (edit.start, edit.end))
        if not all(0 <= edit.start <= edit.end <= len(text) for edit in edits):
            return "an edit outside the text"
        if any(second.start < first.end for first, second in pairwise(edits)):
            return "two edits meet"
        if repair.edits in seen or repair.apply(text) == text:
            return "the same twice, or nothing"
        if repair.widens and not any(word in repair.title for word in ("allow", "forbids", "grant")):
            return "a title that does not say that more is allowed"
        seen.add(repair.edits)
    return None


def lingering(
    text: str, finding: Finding, repair: Fix, before: Sequence[Finding], after: Sequence[Finding]
) -> Finding | None:
    """(a) The finding as it is still there after the repair: in its place, or told of the same thing elsewhere.

    The others of its code that were there before may stay, each where the edits have moved it. What the repair takes
    away may have silenced another of the same code, which is then told of something else.
    """
    repaired = repair.apply(text)
    sources = Source(text), Source(repaired)
    left = [f for f in after if f.code == finding.code]
    others = [f for f in before if f.code == finding.code and f is not finding]
    for reach in sorted((moved(_offset(f, sources[0]), repair) for f in others), key=lambda r: r[1] - r[0]):
        here = [f for f in left if reach[0] <= _offset(f, sources[1]) <= reach[1]]
        if here and reach != GONE:
            left.remove(here[0])
    low, high = moved(_offset(finding, sources[0]), repair)
    thing = place_marks([finding], None, text)
    for other in left:
        if low <= _offset(other, sources[1]) <= high or place_marks([other], None, repaired) == thing:
            return other
    return None


GONE = (-1, -2)


def moved(offset: int, repair: Fix) -> tuple[int, int]:
    """Where what began at `offset` may begin after the repair; `GONE` when it was taken out."""
    shift = 0
    for edit in sorted(repair.edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start <= offset < edit.end:
            return (edit.start + shift, edit.start + shift + len(edit.text)) if edit.text else GONE
        if edit.end <= offset:
            shift += len(edit.text) - (edit.end - edit.start)
    return offset + shift, offset + shift


def _offset(finding: Finding, source: Source) -> int:
    return source.offset(finding.line or 1, finding.column or 1)


def new_errors(finding: Finding, before: Sequence[Finding], after: Sequence[Finding]) -> set[str]:
    """(b) Codes of errors that were not there and that the finding had not silenced."""
    was, now = ({f.code for f in findings if f.severity is Severity.ERROR} for findings in (before, after))
    silenced = {
        code
        for code, rule in rules().items()
        if finding.code in rule.silenced_by or finding.code in rule.silenced_in_statement_by
    }
    return now - was - silenced


def allowed_more(text: str, repair: Fix, targets: Iterable[tuple[str, str]], now: datetime) -> object:
    """(c) A request that only the repaired document may allow, for one of the targets; None when there is none.

    Decision: what RAM refuses, the slow evaluator takes for unknown: misplaced blanks, malformed names, unreadable
    values, another cloud's words. A repair may make of it whatever of that it could have meant, and nothing besides. A
    text that cannot be read, or holds no statement, has no meaning to compare with.
    """
    if repair.widens or read(text).findings:
        return None
    before, after = json.loads(text), json.loads(repair.apply(text))
    if not statements_of(before):
        return None
    for account, region in targets:
        was, after_it = (filled(document, account, region) for document in (before, after))
        request = newly_allowed(was, after_it, world(now))
        if request is not None:
            return request
    return None
