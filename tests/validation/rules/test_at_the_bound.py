"""What single rules say just at a bound, and of the first of several."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Finding
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.pipeline import validate
from tests.validation.contexts import HERE, NOON, PLAIN, statement

ACCOUNT = "1234567890123456"
TARGET = Target(ACCOUNT, "cn-hangzhou")


def found(code: str, *statements: Mapping[str, Any], **about: Any) -> list[Finding]:
    text = json.dumps({"Version": "1", "Statement": list(statements)})
    findings = validate(text, catalogue=load(), now=about.pop("now", NOON), **about).findings
    return [each for each in findings if each.code == code]


def left(finding: Finding, *statements: Mapping[str, Any]) -> list[Any]:
    """The statements after each of the choices."""
    text = json.dumps({"Version": "1", "Statement": list(statements)})
    return [json.loads(choice.apply(text))["Statement"] for choice in finding.choices]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({}, None),
        ({"app-cn-hangzhou": 4}, None),
        ({"app-cn-hangzhou": 5}, "`app-cn-hangzhou` in account `1234567890123456` had 5 versions"),
        ({"app-cn-beijing": 7}, "`app-cn-beijing` in account `1234567890123456` had 7 versions"),
        (
            {"app-cn-hangzhou": 5, "app-cn-beijing": 6},
            "`app-cn-beijing` in account `1234567890123456` and 1 more had 6",
        ),
        (
            {"app-cn-hangzhou": 5, "app-cn-beijing": 6, "app-cn-shanghai": 9},
            "`app-cn-beijing` in account `1234567890123456` and 2 more had 6",
        ),
    ],
)
def test_names_with_five_versions_are_counted(counts, said):
    targets = [Target(ACCOUNT, region) for region in ("cn-hangzhou", "cn-beijing", "cn-shanghai")]
    published = {(ACCOUNT, name): count for name, count in counts.items()}
    told = found("version-limit-near", PLAIN, name="app", targets=targets, published_versions=published)
    assert [said in each.message for each in told if said] == ([True] if said else [])
    assert len(told) == (said is not None)


def test_identifier_that_is_free_is_offered_for_each_repetition():
    sids = ["A", "A2", "A", "A3", "A", "B"]
    written = [statement(Sid=sid, Resource=f"{HERE}:key/{n}") for n, sid in enumerate(sids)]
    told = found("repeated-statement-id", *written)
    assert [each.path for each in told] == ["/Statement/2/Sid", "/Statement/4/Sid"]
    assert all("statement 1 " in each.message for each in told)
    for index, each in zip((2, 4), told, strict=True):
        renamed, removed = left(each, *written)
        assert renamed[index]["Sid"] == "A4"
        assert "Sid" not in removed[index]


def sized(length: int, compact: bool) -> str:
    """A document of just so many bytes without blanks, or with those of our formatting."""

    def text(filling: int) -> str:
        return json.dumps({"Version": "1", "Statement": [statement(Resource=f"{HERE}:key/{'a' * filling}")]})

    size = validate(text(1), catalogue=load(), now=NOON).size
    return text(1 + length - (size.bytes_compact if compact else size.bytes_formatted))


@pytest.mark.parametrize(
    ("length", "compact", "codes"),
    [
        (5529, True, set()),
        (5530, True, {"document-near-limit"}),
        (6144, True, {"document-near-limit"}),
        (6145, True, {"document-over-limit"}),
    ],
)
def test_document_is_near_the_limit_over_nine_tenths_of_it_and_over_it_beyond(length, compact, codes):
    checked = validate(sized(length, compact), catalogue=load(), now=NOON)
    assert checked.size.bytes_compact == length
    lengths = {"document-near-limit", "document-over-limit"}
    assert {each.code for each in checked.findings} & lengths == codes


@pytest.mark.parametrize(("over", "is_told"), [(-1, False), (0, False), (1, True)])
def test_document_over_the_limit_with_blanks_alone_is_told(over, is_told):
    """Of many short entries, each of which takes a line."""
    entries = [f"{HERE}:key/{n:03}" for n in range(96)]
    text = json.dumps({"Version": "1", "Statement": [statement(Resource=entries)]})
    size = validate(text, catalogue=load(), now=NOON).size
    entries[0] += "a" * (size.limit + over - size.bytes_formatted)
    text = json.dumps({"Version": "1", "Statement": [statement(Resource=entries)]})
    checked = validate(text, catalogue=load(), now=NOON)
    assert checked.size.bytes_formatted == checked.size.limit + over
    assert checked.size.bytes_compact < 0.9 * checked.size.limit
    assert ("document-near-limit" in {each.code for each in checked.findings}) is is_told


def test_pattern_that_is_no_resource_does_not_hide_the_next():
    resources = ["nonsense", "n*", f"{HERE}:key/*", f"{HERE}:key/a"]
    told = found("resource-covered-by-pattern", statement(Resource=resources))
    assert [each.path for each in told] == ["/Statement/0/Resource/3"]


def test_further_action_is_offered_beside_the_first_that_uses_keys():
    secret = f"{HERE}:secret/a"
    using = [statement(Resource=f"{HERE}:key/{name}") for name in ("a", "b")]
    written = [statement(Action="kms:PutSecretValue", Resource=secret), *using]
    (told,) = found("missing-dependent-action", *written)
    (after,) = left(told, *written)
    assert after[1]["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
    assert after[2] == written[2]


@pytest.mark.parametrize(
    ("values", "action", "is_told"),
    [
        (["SYMMETRIC_DEFAULT"], "kms:AsymmetricDecrypt", True),
        (["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256"], "kms:AsymmetricDecrypt", False),
        (["SYMMETRIC_DEFAULT", "RSAES_OAEP_SHA_256"], "kms:Decrypt", False),
        (["RSAES_OAEP_SHA_256", "SM2PKE"], "kms:Decrypt", True),
        (["RSAES_OAEP_SHA_256"], "kms:AsymmetricDecrypt", False),
        (["SYMMETRIC_DEFAULT"], "kms:Decrypt", False),
        ([], "kms:AsymmetricDecrypt", False),
    ],
)
def test_algorithm_that_keys_of_an_action_never_use(values, action, is_told):
    condition = {"StringEquals": {"kms:EncryptionAlgorithm": values}}
    told = found("algorithm-condition-unfit", statement(Action=action, Condition=condition))
    assert bool(told) is is_told


def test_region_that_no_account_uses_is_real_so_a_deny_of_it_lets_go():
    for effect in ("Allow", "Deny"):
        written = statement(Effect=effect, Resource=f"acs:kms:cn-beijing:{ACCOUNT}:key/a")
        told = found("region-not-enabled", written, enabled_regions={ACCOUNT: ["cn-hangzhou"]})
        assert [each.widens for each in told[0].choices][:1] == [True]
        assert "${region}" in left(told[0], written)[0][0]["Resource"]


@pytest.mark.parametrize(
    ("key", "values", "places"),
    [
        ("acs:SourceIp", ["8.8.8.8", "10.0.0.1", "10.0.0.2"], [1, 2]),
        ("acs:SourceIp", ["8.8.8.8", "8.8.4.4"], []),
        ("acs:SourceIp", ["10.0.0.1", "10.0.0.2"], []),
        ("acs:VpcSourceIp", ["8.8.8.8", "10.0.0.1"], []),
        ("zzz:SourceIp", ["8.8.8.8", "10.0.0.1"], []),
    ],
)
def test_private_addresses_among_public_ones(key, values, places):
    told = found("private-address-among-sources", statement(Condition={"IpAddress": {key: values}}))
    place = f"/Statement/0/Condition/IpAddress/{key}"
    assert [each.path for each in told] == [f"{place}/{number}" for number in places]


@pytest.mark.parametrize(
    ("key", "is_told"),
    [("acs:SourceIp", True), ("acs:VpcSourceIp", False), ("acs:A", False), ("zzz:a", False)],
)
def test_single_range_as_plain_text_is_told_of_the_source_address_alone(key, is_told):
    told = found("single-range-as-text", statement(Condition={"IpAddress": {key: "8.8.8.0/24"}}))
    assert bool(told) is is_told


@pytest.mark.parametrize("length", [129, 130, 140])
def test_name_of_any_length_is_told_by_how_much_it_is_too_long(length):
    name = "a" * (length - len("-cn-hangzhou"))
    (told,) = found("name-too-long-with-region", PLAIN, name=name, targets=[TARGET])
    assert f"{length} characters, {length - 128} too many" in told.message


@pytest.mark.parametrize(
    ("statements", "cause"),
    [
        (
            [
                statement(Action=["kms:Decrypt", "kms:Encrypt"]),
                statement(Effect="Deny", Action="kms:Decrypt"),
                statement(Effect="Deny", Action="kms:Encrypt"),
            ],
            "other statements",
        ),
        ([statement(NotResource="*"), PLAIN], "no resource"),
    ],
)
def test_cause_of_granting_nothing_is_told(statements, cause):
    (told,) = found("statement-grants-nothing", *statements, stored=False)
    assert told.path == "/Statement/0"
    assert cause in told.message


@pytest.mark.parametrize(
    ("mode", "targets", "is_told"),
    [
        (RegionMode.SEPARATE, [TARGET, Target(ACCOUNT, "cn-beijing")], True),
        (RegionMode.COMBINED, [TARGET, Target(ACCOUNT, "cn-beijing")], False),
        (RegionMode.SEPARATE, [TARGET, Target("6" * 16, "cn-beijing")], False),
        (RegionMode.SEPARATE, [TARGET, Target(ACCOUNT, "cn-beijing"), Target("6" * 16, "cn-beijing")], True),
        (RegionMode.SEPARATE, [TARGET], False),
    ],
)
def test_regions_of_one_account_that_give_equal_documents(mode, targets, is_told):
    written = statement(Resource="acs:kms:cn-*:${account}:key/*")
    told = found("targets-render-alike", written, targets=targets, region_mode=mode)
    assert bool(told) is is_told


@pytest.mark.parametrize(
    ("entry", "fix", "choices"),
    [
        ("Encrypt", "kms:Encrypt", []),
        (":Encrypt", "kms:Encrypt", []),
        ("Get*", "kms:Get*", []),
        ("k*Encrypt", None, ["kms:*Encrypt"]),
        ("k*", None, ["kms:*"]),
        ("km?:x*", None, []),
        ("x*", None, []),
        ("kms.Encrypt", None, ["kms:Encrypt"]),
        ("kms_Encrypt", None, ["kms:Encrypt"]),
        ("kms*", "kms:*", []),
        ("kms?Encrypt", "kms:Encrypt", []),
        ("oss", None, ["oss:*"]),
        ("oss*", "oss:*", []),
        ("oss?Get", "oss:?Get", []),
        ("swas-open", None, ["swas-open:*"]),
    ],
)
def test_service_that_is_missing_or_written_otherwise(entry, fix, choices):
    written = statement(Action=[entry, "kms:DescribeKey"], Resource="*")
    told = found("missing-service-prefix", written)
    if "km?:" in entry:
        assert told == []
        return
    (one,) = told
    text = json.dumps({"Version": "1", "Statement": [written]})
    fixed = json.loads(one.fix.apply(text))["Statement"][0]["Action"][0] if one.fix else None
    assert fixed == fix
    assert [each[0]["Action"][0] for each in left(one, written)] == choices


def test_who_manages_and_uses_keys_is_told_with_the_first_pair():
    written = statement(Action=["kms:DisableKey", "kms:EnableKey", "kms:Decrypt", "kms:Encrypt"])
    (told,) = found("administration-and-use-together", written)
    assert told.path == "/Statement/0/Action/0"
    assert "`kms:DisableKey`" in told.message
    assert "`kms:Decrypt`" in told.message


@pytest.mark.parametrize(
    ("effect", "element", "entry", "is_told"),
    [
        ("Allow", "Action", "kms:Set*", True),
        ("Deny", "Action", "kms:Set*", False),
        ("Deny", "NotAction", "kms:Set*", False),
        ("Allow", "NotAction", "kms:Set*", False),
        ("Allow", "Action", "kms:SetKeyPolicy", False),
        ("Allow", "Action", "kms:Get*", False),
    ],
)
def test_pattern_in_an_allow_covers_the_change_of_policies(effect, element, entry, is_told):
    written = statement(Effect=effect, Resource=f"{HERE}:key/a", **{element: entry})
    assert bool(found("pattern-covers-policy-change", written)) is is_told
