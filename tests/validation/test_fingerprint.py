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


def ids(code, *statements):
    """Pointer → id for each finding of a code."""
    text = json.dumps({"Version": "1", "Statement": statements}, indent=2)
    validation = validate(text, catalogue=load(), now=NOW)
    told = fingerprints(validation.findings, validation.document, text)
    return {f.path: known for f, known in zip(validation.findings, told, strict=True) if f.code == code}


def test_statement_with_an_id_may_grow_without_new_ids_for_its_entries():
    named = {**KEYS, "Sid": "Keys"}
    longer = {**named, "Action": ["kms:DescribeKey", "kms:Encrypt"]}
    assert ids("every-region", named) == ids("every-region", longer)


def test_statement_without_an_id_that_grows_is_another_one():
    longer = {**KEYS, "Action": ["kms:Decrypt", "kms:Encrypt"]}
    assert not set(ids("every-region", KEYS).values()) & set(ids("every-region", longer).values())


def test_id_of_a_statement_that_stands_twice_recognises_nothing():
    first, second = {**KEYS, "Sid": "Keys"}, {**SECRETS, "Sid": "Keys"}
    assert not set(ids("every-region", first).values()) & set(ids("every-region", second, first).values())


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


def test_finding_on_the_whole_document_keeps_its_id_through_every_edit():
    deny, more = {**KEYS, "Effect": "Deny"}, {**SECRETS, "Effect": "Deny"}
    assert ids("document-only-denies", deny) == ids("document-only-denies", deny, more)
    assert ids("document-only-denies", deny)


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
