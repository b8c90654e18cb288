"""A pasted document in an address: the same text again, bounded, and never more than was asked for."""

from __future__ import annotations

import base64
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.web.asking.packing import MAX_BYTES, MAX_PACKED, CannotUnpack, packed, unpacked


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_was_packed_is_unpacked_again(text: str) -> None:
    assert unpacked(packed(text)) == text


def test_a_long_text_of_few_signs_is_refused_before_it_is_made() -> None:
    with pytest.raises(CannotUnpack):
        unpacked(packed("x" * (MAX_BYTES + 1)))
    assert len(unpacked(packed("x" * MAX_BYTES))) == MAX_BYTES


@given(st.text(max_size=200))
def test_anything_else_is_refused(part: str) -> None:
    try:
        text = unpacked(part)
    except CannotUnpack:
        return
    assert unpacked(packed(text)) == text


@pytest.mark.parametrize(
    "pressed",
    [
        zlib.compress(b"{}")[:-1],
        zlib.compress(b"{}") + b"more",
        zlib.compress(b"\xff\xfe"),
        b"",
        zlib.compress(bytes(range(256)) * 64, 0),
    ],
)
def test_a_stream_that_is_cut_or_has_something_behind_it_is_refused(pressed: bytes) -> None:
    part = base64.urlsafe_b64encode(pressed).decode().rstrip("=")
    with pytest.raises(CannotUnpack):
        unpacked(part)
    assert len(part) < 4 * MAX_PACKED
