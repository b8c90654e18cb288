"""What holds for every text: reading never raises, never alters, and says where it stopped."""

import json
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from policystudio.ram.canonical import canonical, compact, sha256
from policystudio.ram.diagnose import diagnose
from policystudio.ram.finding import MAX_FINDINGS, Severity
from policystudio.ram.parse import parse
from policystudio.ram.position import Source
from policystudio.ram.reader import DOCUMENT_LIMITS, plain, read, read_bytes
from tests import strategies
from tests.reading import value as value_of
from tests.reference import places


@given(strategies.any_text, strategies.kinds)
@example("[" * 3000, None)
@example('{"a":' * 3000, None)
@example("[}" * 3000, None)
@example("“" * 3000, None)
@example('"' + "\\" * 3001, None)
@example("&quot;" * 500, None)
@example("/*" * 3000, None)
def test_parsing_never_raises_and_every_finding_has_a_place_in_the_text(text, kind):
    parsed = parse(text) if kind is None else parse(text, kind)
    assert len(parsed.findings) <= MAX_FINDINGS + 1
    assert (parsed.document is None) == any(f.severity is Severity.ERROR for f in parsed.findings)
    lines = text.count("\n") + text.count("\r") + 1
    for finding in parsed.findings:
        assert 1 <= (finding.line or 0) <= lines
        assert 1 <= (finding.column or 0) <= len(text) + 1
        finding.message.encode()
        json.dumps(finding.as_json()).encode()


@given(strategies.syntax_near_misses())
def test_near_misses_never_raise_and_are_never_taken_for_documents_when_the_reader_refuses(text):
    parsed = parse(text)
    assert parsed.document is None or read(text).value is not None


@given(strategies.syntax_near_misses() | strategies.any_text)
def test_the_tolerant_reading_finds_a_fault_exactly_where_the_exact_one_refuses(text):
    refused = bool(read(text).findings)
    found = diagnose(Source(text), DOCUMENT_LIMITS).findings
    if not refused:
        assert found == []
    elif read(text).findings[0].code != "empty-text":
        assert found


@given(strategies.json_texts())
def test_the_tolerant_reading_of_plain_json_is_the_exact_one(text):
    assert diagnose(Source(text), DOCUMENT_LIMITS).value == read(text).value


@given(st.binary(max_size=80))
@example(b"\xff\xfe{\x00}\x00")
@example(b"\xed\xa0\x80")
@example(b"\xc0\xa2")
def test_reading_bytes_never_raises_and_takes_utf_8_only(data):
    reading = read_bytes(data)
    if reading.value is not None:
        assert json.loads(data.decode()) == json.loads(canonical(reading.value))


@given(strategies.json_values, st.data())
def test_what_is_read_is_what_was_written(value, data):
    text = data.draw(strategies.json_texts(st.just(value)))
    assert read(text).findings == ()
    assert plain(value_of(text)) == value == json.loads(text)


@given(strategies.json_texts())
def test_canonical_text_has_the_same_values_and_is_a_fixed_point(text):
    value = value_of(text)
    once = canonical(value)
    again = value_of(once)
    assert plain(again) == plain(value)
    assert canonical(again) == once
    assert sha256(canonical(again)) == sha256(once)
    assert plain(value_of(compact(value))) == plain(value)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=10), st.sampled_from(["{}", "{}e5", "{}E-7"])
)
def test_numbers_are_never_rounded(number, form):
    text = form.format(f"{number:f}")
    value = value_of(text)
    assert Decimal(plain(value)) == Decimal(text)
    assert canonical(value) == text + "\n"


@given(st.text("ab\r\n\u2028\x85\x0b", max_size=30), st.data())
def test_line_and_column_equal_a_naive_count(text, data):
    offset = data.draw(st.integers(0, len(text)))
    place = Source(text).place(offset)
    assert (place.line, place.column) == places.place(text, offset)


@given(strategies.json_texts())
def test_every_value_knows_its_place(text):
    def walk(value):
        assert json.loads(text[value.start : value.end]) == plain(value)
        for item in getattr(value, "items", ()):
            walk(item)
        for member in getattr(value, "members", ()):
            assert json.loads(text[member.name_start : member.name_end]) == member.name
            walk(member.value)

    walk(value_of(text))
