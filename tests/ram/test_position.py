"""Lines, columns and pointers."""

import pytest

from policystudio.ram.position import Source, pointer, pointer_parts


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("a\nb", 1, 1, 2),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\n\rb", 3, 3, 1),
        ("🔑x", 1, 1, 2),
        ("a\u2028b", 2, 1, 3),
        ("a\n", 2, 2, 1),
    ],
)
def test_place_counts_from_one_in_code_points(text, offset, line, column):
    place = Source(text).place(offset)
    assert (place.line, place.column) == (line, column)


@pytest.mark.parametrize(
    ("parts", "text"),
    [((), ""), (("Statement", 0), "/Statement/0"), (("a/b", "c~d", ""), "/a~1b/c~0d/"), (("~1",), "/~01")],
)
def test_pointer_escapes_and_reads_back(parts, text):
    assert pointer(*parts) == text
    assert pointer_parts(text) == [str(part) for part in parts]
