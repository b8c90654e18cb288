"""Where findings stand, in the units that reports want."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.linting.places import Places, Region, printable, width
from policystudio.ram.finding import Edit, Finding, Severity
from policystudio.ram.position import Source
from tests.strategies import any_text


def region(text, line, column):
    return Places(text).region(Finding("a-code", Severity.WARNING, "", None, line, column))


@pytest.mark.parametrize(
    ("text", "line", "column", "end"),
    [
        ('{"a": "b c"}', 1, 7, 12),
        ('{"a\\"b": 1}', 1, 2, 8),
        ('{"open', 1, 2, 7),
        ("{\r\n  true}", 2, 3, 7),
        ("[\n{", 2, 1, 2),
        ("", 1, 1, 1),
        ("x", 9, 9, 2),
    ],
)
def test_region_is_the_word_or_text_that_is_pointed_at(text, line, column, end):
    assert region(text, line, column).end_column == end


def test_finding_without_place_stands_at_the_start():
    assert region("{}", None, None) == Region(1, 1, 1, 2)


def test_columns_in_utf16_count_characters_beyond_the_first_plane_twice():
    text = '{"🔑🔑": "ü"}'
    assert Places(text).in_utf16(region(text, 1, 8)) == Region(1, 10, 1, 13)


def test_file_names_and_texts_cannot_steer_a_terminal():
    assert printable("a\n\x1b[31mb\udcffc\u202e") == "a\\x0a\\x1b[31mb\\xffc\\u202e"
    assert printable("größe 密钥.json") == "größe 密钥.json"
    assert width("密a") == 3


@given(any_text, st.integers(0, 60))
def test_lines_and_columns_agree_with_the_reader(text, offset):
    offset = min(offset, len(text))
    found = Places(text).edited(Edit(offset, offset, ""))
    place = Source(text).place(offset)
    assert (found.line, found.column) == (place.line, place.column)


@given(any_text, st.integers(-1, 9), st.integers(1, 70))
def test_every_finding_has_a_region_in_the_text(text, line, column):
    places = Places(text)
    found = region(text, line if line > 0 else None, column)
    assert 1 <= found.column <= found.end_column <= len(places.line(found.line)) + 1
    places.in_utf16(found)
