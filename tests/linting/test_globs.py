"""Which files a pattern of the configuration speaks of."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.linting.globs import fits, names


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("*.json", "a.json", True),
        ("*.json", "deep/er/a.json", True),
        ("policies/*.json", "policies/a.json", True),
        ("policies/*.json", "policies/old/a.json", False),
        ("policies/*.json", "other/policies/a.json", False),
        ("policies/**", "policies/old/a.json", True),
        ("policies/**/*.json", "policies/a.json", True),
        ("policies/**/*.json", "policies/x/y/a.json", True),
        ("**/old/*", "old/a.json", True),
        ("a?.json", "ab.json", True),
        ("a?.json", "a/.json", False),
        ("a.json", "aXjson", False),
        ("/a.json", "a.json", True),
        ("/a.json", "b/a.json", False),
        ("(x)[1].json", "(x)[1].json", True),
        ("*", "new\nline.json", True),
        ("policies/**", "policies", False),
        ("a.json", "../a.json", True),
        ("policies/a.json", "../policies/a.json", False),
    ],
)
def test_pattern_fits(pattern, path, expected):
    assert fits(pattern, path) is expected


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("a/b.json", "a/b.json", True),
        ("/b.json", "b.json", True),
        ("b.json", "b.json", True),
        ("b.json", "a/b.json", False),
        ("a/*.json", "a/*.json", False),
    ],
)
def test_pattern_that_is_the_path_itself_is_recognised(pattern, path, expected):
    assert names(pattern, path) is expected


@pytest.mark.parametrize(
    ("pattern", "path"), [("*a" * 200 + "b", "a" * 4000), ("**/*a" * 200 + "b", "a/" * 2000)]
)
def test_pattern_that_was_built_to_hold_a_run_up_does_not(pattern, path):
    assert not fits(pattern, path)
    assert fits(pattern, path + "b") is ("/" not in path)


@given(st.text("*?/ab", max_size=8), st.text("/ab\n", max_size=8))
def test_pattern_means_what_the_same_regular_expression_means(pattern, path):
    whole = pattern.removeprefix("/") if "/" in pattern else f"**/{pattern}"
    meanings = {"**/": "(?:[^/]+/)*", "/**": "/.+", "*": "[^/]*", "?": "[^/]"}
    pieces = re.findall(r"\*\*/|/\*\*$|\*+|\?|[^*?]", whole)
    expression = "".join(meanings.get(p) or (".*" if p.startswith("**") else re.escape(p)) for p in pieces)
    assert fits(pattern, path) is (re.fullmatch(expression, path, re.DOTALL) is not None)
