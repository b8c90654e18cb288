"""The quick reading of plain texts is the exact one, and every doubt is left to the exact one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.quick import quickly
from policystudio.ram.reader import DOCUMENT_LIMITS, Limits, Reading, read
from tests import strategies

SAMPLES = sorted(Path(__file__).parent.parent.glob("samples/*.json"))
plain_texts = st.recursive(
    st.text("ab :,{}[]$*", max_size=6),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text("abc", max_size=2), inner, min_size=1)
    ),
    max_leaves=12,
).map(lambda value: json.dumps(value))


def exactly(text: str) -> Reading:
    """What the exact reader says, which reads every text that may hold more values than the limit."""
    return read(text, Limits(DOCUMENT_LIMITS.max_bytes, max_values=max(len(text) - 1, 1)))


@given(strategies.json_texts() | strategies.syntax_near_misses() | strategies.any_text | plain_texts)
def test_what_is_read_quickly_is_what_the_exact_reader_reads(text: str) -> None:
    value = quickly(text, DOCUMENT_LIMITS.max_depth)
    assert value is None or value == exactly(text).value


@given(plain_texts, st.data())
def test_a_plain_text_with_one_character_changed_is_read_as_by_the_exact_reader(
    text: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    changed = (
        text[:at]
        + data.draw(st.sampled_from('{}[],:" \\\n0a\x01é'))
        + text[at + data.draw(st.sampled_from([0, 1])) :]
    )
    value = quickly(changed, DOCUMENT_LIMITS.max_depth)
    assert value is None or value == exactly(changed).value
    assert read(changed).value == exactly(changed).value


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_samples_are_read_quickly(path: Path) -> None:
    text = path.read_text()
    value = quickly(text, DOCUMENT_LIMITS.max_depth)
    assert value is not None or path.stem == "index"
    assert value is None or value == exactly(text).value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        '{"a": 1}',
        '{"a": "b",}',
        '{"a": "b"]',
        '["a", "b"}',
        '{"a": "b", "a": "c"}',
        '{"a": "\\u0061"}',
        '{"a": "é"}',
        '{"a": "b"} x',
        '\ufeff{"a": "b"}',
        '"a"',
        "[" * 33 + '"a"' + "]" * 33,
    ],
)
def test_what_is_not_plain_is_left_to_the_exact_reader(text: str) -> None:
    assert quickly(text, DOCUMENT_LIMITS.max_depth) is None


def test_as_many_levels_are_read_as_the_exact_reader_takes() -> None:
    deep = "[" * 32 + '"a"' + "]" * 32
    assert quickly(deep, 32) == exactly(deep).value is not None
