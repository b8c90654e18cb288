"""Resource names are split at their first four colons and matched field by field."""

import pytest

from policystudio.ram.resources import covers_resource, is_everything, matches_resource, split

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/a"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (KEY, ("kms", "cn-hangzhou", "1234567890123456", "key/a")),
        ("acs:kms:*:*:*", ("kms", "*", "*", "*")),
        ("acs:kms:::", ("kms", "", "", "")),
        ("acs:oss:*:*:a:b:c", ("oss", "*", "*", "a:b:c")),
        ("acs:kms:${region}:${account}:key", ("kms", "${region}", "${account}", "key")),
        ("*", None),
        ("acs:kms:*:*", None),
        ("arn:aws:kms:*:*:*", None),
        ("ACS:kms:*:*:*", None),
        ("", None),
    ],
)
def test_name_is_split_into_its_fields(text, fields):
    resource = split(text)
    assert (tuple(resource) if resource else None) == fields
    assert resource is None or str(resource) == text


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*", True),
        (KEY, True),
        ("acs:kms:*:*:key/*", True),
        ("acs:*:*:*:*", True),
        ("acs:kms:*:*:*", True),
        ("acs:kms:*:*:key", False),
        ("acs:kms:*:key/*", False),
        ("acs:*", False),
        ("acs:kms:cn-*:1234567890123456:key/?", True),
        ("acs:kms::1234567890123456:key/a", False),
        ("acs:kms:*:*:KEY/a", False),
    ],
)
def test_pattern_fits_field_by_field(pattern, fits):
    assert matches_resource(pattern, KEY) is fits


def test_star_crosses_later_colons_and_slashes_of_the_relative_id_only():
    assert matches_resource("acs:oss:*:*:b*", "acs:oss:*:*:b/c:d")
    assert not matches_resource("acs:oss:*c", "acs:oss:a:b:c")


@pytest.mark.parametrize(
    ("wider", "narrower", "is_covered"),
    [
        ("*", "anything", True),
        ("acs:kms:*:*:*", KEY, True),
        (KEY, "acs:kms:*:*:*", False),
        ("acs:kms:*:*:*", "*", False),
        ("acs:kms:*:*:key/*", "acs:kms:*:*:key", False),
        ("acs:kms:*:*:key*", "acs:kms:*:*:key/*", True),
    ],
)
def test_name_covers(wider, narrower, is_covered):
    assert covers_resource(wider, narrower) is is_covered


def test_only_the_lone_star_is_everything():
    assert is_everything("*")
    assert not is_everything("acs:*:*:*:*")
