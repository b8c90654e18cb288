"""Which files a pattern of the configuration speaks of."""

import pytest

from policystudio.linting.globs import fits, names_one_file


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
    ("pattern", "expected"), [("a/b.json", True), ("b.json", False), ("a/*.json", False)]
)
def test_pattern_that_names_one_file_is_recognised(pattern, expected):
    assert names_one_file(pattern) is expected
