"""Answers about short texts are remembered, those about long ones are not."""

from __future__ import annotations

import pytest

from policystudio.catalog import load, lookup
from policystudio.ram.memory import MAX_CHARACTERS, remembered


@pytest.mark.parametrize(
    ("length", "times"), [(0, 1), (MAX_CHARACTERS - 1, 1), (MAX_CHARACTERS, 1), (201, 2)]
)
def test_only_texts_of_at_most_two_hundred_characters_are_remembered(length, times):
    asked = []

    @remembered
    def answer(text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [answer("a" * length), answer("a" * length)] == ["A" * length] * 2
    assert len(asked) == times


@pytest.mark.parametrize(("length", "times"), [(0, 1), (MAX_CHARACTERS, 1), (201, 2)])
def test_so_are_answers_of_a_catalogue(length, times):
    asked = []

    @lookup._remembered
    def answer(_catalogue: object, text: str) -> str:
        asked.append(text)
        return text.upper()

    assert [answer(load(), "a" * length), answer(load(), "a" * length)] == ["A" * length] * 2
    assert len(asked) == times


def test_two_texts_have_two_answers():
    answer = remembered(str.upper)
    assert [answer("a"), answer("b"), answer("a")] == ["A", "B", "A"]
