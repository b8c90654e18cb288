"""Each ready-made guardrail stops what it says it stops, and keeps out of the way of what it allows."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date

import pytest

from policystudio.analysis.comparing import Answer
from policystudio.catalog import load
from policystudio.catalog.lookup import expand
from policystudio.errors import InvalidInput
from policystudio.guardrails.breaking import Subject, broken
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.ready import ready_guardrails
from policystudio.guardrails.ready._ready import CRYPTO, DELETION, KEY_MANAGEMENT, TAGGING
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


TELLS = "tells of something, and neither uses nor changes it"
INSTANCE = "sets up the service or an instance, and is in no hands that use or manage keys"
SECRETS = "changes secrets and not keys; what cannot be undone of it is deletion"
CERTIFICATES = "changes certificates, which another service keeps by now"
OTHER_ACCESS = "decides who gets to an instance, and not what becomes of a key"
LEFT_OUT = {
    INSTANCE: ["OpenKmsService", "ConnectKmsInstance", "UpdateKmsInstanceBindVpc"],
    "changes words alone": ["UpdateKeyDescription"],
    SECRETS: [
        *("CreateSecret", "PutSecretValue", "RestoreSecret", "RotateSecret", "UpdateSecret"),
        *("UpdateSecretRotationPolicy", "UpdateSecretVersionStage"),
    ],
    "reads secrets, for which there is a ready-made one": ["GetSecretValue", "BatchGetSecretValue"],
    "is in the ready-made ones about policies": ["SetSecretPolicy"],
    CERTIFICATES: ["CreateCertificate", "DeleteCertificate", "UpdateCertificateStatus", "UploadCertificate"],
    OTHER_ACCESS: [
        f"{verb}{thing}"
        for thing in ("NetworkRule", "ApplicationAccessPoint", "Policy", "ClientKey")
        for verb in ("Create", "Update", "Delete")
        if (verb, thing) != ("Update", "ClientKey")
    ],
    TELLS: [
        *(
            "DescribeAccountKmsStatus",
            "DescribeRegions",
            "GetChallenge",
            "GetCheckAssociateResourceTaskResults",
        ),
        *(
            "GetDefaultKmsInstance",
            "GetKmsInstance",
            "GetKmsInstanceQuotaInfos",
            "GetKmsInstanceSharedAccounts",
        ),
        *("GetUploadBackupDataInfo", "DescribeKey", "DescribeKeyVersion", "GetParametersForImport"),
        *("GetPublicKey", "DescribeSecret", "GetRandomPassword", "GetKeyDefaultPolicy", "GetKeyPolicy"),
        *(
            "GetSecretDefaultPolicy",
            "GetSecretPolicy",
            "DescribeNetworkRule",
            "DescribePolicy",
            "GetClientKey",
        ),
        *("DescribeApplicationAccessPoint", "DescribeCertificate", "GetCertificate"),
    ],
}


def test_every_action_is_in_a_group_of_the_ready_made_ones_or_left_out_for_a_reason():
    groups = (CRYPTO, DELETION, KEY_MANAGEMENT, TAGGING)
    grouped = {action.name for group in groups for entry in group for action in expand(load(), entry)}
    left_out = {f"kms:{name}" for names in LEFT_OUT.values() for name in names}
    listing = {action.name for action in load().actions.values() if action.access_level == "List"}
    assert not grouped & (left_out | listing)
    assert grouped | left_out | listing == {action.name for action in load().actions.values()}


@pytest.mark.parametrize("group", [CRYPTO, DELETION, KEY_MANAGEMENT, TAGGING])
def test_every_entry_of_a_group_stands_for_an_action(group):
    assert all(expand(load(), entry) for entry in group)


def test_algorithms_are_asked_of_every_action_for_which_the_key_is_documented():
    documented = {a.name for a in load().actions.values() if "kms:EncryptionAlgorithm" in a.condition_keys}
    assert set(definition_of("approved-algorithms").never.actions) == documented


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
