"""Wildcards: the quick matcher and the quick cover test agree with the slow and obvious ones."""

from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policystudio.ram.patterns import covers, fold, matches, matches_action, normal
from tests import strategies
from tests.reference import patterns as reference


@given(strategies.patterns, strategies.short_texts)
def test_matcher_agrees_with_reference(pattern, text):
    assert matches(pattern, text) == reference.matches(pattern, text)


def test_reference_reads_texts_longer_than_the_stack_is_deep():
    long = "x" * 6000
    assert reference.matches(long, long)
    assert reference.matches(long[1:] + "*y", long + "y")
    assert not reference.matches(long, long + "y")


@given(strategies.patterns, strategies.short_texts)
def test_normal_form_fits_the_same_texts(pattern, text):
    assert matches(normal(pattern), text) == matches(pattern, text)


# Three letters, one that no pattern names: what the two patterns cannot tell apart stands for all others.
@settings(max_examples=40)
@given(st.text("ab*?", max_size=4), st.text("ab*?", max_size=4))
@example("*?", "?*")
@example("**", "*")
@example("", "*")
def test_covering_agrees_with_brute_force(wider, narrower):
    assert covers(wider, narrower) == reference.covers(wider, narrower, "abc", 6)


@given(strategies.patterns, strategies.patterns, strategies.short_texts)
def test_what_a_covered_pattern_fits_the_wider_one_fits_too(wider, narrower, text):
    if covers(wider, narrower) and matches(narrower, text):
        assert matches(wider, text)


@given(strategies.any_text)
def test_only_ascii_letters_are_folded(text):
    assert all(a == b or (a.isascii() and a.lower() == b) for a, b in zip(text, fold(text), strict=True))
    assert matches_action(fold(text), text) or any(c in text for c in "*?")


def test_hostile_patterns_are_quick():
    assert not matches("*a" * 200 + "b", "a" * 2000)
    assert not matches("?*" * 200 + "b", "a" * 2000)
    covers("*a" + "?" * 60, "*b" + "?" * 60)


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        ("*" + "a" * 25_000 + "b", "a" * 50_000),
        ("*a" + "?" * 500 + "".join(map(chr, range(0x4E00, 0x4E00 + 200))), "*" + "a?" * 500),
        ("*?" + "a" * 3_000 + "b", "a" * 6_000),
    ],
)
def test_whether_a_hostile_pattern_covers_another_is_given_up_soon(wider, narrower):
    """Each of these took seconds, and validation asks it of every pair of entries."""
    started = process_time()
    assert not covers(wider, narrower)
    assert process_time() - started < 0.2


def test_a_long_pattern_still_covers_what_takes_one_walk_to_see():
    assert covers("key/*", "key/" + "a" * 5_000)
    assert covers("key/*" + "b" * 2_000, "key/" + "a" * 500 + "b" * 2_000)
    assert covers("key/?*", "key/key-hzz" + "0" * 60 + "*")
