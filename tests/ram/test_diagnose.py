"""Paste faults are named all at once, each at its place; what follows from a fault is not told as another."""

import pytest

from policystudio.ram.codes import CLEAN
from policystudio.ram.parse import parse
from tests.reading import repaired


def told(text):
    return [(finding.code, finding.line, finding.column) for finding in parse(text).findings]


def test_faults_of_several_kinds_are_told_together():
    text = (
        CLEAN.replace("{\n", "{ // keys\n", 1)
        .replace('"Version"', "“Version”")
        .replace('"Allow",', '"Allow"')
        .replace('"kms:Decrypt"]', '"kms:Decrypt",\u00a0]')
    )
    assert told(text) == [
        ("comment-in-json", 1, 3),
        ("curly-quote", 2, 3),
        ("missing-comma", 6, 7),
        ("no-break-space", 6, 47),
        ("trailing-comma", 6, 48),
    ]


def test_structure_is_judged_too_where_it_is_clear_what_was_meant():
    text = CLEAN.replace('"1",', '"2012-10-17",').replace('"kms:Decrypt"]', '"kms:Decrypt",]')
    assert told(text) == [("wrong-version", 2, 14), ("trailing-comma", 6, 47)]


def test_structure_is_not_judged_where_the_text_was_cut_off():
    assert told(CLEAN[: CLEAN.index("Resource") + 8]) == [("unclosed-bracket", 7, 7)]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("[1,\n]", "trailing-comma", 2, 1),
        ("[1,，]", "json-syntax-error", 1, 4),
        ('{"a": 1 "b": 2}', "missing-comma", 1, 9),
        ("[1\n2]", "missing-comma", 2, 1),
        ("{'a': 1}", "single-quoted-string", 1, 2),
        ('{"a": ‘b’}', "curly-quote", 1, 7),
        ('{"a”: 1}', "curly-quote", 1, 4),
        ("{«a»: 1}", "curly-quote", 1, 2),
        ('{"a"：1}', "full-width-punctuation", 1, 5),
        ("{＂a＂:1}", "full-width-punctuation", 1, 2),
        ("｛｝", "full-width-punctuation", 1, 1),
        ("{&quot;a&quot;: 1}", "html-entity-in-text", 1, 2),
        ("{&nbsp;}", "html-entity-in-text", 1, 2),
        ("[1] # c", "comment-in-json", 1, 5),
        ("[/* c */]", "comment-in-json", 1, 2),
        ("[ /* never closed", "comment-in-json", 1, 3),
        ("[\u200b]", "no-break-space", 1, 2),
        ("[\u202e]", "bidirectional-control", 1, 2),
        ('["a\tb"]', "control-character-in-string", 1, 4),
        ('["a\nb"]', "control-character-in-string", 1, 4),
        ('["\\u0000"]', "control-character-in-string", 1, 3),
        ('["\\ud800"]', "lone-surrogate", 1, 3),
        ("[0x1F]", "not-a-json-number", 1, 2),
        ("[+1]", "not-a-json-number", 1, 2),
        ("[.5]", "not-a-json-number", 1, 2),
        ("[-Infinity]", "not-a-json-number", 1, 2),
        ("[True]", "json-syntax-error", 1, 2),
        ("{a: 1}", "json-syntax-error", 1, 2),
        ('{"a" 1}', "json-syntax-error", 1, 6),
        ('{"a" = 1}', "json-syntax-error", 1, 6),
        ("[1; 2]", "json-syntax-error", 1, 3),
        ('["\\x"]', "json-syntax-error", 1, 3),
        ('{"a": [1}', "unclosed-bracket", 1, 7),
        ('["a', "unclosed-bracket", 1, 2),
        ('["a,\n"b"]', "unclosed-bracket", 1, 2),
        ("[[1]", "unclosed-bracket", 1, 1),
        ("[1]]", "text-after-document", 1, 4),
        ("```json\n[]\n```", "json-syntax-error", 1, 1),
        ("the policy: {}", "json-syntax-error", 1, 1),
        ("\ufeff[]", "byte-order-mark", 1, 1),
        ('{"a": 1, "a": 2}', "repeated-member", 1, 10),
    ],
)
def test_fault_is_told_at_its_place(text, code, line, column):
    assert (code, line, column) in told(text)


def test_crowds_are_one_finding_with_one_edit_for_all():
    text = CLEAN.replace('"', "”")
    (finding,) = parse(text).findings
    assert finding.code == "curly-quote"
    assert repaired(text, finding) == CLEAN


def test_a_closing_quote_that_was_forgotten_costs_one_finding_and_no_more():
    text = CLEAN.replace('"Allow",', '"Allow,')
    (finding,) = parse(text).findings
    assert (finding.code, finding.line, finding.column) == ("unclosed-bracket", 5, 17)
    assert repaired(text, finding) == CLEAN


@pytest.mark.parametrize("length", range(1, len(CLEAN.rstrip())))
def test_a_text_that_was_cut_off_is_told_once_and_closed_by_its_fix(length):
    findings = parse(CLEAN[:length]).findings
    codes = [finding.code for finding in findings]
    assert codes.count("unclosed-bracket") == 1
    after = parse(repaired(CLEAN[:length], findings[codes.index("unclosed-bracket")]))
    assert "unclosed-bracket" not in [finding.code for finding in after.findings]


def test_repetition_that_says_the_same_is_offered_for_removal_and_another_is_not():
    same = CLEAN.replace('"Effect": "Allow"', '"Effect": "Allow", "Effect": "Allow"')
    assert repaired(same, parse(same).findings[0]) == CLEAN
    other = CLEAN.replace('"Effect": "Allow"', '"Effect": "Allow", "Effect": "Deny"')
    assert parse(other).findings[0].fix is None


def test_faults_of_no_known_kind_end_the_search_soon():
    assert len(parse("{" * 100).findings) == 3


def test_a_huge_number_of_faults_is_bounded_and_quick():
    findings = parse("[" + "1 " * 30_000 + "]").findings
    assert len(findings) == 201
    assert findings[-1].code == "too-many-findings"


def test_quotes_inside_single_quotes_are_kept():
    text = CLEAN.replace('"kms:Encrypt"', "'kms:\"En\\'crypt'")
    (finding,) = parse(text).findings
    assert '"kms:\\"En\'crypt"' in repaired(text, finding)


def test_an_escaped_backslash_does_not_keep_single_quotes_open():
    text = CLEAN.replace('"Allow",', "'Allow\\\\',")
    findings = [finding for finding in parse(text).findings if finding.code == "single-quoted-string"]
    assert repaired(text, findings[0]) == CLEAN.replace('"Allow",', '"Allow\\\\",')
