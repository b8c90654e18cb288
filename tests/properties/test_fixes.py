"""What holds for every offered edit: it lies in the text, removes its finding, and allows nothing more unsaid."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.canonical import text_of
from policystudio.ram.codes import CLEAN, CODES
from policystudio.ram.parse import parse
from policystudio.ram.reader import plain, read
from tests import strategies
from tests.reading import value
from tests.validation.proof import HERE, allowed_more, lingering, new_errors, repairs, unclean

NOW = datetime(2026, 11, 24, tzinfo=UTC)

# Each turns a piece of good JSON into a paste fault; undoing it must give the same values again.
_SPOILINGS = {
    "no-break-space": lambda text: text.replace("  ", "\u00a0 "),
    "curly-quote": lambda text: text.replace('"', "”"),
    "single-quoted-string": lambda text: text.replace('"', "'"),
    "html-entity-in-text": lambda text: text.replace('"', "&quot;"),
    "full-width-punctuation": lambda text: text.replace('": ', '"： '),
    "comment-in-json": lambda text: text.replace("[", "[ // here", 1),
    "trailing-comma": lambda text: text.replace("\n      }", ",\n      }", 1).replace("]\n}", "],\n}"),
    "byte-order-mark": lambda text: "\ufeff" + text,
    "missing-comma": lambda text: text.replace(",\n", "\n", 1),
    "unclosed-bracket": lambda text: text.rstrip()[:-1],
}

COLLISIONS = {"action-and-not-action", "resource-and-not-resource", "members-differ-only-in-case"}
"""Faults that no repair may make; others may come to light that the repaired one hid."""


def occurrences(findings, code):
    return sum(finding.code == code for finding in findings)


def repaired(text, code):
    """`text` after all fixes of `code`, one at a time, and how often that was tried."""
    for attempts in range(50):
        fix = next((f.fix for f in parse(text).findings if f.code == code and f.fix), None)
        if fix is None:
            return text, attempts
        text = fix.apply(text)
    raise AssertionError("the fixes never end")


@pytest.mark.parametrize("code", CODES)
def test_the_fix_of_an_example_removes_its_finding(code):
    page = CODES[code]
    findings = parse(page.example, page.kind).findings
    for finding in findings:
        if finding.fix is not None:
            after = parse(finding.fix.apply(page.example), page.kind).findings
            assert lingering(page.example, finding, finding.fix, findings, after) is None
            assert occurrences(after, finding.code) < occurrences(findings, finding.code)


@pytest.mark.parametrize("code", _SPOILINGS)
def test_a_spoilt_document_is_the_same_after_its_fix(code):
    spoilt = _SPOILINGS[code](CLEAN)
    assert {finding.code for finding in parse(spoilt).findings} == {code}
    text, attempts = repaired(spoilt, code)
    assert attempts
    assert plain(value(text)) == plain(value(CLEAN))


@given(
    strategies.documents(), st.lists(st.sampled_from(sorted(_SPOILINGS)), min_size=1, max_size=3, unique=True)
)
def test_several_paste_faults_are_named_at_once_or_one_after_the_other_and_all_repaired(document, codes):
    text = text_of(document)
    for code in codes:
        text = _SPOILINGS[code](text)
    for _ in range(60):
        fix = next((f.fix for f in parse(text).findings if f.code in codes and f.fix), None)
        if fix is None:
            break
        text = fix.apply(text)
    assert not {f.code for f in parse(text).findings} & set(codes)


@given(strategies.syntax_near_misses())
def test_offered_edits_lie_in_the_text_and_do_not_overlap(text):
    for finding in parse(text).findings:
        for repair in repairs(finding):
            edits = sorted(repair.edits, key=lambda e: (e.start, e.end))
            assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits)
            assert all(first.end <= second.start for first, second in pairwise(edits))


@given(strategies.damaged_documents())
def test_a_repair_of_a_structural_fault_removes_it_makes_nothing_collide_and_allows_nothing_more_unsaid(
    document,
):
    text = text_of(document)
    findings = parse(text).findings
    for finding in findings:
        assert unclean(text, finding) is None, finding
        for repair in repairs(finding):
            after = repair.apply(text)
            assert read(after).findings == ()
            left = parse(after).findings
            assert lingering(text, finding, repair, findings, left) is None, (finding, repair)
            assert occurrences(left, finding.code) < occurrences(findings, finding.code)
            assert not COLLISIONS & new_errors(finding, findings, left), (finding, repair)
            assert allowed_more(text, repair, [HERE], NOW) is None, repair
