"""Compiled patterns against their definition, and how many steps hostile ones take."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.deciding import globs
from policystudio.analysis.deciding.globs import Places, any_glob, glob
from policystudio.analysis.deciding.names import action_fits, any_resource, named, resource_fits
from policystudio.ram import patterns
from policystudio.ram.resources import matches_resource
from tests.reference.patterns import matches

TEXTS = ["".join(letters) for length in range(5) for letters in product("ab", repeat=length)]
PATTERNS = ["".join(letters) for length in range(5) for letters in product("ab*?", repeat=length)]


def test_every_short_pattern_means_what_its_definition_says():
    for pattern in PATTERNS:
        fits = glob(pattern)
        assert [fits(text) for text in TEXTS] == [matches(pattern, text) for text in TEXTS], pattern


@given(st.text("aab*?𝒜", max_size=10), st.text("aab𝒜\n", max_size=12))
def test_longer_patterns_mean_what_their_definition_says(pattern, text):
    assert glob(pattern)(text) == matches(pattern, text)


@given(st.lists(st.text("ab*?", max_size=7), max_size=6), st.text("ab", max_size=9))
def test_a_list_fits_where_one_of_its_patterns_does(listed, text):
    assert any_glob(listed)(text) == any(matches(pattern, text) for pattern in listed)


@given(
    st.lists(st.builds(":".join, st.lists(st.text("a*?", max_size=3), min_size=4, max_size=5)), max_size=4),
    st.lists(st.text("a", max_size=2), min_size=4, max_size=4),
)
def test_a_list_of_resources_fits_where_one_of_them_does(tails, fields):
    listed = [f"acs:{tail}" for tail in tails]
    resource = f"acs:{':'.join(fields)}"
    expected = any(matches_resource(pattern, resource) for pattern in listed)
    assert any_resource(listed)(named(resource)) == expected
    assert any(resource_fits(pattern)(named(resource)) for pattern in listed) == expected


def test_the_lone_star_alone_reaches_what_has_no_resource():
    assert any_resource(["acs:*:*:*:*", "*"])(named("*"))
    assert not any_resource(["acs:*:*:*:*", "acs:kms:a:1:b"])(named("*"))
    assert not any_resource(["acs:kms"])(named("acs:kms:a:1:b"))


def test_letter_case_of_an_action_is_that_of_ascii():
    assert action_fits("KMS:De?rypt")("kms:decrypt")
    assert not action_fits("\u212ams:Decrypt")("kms:decrypt")


@pytest.fixture
def counted(monkeypatch):
    """How often a character was asked for, each time being one operation on numbers as long as the text."""

    class Counting(Places):
        steps = 0

        def of(self, char: str) -> int:
            Counting.steps += 1
            return super().of(char)

    monkeypatch.setattr(globs, "_places", Counting)
    return Counting


@pytest.mark.parametrize("text", ["a" * 1024, "ab" * 512, "aab" * 341 + "a"])
def test_a_pattern_takes_no_more_steps_than_it_has_letters_however_the_text_repeats(counted, text):
    for pattern in ("*a?b*", "*a?a?a?a?c*", "*?a*b?*" * 20 + "z?", f"*{'a?' * 400}c*", f"*{'a' * 1000}?b"):
        counted.steps = 0
        assert glob(pattern)(text) == patterns.matches(pattern, text)
        assert counted.steps <= len(pattern)


def test_steps_grow_as_the_list_does(counted):
    text = "a" * 1024
    taken = []
    for count in (100, 200, 400):
        counted.steps = 0
        assert not any_glob([f"*a?{number}z*" for number in range(count)])(text)
        taken.append(counted.steps)
    assert taken[1] <= 2.1 * taken[0]
    assert taken[2] <= 2.1 * taken[1]


def test_a_character_is_looked_up_once_in_a_text():
    places = Places("abca")
    assert places.of("a") == 0b1001
    assert places.of("a") is places.of("a")
    assert places.of("z") == 0
