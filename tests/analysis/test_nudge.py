"""The request changed so little that a statement fits: what is offered always fits, and little is changed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.analysis.deciding import Decision, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.nudge import Nudge, Step, nudged
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.ram.document import Document

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"


def document(**elements: Any) -> Document:
    """A document of one statement that allows `kms:Decrypt` on everything, but for `elements`."""
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", **elements}
    for name in ("Action", "Resource"):
        if f"Not{name}" in statement:
            del statement[name]
    found = read_given(json.dumps({"Version": "1", "Statement": [statement]})).document
    assert found is not None
    return found


def nudge(given: Document, action: str = "kms:Decrypt", resource: str = KEY, **context: str) -> Nudge | None:
    request = Request(action, resource, {f"acs:{key}": value for key, value in context.items()})
    found = nudged(given, "/Statement/0", request, load())
    if found is not None:
        assert evaluate([given], found.request).decision is Decision.ALLOW
    return found


def steps(given: Document, **asked: str) -> tuple[Step, ...]:
    found = nudge(given, **asked)
    assert found is not None
    return found.steps


@pytest.mark.parametrize(
    ("condition", "context", "step"),
    [
        ({"IpAddress": {"acs:SourceIp": "203.0.113.0/24"}}, {}, Step("acs:SourceIp", "203.0.113.1")),
        ({"IpAddress": {"acs:SourceIp": "203.0.113.7"}}, {}, Step("acs:SourceIp", "203.0.113.7")),
        ({"IpAddress": {"acs:SourceIp": "2001:db8::/32"}}, {}, Step("acs:SourceIp", "2001:db8::1")),
        (
            {"NotIpAddress": {"acs:SourceIp": "203.0.113.0/24"}},
            {"SourceIp": "203.0.113.9"},
            Step("acs:SourceIp", "198.51.100.1"),
        ),
        ({"Bool": {"acs:MFAPresent": "true"}}, {"MFAPresent": "false"}, Step("acs:MFAPresent", "true")),
        ({"StringEquals": {"acs:SourceVpc": ["vpc-1", "vpc-2"]}}, {}, Step("acs:SourceVpc", "vpc-1")),
        ({"StringLike": {"acs:SourceVpc": "vpc-*"}}, {}, Step("acs:SourceVpc", "vpc-example")),
        (
            {"StringNotEquals": {"acs:SourceVpc": "vpc-1"}},
            {"SourceVpc": "vpc-1"},
            Step("acs:SourceVpc", "example"),
        ),
        (
            {"DateLessThan": {"acs:CurrentTime": "2026-01-01T00:00:00Z"}},
            {"CurrentTime": "2026-06-01T00:00:00Z"},
            Step("acs:CurrentTime", "2025-12-31T23:59:59Z"),
        ),
        ({"NumericGreaterThan": {"acs:Count": "10"}}, {"Count": "3"}, Step("acs:Count", "11")),
    ],
)
def test_a_condition_is_met_by_a_value_that_fits(
    condition: dict[str, Any], context: dict[str, str], step: Step
) -> None:
    assert steps(document(Condition=condition), **context) == (step,)


def test_two_conditions_on_one_key_are_met_by_one_value() -> None:
    window = {
        "DateGreaterThan": {"acs:CurrentTime": "2026-01-01T00:00:00Z"},
        "DateLessThan": {"acs:CurrentTime": "2026-02-01T00:00:00Z"},
    }
    given = document(Condition=window)
    assert steps(given) == (Step("acs:CurrentTime", "2026-01-01T00:00:01Z"),)
    assert steps(given, CurrentTime="2026-03-01T00:00:00Z") == (
        Step("acs:CurrentTime", "2026-01-01T00:00:01Z"),
    )


def test_of_the_resource_only_what_does_not_fit_is_changed() -> None:
    given = document(Resource="acs:kms:cn-shanghai:*:key/*")
    assert steps(given) == (Step("resource", "acs:kms:cn-shanghai:1234567890123456:key/key-1"),)
    assert steps(document(NotResource=KEY)) == (Step("resource", f"{KEY}-example"),)


def test_the_action_most_like_the_asked_one_is_offered() -> None:
    given = document(Action=["kms:DescribeKey", "kms:Encrypt*"])
    assert steps(given, action="kms:Encryp") == (Step("action", "kms:Encrypt"),)
    assert steps(document(Action="oss:Get*"), action="kms:Decrypt") == (Step("action", "oss:Getexample"),)
    assert steps(document(NotAction="kms:Decrypt")) != ()


def test_several_elements_are_changed_in_turn() -> None:
    given = document(Resource="acs:kms:*:*:secret/a", Condition={"Bool": {"acs:MFAPresent": "true"}})
    assert [step.name for step in steps(given)] == ["resource", "acs:MFAPresent"]


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"acs:SourceVpc": "a"}, "StringNotEquals": {"acs:SourceVpc": "a"}},
        {"StringNear": {"acs:SourceVpc": "a"}, "Bool": {"acs:MFAPresent": "true"}},
        {"DateGreaterThan": {"acs:CurrentTime": "9999-12-31T23:59:59Z"}},
    ],
)
def test_nothing_is_promised_that_does_not_fit(condition: dict[str, Any]) -> None:
    assert nudge(document(Condition=condition)) is None
