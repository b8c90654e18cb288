"""What happens exactly at a bound, and in an order that is promised."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.parse import parse
from policystudio.validation.alike import MOST_COMPARED
from policystudio.validation.choices.conditions import Require
from policystudio.validation.fingerprint import fingerprints
from policystudio.validation.pipeline import validate
from policystudio.validation.size import added_by_regions

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def found(*statements: Mapping[str, object], code: str) -> list[str | None]:
    """The places of a code in a document of these statements."""
    text = json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", **each} for each in statements]})
    return [each.path for each in validate(text, catalogue=load(), now=NOW).findings if each.code == code]


def key(name: object) -> Mapping[str, object]:
    """A statement about one key."""
    return {"Action": "kms:Decrypt", "Resource": f"acs:kms:cn-hangzhou:1234567890123456:key/{name}"}


@pytest.mark.parametrize("many", [2, MOST_COMPARED - 1, MOST_COMPARED])
def test_the_last_statement_that_is_compared_is_seen_to_be_covered(many):
    statements = [{**key("wide"), "Action": ["kms:Encrypt", "kms:Decrypt"]}, *map(key, range(many - 2))]
    assert found(*statements, key("wide"), code="statement-covered-by-other") == [f"/Statement/{many - 1}"]
    past = [*statements, *map(key, range(1000, 1000 + MOST_COMPARED - many + 1))]
    assert found(*past, key("wide"), code="statement-covered-by-other") == []


def test_regions_are_told_by_what_they_add_the_most_first():
    statement = {
        "Effect": "Allow",
        "Action": "kms:Decrypt",
        "Resource": "acs:kms:${region}:1234567890123456:key/a",
    }
    document = parse(json.dumps({"Version": "1", "Statement": [statement]})).document
    assert document is not None
    regions = ["cn-beijing", "ap-southeast-1", "me-east-1"]
    added = added_by_regions(document, "1234567890123456", regions)
    assert [region for region, _ in added] == ["ap-southeast-1", "cn-beijing", "me-east-1"]
    assert [count for _, count in added] == sorted((count for _, count in added), reverse=True)
    assert added[0][1] - added[1][1] == len("ap-southeast-1") - len("cn-beijing")
    assert added_by_regions(document, "1234567890123456", regions[:1]) == ()


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ('[{"b": 1, "c": 2}]', "/0/b"),
        ('{"Other": [{"b": 1, "c": 2}]}', "/Other/0/b"),
        ('{"Zebra": [{"b": 1, "c": 2}]}', "/Zebra/0/b"),
    ],
)
def test_only_in_a_list_of_statements_does_what_stands_beside_a_place_belong_to_it(text, path, strict):
    findings = [Finding("a-code", Severity.WARNING, "", path, 1, 1)]
    ids = [fingerprints(findings, None, each, strict=strict) for each in (text, text.replace("2", "3"))]
    assert ids[0] == ids[1]
    assert fingerprints(findings, None, text.replace("1", "9"), strict=strict) != ids[0]


def test_what_is_left_out_of_an_allow_needs_no_resource():
    container = "acs:kms:cn-hangzhou:1234567890123456:key"
    assert found({"Action": "kms:Decrypt", "Resource": container}, code="container-instead-of-items")
    assert not found({"NotAction": "kms:Decrypt", "Resource": container}, code="container-instead-of-items")


@pytest.mark.parametrize(
    ("resource", "times"),
    [
        ("acs:kms:cn-hangzhou:1234567890123456:key/*", 1),
        ("acs:kms:*:*:key/*", 1),
        ("acs:kms:cn-hangzhou:1234567890123456:secret/*", 0),
        ("acs:kms:cn-hangzhou:1234567890123456:alias/*", 0),
        ("acs:oss:cn-hangzhou:1234567890123456:key/*", 0),
    ],
)
def test_the_documented_tag_is_a_left_over_only_in_its_own_sample(resource, times):
    sample = {
        "Action": ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"],
        "Resource": [resource],
        "Condition": {"StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]}},
    }
    assert len(found(sample, code="example-value-left")) == times


def test_actions_on_keys_with_aliases_are_mixed_with_those_on_secrets_too():
    here = "acs:kms:cn-hangzhou:1234567890123456"
    resources = [f"{here}:key/a", f"{here}:alias/a", f"{here}:secret/a"]
    both = [a.name for a in load().actions.values() if set(a.resource_types) == {"key", "alias"}]
    for name in both:
        statement = {"Action": [name, "kms:GetSecretValue"], "Resource": resources}
        assert found(statement, code="mixed-families-in-statement") == ["/Statement/0"], name
    assert both


def test_an_address_among_private_ones_that_cannot_be_read_keeps_judgement_back():
    def places(*addresses: str) -> list[str | None]:
        condition = {"IpAddress": {"acs:SourceIp": list(addresses)}}
        return found({**key("a"), "Condition": condition}, code="private-address-as-source")

    assert len(places("10.0.0.1", "192.168.0.0/16")) == 2
    assert places("10.0.0.1", "nowhere") == []
    assert places("10.0.0.1", "8.8.8.8") == []


@pytest.mark.parametrize("condition", [None, {}, {"Bool": {}}, {"Bool": {"a": "true"}}, {"IpAddress": {}}])
def test_what_is_asked_for_besides_is_added_to_the_condition_that_there_is(condition):
    statement = {"Effect": "Allow", **key("a"), **({} if condition is None else {"Condition": condition})}
    text = json.dumps({"Version": "1", "Statement": [statement]})
    document = parse(text).document
    assert document is not None
    fix = Require(document.statements[0], "Bool", "acs:MFAPresent", "true", "Ask for it").fix(document)
    assert fix is not None
    after = json.loads(fix.apply(text))["Statement"][0]
    rest = condition or {}
    assert after == {
        **statement,
        "Condition": {**rest, "Bool": {**rest.get("Bool", {}), "acs:MFAPresent": "true"}},
    }


@pytest.mark.parametrize("share", [-1, 0, 1])
def test_a_document_of_just_the_limit_is_not_over_it(share):
    def text_of(length: int) -> str:
        return json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", **key("a" * length)}]}, indent=2)

    size = validate(text_of(1), catalogue=load(), now=NOW).size
    assert size is not None
    checked = validate(text_of(1 + size.limit - size.bytes_formatted + share), catalogue=load(), now=NOW)
    assert checked.size is not None
    assert checked.size.bytes_formatted == size.limit + share
    assert ("document-over-limit" in {each.code for each in checked.findings}) == (
        checked.size.bytes_compact > size.limit
    )
