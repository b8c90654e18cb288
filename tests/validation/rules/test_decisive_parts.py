"""What single rules say and offer where several values, statements or accounts stand beside each other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Finding
from policystudio.ram.render import Target
from policystudio.validation.pipeline import validate

NOW = datetime(2026, 11, 24, tzinfo=UTC)
HERE = "acs:kms:cn-hangzhou:1234567890123456"
MFA = "acs:MFAPresent"


def judged(code: str, *statements: Mapping[str, object], **about: Any) -> tuple[str, list[Finding]]:
    """The text of these statements, and what a rule says of it."""
    plain = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": f"{HERE}:key/a"}
    text = json.dumps({"Version": "1", "Statement": [{**plain, **each} for each in statements]})
    findings = validate(text, catalogue=load(), now=NOW, **about).findings
    return text, [each for each in findings if each.code == code]


def places(code: str, *statements: Mapping[str, object], **about: Any) -> list[str | None]:
    """Where a rule says something."""
    return [each.path for each in judged(code, *statements, **about)[1]]


def test_a_wildcard_in_an_address_is_found_behind_what_cannot_be_read_at_all():
    condition = {"IpAddress": {"acs:SourceIp": ["nowhere", "8.8.*", "8.8.8.0/99", "9.9.9.*"]}}
    place = "/Statement/0/Condition/IpAddress/acs:SourceIp"
    text, findings = judged("wildcard-in-address", {"Condition": condition})
    assert [each.path for each in findings] == [f"{place}/1", f"{place}/3"]
    written = [json.loads(f.fix.apply(text))["Statement"][0]["Condition"] for f in findings if f.fix]
    assert [each["IpAddress"]["acs:SourceIp"][n] for each, n in zip(written, (1, 3), strict=True)] == [
        "8.8.0.0/16",
        "9.9.9.0/24",
    ]


def test_a_secret_without_a_key_of_its_own_does_not_excuse_the_next():
    of = [{"Action": "kms:GetSecretValue", "Resource": f"{HERE}:secret/{name}"} for name in ("a", "b", "c")]
    assert places("secret-value-without-decrypt", *of, own_key_secrets=["a", "c"]) == ["/Statement/1/Action"]
    assert places("secret-value-without-decrypt", *of, own_key_secrets=["a", "b", "c"]) == []


@pytest.mark.parametrize(
    ("resource", "is_found"),
    [
        ("acs:ram:*:system:policy/A", False),
        ("acs:oss:*:system:a", True),
        ("acs:vpc:*:system:a", True),
        ("acs:ram:*:others:policy/A", True),
    ],
)
def test_the_word_system_is_an_account_of_ram_alone(resource, is_found):
    found = places("malformed-account-number", {"Resource": [f"{HERE}:key/a", resource]})
    assert found == (["/Statement/0/Resource/1"] if is_found else [])


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"Bool": {"acs:SecureTransport": "true"}},
        {"Bool": {MFA: "false"}},
        {"StringEquals": {MFA: "true"}},
        {"Bool": {MFA: "true"}},
    ],
)
def test_every_allow_asks_for_the_second_factor_once_its_deny_is_gone(condition):
    allow = {} if condition is None else {"Condition": condition}
    deny = {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {MFA: "false"}}}
    text, findings = judged("mfa-judged-by-absence", allow, deny)
    choices = [choice for each in findings for choice in each.choices]
    for choice in choices:
        (left,) = json.loads(choice.apply(text))["Statement"]
        assert left["Condition"]["Bool"][MFA] == "true"
        assert left["Effect"] == "Allow"
    asks_otherwise = condition is not None and condition.get("Bool", {}).get(MFA) == "false"
    assert bool(choices) is not asks_otherwise


@pytest.mark.parametrize("length", [116, 117, 120, 128])
def test_a_name_is_told_how_many_characters_it_is_too_long(length):
    targets = [Target("1234567890123456", region) for region in ("cn-beijing", "cn-hangzhou")]
    _, findings = judged(
        "name-too-long-with-region",
        {"Resource": "acs:kms:${region}:${account}:key/a"},
        name="a" * length,
        targets=targets,
    )
    over = length + len("-cn-hangzhou") - 128
    assert [f"{128 + over} characters, {over} too many" in each.message for each in findings] == (
        [True] if over > 0 else []
    )


def test_where_one_range_is_everything_the_others_may_be_kept():
    for everything, other in (("0.0.0.0/0", "8.8.8.0/24"), ("::/0", "2400:3200::/32")):
        condition = {"IpAddress": {"acs:SourceIp": [other, everything]}}
        text, findings = judged("every-address", {"Condition": condition})
        left = [
            json.loads(choice.apply(text))["Statement"][0] for each in findings for choice in each.choices
        ]
        assert {"IpAddress": {"acs:SourceIp": [other]}} in [each.get("Condition") for each in left]
        assert [each.path for each in findings] == ["/Statement/0/Condition/IpAddress/acs:SourceIp/1"]


def test_merged_statements_grant_what_both_did_and_nothing_twice():
    first = {"Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": [f"{HERE}:key/a", f"{HERE}:key/b"]}
    resources = {**first, "Resource": [f"{HERE}:key/b", f"{HERE}:key/c"]}
    actions = {**first, "Action": ["kms:DECRYPT", "kms:DescribeKey"]}
    for second, merged in (
        (resources, {**first, "Resource": [f"{HERE}:key/{name}" for name in "abc"]}),
        (actions, {**first, "Action": ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"]}),
    ):
        text, (finding,) = judged("mergeable-statements", first, second)
        assert finding.path == "/Statement/1"
        assert finding.fix is not None
        assert json.loads(finding.fix.apply(text))["Statement"] == [{"Effect": "Allow", **merged}]
