"""Each ready-made guardrail stops what it says it stops, and keeps out of the way of what it allows."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest

from policystudio.analysis.comparing import Answer
from policystudio.errors import InvalidInput
from policystudio.guardrails.breaking import Subject, broken
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.ready import ready_guardrails
from policystudio.guardrails.words import sentence
from policystudio.ram.render import RegionMode, Target

TODAY = date(2026, 5, 1)
PRODUCTION, DEVELOPMENT = Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "cn-hangzhou")
ENVIRONMENTS = {PRODUCTION.account: "production", DEVELOPMENT.account: "development"}


def statement(action, resource="acs:kms:${region}:${account}:key/k1", effect="Allow", **condition):
    made = {"Effect": effect, "Action": action, "Resource": resource}
    if condition:
        made["Condition"] = {operator: {key: value} for operator, (key, value) in condition.items()}
    return made


OFFICE = {"IpAddress": ("acs:SourceIp", "203.0.113.7")}
FLOOR = ["kms:ScheduleKeyDeletion", "kms:DeleteKeyMaterial", "kms:DeleteSecret", "kms:ReleaseKmsInstance"]
FLOOR += ["kms:SetKeyPolicy", "kms:SetSecretPolicy"]
FILLED = {"/unless/0/conditions/0/values": ["203.0.113.0/24"]}

CASES = [
    # slug, broken by, kept by
    ("production-deletion-only-break-glass", [statement("kms:*")], [statement("kms:Decrypt")]),
    ("production-use-from-known-networks", [statement("kms:Decrypt")], [statement("kms:Decrypt", **OFFICE)]),
    (
        "secrets-by-name",
        [statement("kms:GetSecret*", "acs:kms:*:*:secret/app*")],
        [statement("kms:GetSecretValue", "acs:kms:*:*:secret/apollo*"), statement("kms:Decrypt", "*")],
    ),
    ("no-policy-rewriting", [statement("kms:Set*")], [statement("kms:Get*")]),
    (
        "no-tagging-by-users",
        [statement("kms:Decrypt"), statement("kms:Tag*")],
        [statement("kms:TagResource")],
    ),
    ("separation-of-duties", [statement("kms:*")], [statement("kms:CreateKey", "*")]),
    ("no-wildcard-actions-in-production", [statement("kms:Get*")], [statement("kms:GetKeyPolicy")]),
    (
        "temporary-in-development",
        [statement("kms:Decrypt", DateLessThan=("acs:CurrentTime", "2026-12-31T00:00:00Z"))],
        [statement("kms:Decrypt", DateLessThan=("acs:CurrentTime", "2026-07-01T00:00:00Z"))],
    ),
    (
        "own-region-only",
        [statement("kms:Decrypt", "acs:kms:*:${account}:key/k1")],
        [statement("kms:Decrypt")],
    ),
    (
        "approved-algorithms",
        [statement("kms:Encrypt")],
        [statement("kms:Encrypt", StringEquals=("kms:EncryptionAlgorithm", "SYMMETRIC_DEFAULT"))],
    ),
    (
        "deny-floor",
        [statement("kms:Decrypt"), statement("kms:ScheduleKeyDeletion", "*", "Deny")],
        [statement("kms:Decrypt"), statement(FLOOR, "*", "Deny")],
    ),
]


def definition_of(slug):
    ready = ready_guardrails()[slug]
    sent = json.loads(json.dumps(ready.definition))
    for pointer in ready.blanks:
        *way, last = pointer.strip("/").split("/")
        inside = sent
        for part in way:
            inside = inside[int(part) if isinstance(inside, list) else part]
        assert inside[last] == []
        inside[last] = FILLED[pointer]
    return read_definition(sent)


def found(slug, statements, name="app"):
    source = json.dumps({"Version": "1", "Statement": deepcopy(statements)})
    subject = Subject(name, source, (PRODUCTION, DEVELOPMENT), RegionMode.SEPARATE)
    return broken(definition_of(slug), subject, ENVIRONMENTS, TODAY)


def test_every_ready_made_one_has_a_case():
    assert {slug for slug, _, _ in CASES} == set(ready_guardrails())


@pytest.mark.parametrize(("slug", "breaking", "keeping"), CASES, ids=[slug for slug, _, _ in CASES])
def test_it_stops_what_it_says_and_nothing_else(slug, breaking, keeping):
    stopped = found(slug, breaking)
    assert stopped
    assert all(each.outcome.answer is Answer.YES for each in stopped)
    assert found(slug, keeping) == []
    assert sentence(definition_of(slug))


def test_production_ones_leave_development_alone():
    assert {
        t for each in found("no-wildcard-actions-in-production", [statement("kms:*")]) for t in each.targets
    } == {PRODUCTION}


def test_break_glass_policies_may():
    assert found("production-deletion-only-break-glass", [statement("kms:*")], "Break-Glass-keys") == []


def test_blanks_have_to_be_filled():
    for ready in ready_guardrails().values():
        if ready.blanks:
            with pytest.raises(InvalidInput):
                read_definition(ready.definition)
