"""Very many places of one fault: it is told with their number, and no repair is offered that outgrows the text."""

import json
import time

import pytest

from policystudio.ram.finding import MAX_EDITS, Fix
from policystudio.ram.parse import parse
from policystudio.ram.reader import DOCUMENT_LIMITS
from tests.validation.proof import repairs


def in_action(text):
    return '{"Version":"1","Statement":[{"Effect":"Allow","Action":"' + text + '","Resource":"*"}]}'


def in_list(text):
    return "[" + text + "1]"


HOSTILE = [
    ("invisible-character-in-value", in_action, "a\u200b"),
    ("invisible-character-in-value", in_action, "a\u00a0a"),
    ("lookalike-letter", in_action, "a\u0430"),
    ("html-entity-in-text", in_action, "&amp;"),
    ("html-entity-in-text", in_list, "&quot;a&quot;,"),
    ("control-character-in-string", in_action, "a\t"),
    ("bidirectional-control", in_action, "a\u202e"),
    ("no-break-space", in_list, "\u00a0"),
    ("no-break-space", in_list, "\u00a0 "),
    ("single-quoted-string", in_list, "'a',"),
    ("curly-quote", in_list, "“a”,"),
    ("full-width-punctuation", in_list, "1，"),
]


def hostile(around, unit):
    """The largest text that is read, and how often `unit` stands in it."""
    count = (DOCUMENT_LIMITS.max_bytes - len(around("").encode())) // len(unit.encode())
    return around(unit * count), count


@pytest.mark.parametrize(("code", "around", "unit"), HOSTILE)
def test_fault_at_very_many_places_is_told_with_their_number_and_without_a_repair(code, around, unit):
    text, _ = hostile(around, unit)
    begun = time.process_time()
    findings = parse(text).findings
    answer = json.dumps([finding.as_json() for finding in findings])
    assert time.process_time() - begun < 2
    assert len(answer) < 100_000
    told = [finding for finding in findings if finding.code == code]
    assert len(told) == 1
    assert repairs(told[0]) == ()
    assert "places" in told[0].message


def test_double_quotes_within_single_ones_are_not_all_written_with_a_backslash():
    text = "{'a': '" + '"' * 200_000 + "'}"
    quoted = next(finding for finding in parse(text).findings if finding.code == "single-quoted-string")
    assert quoted.fix is None
    assert "(at 2 places" in quoted.message


@pytest.mark.parametrize(("code", "around", "unit"), HOSTILE)
@pytest.mark.parametrize("places", [2, 900])
def test_fault_at_no_more_places_than_that_is_repaired_everywhere_at_once(code, around, unit, places):
    text = around(unit * places)
    told = [finding for finding in parse(text).findings if finding.code == code]
    assert len(told) == 1
    (repair,) = repairs(told[0])
    assert len(repair.edits) <= MAX_EDITS
    assert code not in {finding.code for finding in parse(repair.apply(text)).findings}


def test_as_many_edits_as_may_be_are_offered_and_one_more_are_not():
    def offered(count):
        return repairs(parse(in_action("kms:" + "a\u200b" * count)).findings[0])

    assert len(offered(MAX_EDITS)[0].edits) == MAX_EDITS
    assert offered(MAX_EDITS + 1) == ()


def test_repairs_of_many_texts_together_have_no_more_edits_than_that():
    actions = ",".join(f'"kms:{"a" + chr(0x200B)}{"b" + chr(0x200B)}{n}"' for n in range(1500))
    text = '{"Version":"1","Statement":[{"Effect":"Allow","Action":[' + actions + '],"Resource":"*"}]}'
    findings = [f for f in parse(text).findings if f.code == "invisible-character-in-value"]
    assert sum(len(fix.edits) for finding in findings for fix in repairs(finding)) <= MAX_EDITS


def test_a_run_of_control_characters_is_counted_by_character_and_taken_out_at_once():
    text = '["a\t\t\tb"]'
    finding = next(f for f in parse(text).findings if f.code == "control-character-in-string")
    assert "(at 3 places" in finding.message
    assert isinstance(finding.fix, Fix)
    assert finding.fix.apply(text) == '["ab"]'
