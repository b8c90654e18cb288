"""Wildcards, by example; what holds for every pattern is in the properties."""

import pytest

from policystudio.ram.patterns import covers, has_wildcard, matches, matches_action, meets


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "", True),
        ("*", "kms:Encrypt", True),
        ("kms:*", "kms:", True),
        ("kms:*", "kms:Encrypt", True),
        ("kms:*", "kmsx:Encrypt", False),
        ("kms:*Key", "kms:CreateKey", True),
        ("kms:*Key", "kms:CreateKeys", False),
        ("a?c", "abc", True),
        ("a?c", "ac", False),
        ("a?", "a\n", True),
        ("*ab*ab", "abab", True),
        ("*ab*ab", "ab", False),
        ("", "", True),
        ("", "a", False),
        ("key/*", "key/a/b", True),
        ("kms:Encrypt", "kms:encrypt", False),
        ("[a-z]", "b", False),
        (".*", "ab", False),
    ],
)
def test_pattern_fits(pattern, text, fits):
    assert matches(pattern, text) is fits


def test_actions_fit_in_any_ascii_case_only():
    assert matches_action("KMS:enc*", "kms:Encrypt")
    assert not matches_action("kms:Encrypt", "\u212ams:Encrypt")
    assert not matches_action("kms:L\u0131st*", "kms:List")


@pytest.mark.parametrize(
    ("wider", "narrower", "is_covered"),
    [
        ("*", "*", True),
        ("kms:*", "kms:Get*", True),
        ("kms:Get*", "kms:*", False),
        ("kms:*Key*", "kms:CreateKey", True),
        ("?", "*", False),
        ("*", "?", True),
        ("*?", "?*", True),
        ("a*", "a", True),
        ("a?", "a", False),
        ("*a*", "*b*", False),
        ("*a*b", "*a*a*b", True),
    ],
)
def test_pattern_covers(wider, narrower, is_covered):
    assert covers(wider, narrower) is is_covered


@pytest.mark.parametrize(
    ("one", "other", "do_meet"),
    [
        ("*", "", True),
        ("key/a*", "key/*b", True),
        ("key/a*", "key/b*", False),
        ("?", "*", True),
        ("a?", "?", False),
        ("?a*", "b?", True),
        ("a*a", "a", False),
        ("key/a", "key/b", False),
    ],
)
def test_patterns_meet(one, other, do_meet):
    assert meets(one, other) is meets(other, one) is do_meet


def test_wildcards_are_seen():
    assert has_wildcard("a*")
    assert has_wildcard("a?")
    assert not has_wildcard("a%b[c]")
