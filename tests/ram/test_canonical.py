"""The one text form: the author's order, our spacing, every character as itself."""

import json

import pytest

from policystudio.ram.canonical import canonical, compact, quoted, sha256, text_of
from policystudio.ram.codes import CLEAN
from tests.reading import value


def test_spacing_is_ours_and_order_is_the_authors():
    read = value('{"b":[1,{"a":null}],"a":{},"c":[],"d":{"x":""}}')
    assert canonical(read) == (
        '{\n  "b": [\n    1,\n    {\n      "a": null\n    }\n  ],\n'
        '  "a": {},\n  "c": [],\n  "d": {\n    "x": ""\n  }\n}\n'
    )
    assert compact(read) == '{"b":[1,{"a":null}],"a":{},"c":[],"d":{"x":""}}'


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ('"\\u00e9\\ud83d\\udd11"', '"é🔑"'),
        ('"\\/\\b\\u0001\\u007f"', '"/\\b\\u0001\x7f"'),
        ("1.50", "1.50"),
        ("1e5", "1e5"),
        ("true", "true"),
        ('"\\u2028"', '"\u2028"'),
    ],
)
def test_scalars_are_written_in_one_way_and_digits_are_kept(typed, written):
    assert canonical(value(typed)) == written + "\n"


def test_plain_values_and_read_values_are_written_alike():
    plain = json.loads(CLEAN)
    assert text_of(plain) == canonical(value(text_of(plain)))


def test_hash_is_that_of_the_utf_8_bytes():
    assert sha256("é") == "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c"


def test_a_quoted_text_is_read_back():
    text = '"\\/\n\té\U0001f511\x00\x7f'
    assert json.loads(quoted(text)) == text
