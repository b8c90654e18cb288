"""The task that a newcomer is given must not end in a warning, whichever way it is done.

An application may decrypt with the keys tagged `Project` `Apollo`, only from 203.0.113.0/24, over HTTPS, until the end
of the year, in two regions.
"""

import json
from datetime import UTC, datetime

import pytest

from policystudio.builders.builder import get
from policystudio.catalog import load
from policystudio.ram.finding import Severity
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TARGETS = [Target("1234567890123456", "cn-hangzhou"), Target("1234567890123456", "cn-shanghai")]
CONDITIONS = {"source_ip": ["203.0.113.0/24"], "https": True, "not_after": "2026-12-31T23:59:59Z"}
TAGS = [{"key": "Project", "values": ["Apollo"]}]


def by_hand(relative_id, **statement):
    return json.dumps(
        {
            "Version": "1",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "kms:Decrypt",
                    "Resource": f"acs:kms:${{region}}:${{account}}:{relative_id}",
                    "Condition": {
                        "StringEquals": {"kms:tag/Project": "Apollo"},
                        "IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]},
                        "Bool": {"acs:SecureTransport": "true"},
                        "DateLessThan": {"acs:CurrentTime": "2026-12-31T23:59:59Z"},
                    },
                    **statement,
                }
            ],
        },
        indent=2,
    )


def built(parameters):
    builder = get("tag-scoped-crypto-user")
    assert builder is not None
    return builder.build(parameters).source


def by_builder():
    parameters = {"tags": TAGS, "operations": ["decrypt"], "conditions": CONDITIONS}
    return built(parameters)


def judged(text, mode):
    return validate(
        text, catalogue=load(), now=NOW, targets=TARGETS, name="apollo", region_mode=mode
    ).findings


@pytest.mark.parametrize("mode", RegionMode)
@pytest.mark.parametrize(
    "text",
    [by_builder(), by_hand("key/*"), by_hand("key*")],
    ids=["by the builder", "by hand", "by hand with the container"],
)
def test_first_policy_of_a_newcomer_shows_no_warning(text, mode):
    findings = judged(text, mode)
    assert [f for f in findings if f.severity is not Severity.SUGGESTION] == []
    assert "reserved-address-as-source" in [f.code for f in findings]


def test_network_that_the_documentation_prints_is_still_a_warning():
    condition = {"IpAddress": {"acs:SourceIp": ["192.0.2.0/24"]}}
    findings = judged(by_hand("key/*", Condition=condition), RegionMode.SEPARATE)
    assert ("example-value-left", Severity.WARNING) in [(f.code, f.severity) for f in findings]


def test_builder_as_it_starts_still_says_that_apollo_is_an_example():
    assert "example-value-left" in [f.code for f in judged(built({}), RegionMode.SEPARATE)]


def test_rule_can_make_one_finding_less_grave_and_never_graver():
    rule = rules()["reserved-address-as-source"]
    at = validate(by_hand("key/*"), catalogue=load(), now=NOW).document
    assert at is not None
    assert rule.finding(at=at, text="x", severity=Severity.SUGGESTION).severity is Severity.SUGGESTION
    assert rule.finding(at=at, text="x", severity=Severity.ERROR).severity is Severity.WARNING
