"""Named cases of recognising a finding again; what holds for every document is in `tests/properties`."""

import json
import time

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Finding, Severity
from policystudio.validation.fingerprint import fingerprints
from policystudio.validation.pipeline import validate
from tests.validation.conftest import NOW

KEYS = {"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": ["acs:kms:*:*:key/*"]}
SECRETS = {"Effect": "Allow", "Action": "kms:GetSecretValue", "Resource": "*"}


def ids(code, *statements, strict=True):
    """Pointer → id for each finding of a code."""
    text = json.dumps({"Version": "1", "Statement": statements}, indent=2)
    validation = validate(text, catalogue=load(), now=NOW)
    told = fingerprints(validation.findings, validation.document, text, strict=strict)
    return {f.path: known for f, known in zip(validation.findings, told, strict=True) if f.code == code}


def test_statement_with_an_id_may_grow_without_looking_new():
    named = {**KEYS, "Sid": "Keys"}
    longer = {**named, "Action": ["kms:DescribeKey", "kms:Encrypt"]}
    assert ids("every-region", named, strict=False) == ids("every-region", longer, strict=False)


@pytest.mark.parametrize(
    "change",
    [
        {"Resource": ["acs:kms:*:*:key/*", "acs:kms:*:*:alias/*"]},
        {"Action": ["kms:Decrypt", "kms:Encrypt"]},
        {"Condition": {"Bool": {"acs:SecureTransport": "true"}}},
        {"Sid": "Others"},
    ],
)
@pytest.mark.parametrize("is_listed", [True, False])
def test_no_strict_id_outlives_a_change_of_its_statement_with_an_id_or_without_a_list(change, is_listed):
    named = {**KEYS, "Sid": "Keys", "Condition": {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}}

    def strict(statement):
        text = json.dumps({"Version": "1", "Statement": [statement] if is_listed else statement})
        place = "/Statement/0" if is_listed else "/Statement"
        findings = [
            Finding("a-code", Severity.WARNING, "", f"{place}{inside}", 1, 1)
            for inside in ("/Action", "/Action/0", "/Effect", "")
        ]
        return set(fingerprints(findings, None, text))

    assert strict(named) == strict(dict(reversed(named.items())))
    assert not strict(named) & strict({**named, **change})


def test_statement_without_an_id_that_grows_is_another_one():
    longer = {**KEYS, "Action": ["kms:Decrypt", "kms:Encrypt"]}
    assert not set(ids("every-region", KEYS).values()) & set(ids("every-region", longer).values())


def test_id_of_a_statement_that_stands_twice_recognises_nothing():
    first, second = {**KEYS, "Sid": "Keys"}, {**SECRETS, "Sid": "Keys"}
    after = ids("every-region", second, first, strict=False)
    assert not set(ids("every-region", first, strict=False).values()) & set(after.values())


def test_new_statement_in_front_does_not_take_over_an_id():
    other = {**KEYS, "Action": ["kms:Decrypt"]}
    known = ids("every-region", KEYS)["/Statement/0/Resource/0"]
    after = ids("every-region", other, KEYS)
    assert after["/Statement/1/Resource/0"] == known
    assert after["/Statement/0/Resource/0"] != known


def test_text_and_list_of_that_text_have_one_id():
    assert [*ids("every-region", KEYS).values()] == [
        *ids("every-region", {**KEYS, "Resource": KEYS["Resource"][0]}).values()
    ]


def test_finding_on_the_whole_document_looks_new_after_no_edit_and_has_another_strict_id_after_each():
    deny, more = {**KEYS, "Effect": "Deny"}, {**SECRETS, "Effect": "Deny"}
    loose = ids("document-only-denies", deny, strict=False)
    assert loose == ids("document-only-denies", deny, more, strict=False)
    strict = ids("document-only-denies", deny)
    assert strict == ids("document-only-denies", dict(reversed(deny.items())))
    assert strict
    assert set(strict) == set(ids("document-only-denies", deny, more))
    assert not set(strict.values()) & set(ids("document-only-denies", deny, more).values())


def test_text_that_cannot_be_read_is_recognised_by_its_line():
    def told(text):
        return fingerprints(validate(text, catalogue=load(), now=NOW).findings, None, text)

    text = '{\n  "Version": "1",\n  "Statement": ?\n}'
    assert told(text) == told(text.replace("\n", "\n\n").replace("  ", "\t"))
    assert told(text) != told(text.replace("?", "!"))


@pytest.mark.parametrize("end", ["", "]"])
def test_time_is_linear_in_text_and_findings(end):
    def seconds(count):
        entries = [f"kms:Action{n}" for n in range(count)]
        statement = {"Action": entries, "Condition": dict.fromkeys(entries, "x")}
        text = json.dumps({"Statement": [statement]}) + end
        findings = [
            Finding("a-code", Severity.WARNING, "", f"/Statement/0/{place}", 1, n)
            for n, entry in enumerate(entries)
            for place in (f"Action/{n}", f"Condition/{entry}", "Action")
        ]
        start = time.process_time()
        fingerprints(findings, None, text)
        return time.process_time() - start

    assert min(seconds(4000) for _ in range(3)) < 16 * min(seconds(500) for _ in range(3))
