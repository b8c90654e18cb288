"""The optional extra conditions that every builder takes."""

import pytest

from policystudio.builders.builder import all_builders
from tests.builders.reading import builder, refused, statement

EVERYTHING = {
    "tag": [{"key": "Project", "values": ["Apollo"]}],
    "not_after": "2026-12-31T23:59:59Z",
    "not_before": "2026-01-01T00:00:00+08:00",
    "mfa": True,
    "https": True,
    "source_ip": ["203.0.113.0/24", "2001:db8::/32"],
}


def test_all_conditions_together_in_one_order():
    got = statement("crypto-user", aliases=[], conditions=EVERYTHING)
    assert list(got["Condition"].items()) == [
        ("IpAddress", {"acs:SourceIp": ["203.0.113.0/24", "2001:db8::/32"]}),
        ("Bool", {"acs:SecureTransport": "true", "acs:MFAPresent": "true"}),
        ("DateGreaterThanEquals", {"acs:CurrentTime": "2026-01-01T00:00:00+08:00"}),
        ("DateLessThanEquals", {"acs:CurrentTime": "2026-12-31T23:59:59Z"}),
        ("StringEqualsIgnoreCase", {"kms:tag/Project": ["Apollo"]}),
    ]


@pytest.mark.parametrize("slug", list(all_builders()))
def test_every_builder_takes_them_in_every_statement(slug):
    document = builder(slug).build(
        {"conditions": {"https": True, "mfa": True, "not_after": "2026-12-31T23:59:59Z"}}
    )
    assert document.source.count('"acs:SecureTransport": "true"') == document.source.count('"Effect"')


def test_false_is_no_condition_and_is_not_kept():
    assert (
        builder("key-admin").build({"conditions": {"https": False, "mfa": False}}).parameters["conditions"]
        == {}
    )
    assert "Condition" not in statement("key-admin", conditions={"https": False})


@pytest.mark.parametrize(
    ("conditions", "problem"),
    [
        (None, ("/conditions", "wrong-type")),
        ([], ("/conditions", "wrong-type")),
        ({"vpc": "vpc-a"}, ("/conditions/vpc", "unknown-parameter")),
        ({"source_ip": []}, ("/conditions/source_ip", "empty-list")),
        ({"source_ip": None}, ("/conditions/source_ip", "wrong-type")),
        ({"source_ip": "203.0.113.1"}, ("/conditions/source_ip", "wrong-type")),
        ({"source_ip": ["203.0.113.1", "office"]}, ("/conditions/source_ip/1", "malformed-address")),
        ({"https": None}, ("/conditions/https", "wrong-type")),
        ({"mfa": "true"}, ("/conditions/mfa", "wrong-type")),
        ({"not_before": None}, ("/conditions/not_before", "wrong-type")),
        ({"not_before": "2026-01-01"}, ("/conditions/not_before", "time-without-zone")),
        ({"tag": []}, ("/conditions/tag", "empty-list")),
        ({"tag": [{"key": "a", "values": ["*"]}]}, ("/conditions/tag/0/values/0", "wildcard")),
    ],
)
def test_each_refusal_names_its_place(conditions, problem):
    assert refused("key-read-only", conditions=conditions) == [problem]


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", True),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", True),
        ("2026-01-01T00:00:01Z", "2026-01-01T00:00:00Z", False),
        ("2026-01-01T00:00:00+08:00", "2025-12-31T20:00:00Z", True),
        ("2026-01-01T00:00:00Z", "2026-01-01T07:00:00+08:00", False),
    ],
)
def test_a_window_must_be_open_at_some_moment(start, end, is_open):
    found = refused("secret-admin", conditions={"not_before": start, "not_after": end})
    assert found == ([] if is_open else [("/conditions/not_after", "window-never-open")])
