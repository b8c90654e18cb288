"""What is read to be asked about, and what is refused; and what is a request."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from policystudio.analysis.given import left_placeholders, read_given
from policystudio.analysis.request import Request, faults, text_of

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"


def text(**more):
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/*", **more}
    statement = {name: value for name, value in statement.items() if value is not None}
    return json.dumps({"Version": "1", "Statement": [statement]}, indent=1)


@pytest.mark.parametrize(
    "more",
    [
        {"Condition": {"Null": {"k:a": "true"}}},
        {"Condition": {"ForAnyValue:StringEquals": {"k:a": "x"}}},
        {"Condition": {"NumericEquals": {"k:a": "07"}}},
        {"Condition": {"Bool": {"k:a": ["true", "false"]}}},
        {"Condition": {"IpAddress": {"k:a": "10.0.0.0/33"}}},
        {"Resource": None, "NotResource": "acs:kms:*:*:alias/*"},
        {"Action": None, "NotAction": "kms:*"},
        {"Action": "*", "Resource": "*"},
        {"Action": "unheard:Of"},
        {"Resource": "acs:kms:${region}:${account}:key/*"},
    ],
)
def test_what_has_a_clear_structure_is_read_whatever_ram_makes_of_it(more):
    parsed = read_given(text(**more))
    assert parsed.document is not None
    assert len(parsed.document.statements) == 1


@pytest.mark.parametrize(
    ("more", "code", "path"),
    [
        ({"Action": "Decrypt"}, "missing-service-prefix", "/Statement/0/Action"),
        ({"Action": ["kms:*", ":Decrypt"]}, "missing-service-prefix", "/Statement/0/Action/1"),
        ({"Action": None, "NotAction": ["Decrypt"]}, "missing-service-prefix", "/Statement/0/NotAction/0"),
        ({"Resource": "acs:kms:key/1"}, "missing-resource-field", "/Statement/0/Resource"),
        ({"Resource": "key/1"}, "malformed-resource", "/Statement/0/Resource"),
        ({"Resource": None, "NotResource": ["key/1"]}, "malformed-resource", "/Statement/0/NotResource/0"),
        ({"Effect": "allow"}, "unknown-effect", "/Statement/0/Effect"),
    ],
)
def test_what_has_no_clear_structure_is_refused_at_its_place(more, code, path):
    parsed = read_given(text(**more))
    assert parsed.document is None
    first = parsed.findings[0]
    assert (first.code, first.path) == (code, path)
    assert first.line is not None
    assert first.line > 1


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"Version": "1"}', '{"Version": "1", "Statement": []}'])
def test_what_is_no_document_is_refused_with_findings(broken):
    parsed = read_given(broken)
    assert parsed.document is None
    assert parsed.findings


def test_every_malformed_entry_is_told_in_the_order_of_the_text():
    parsed = read_given(text(Action=["a", "b"], Resource=["c", "acs:d"]))
    assert [finding.path for finding in parsed.findings] == [
        "/Statement/0/Action/0",
        "/Statement/0/Action/1",
        "/Statement/0/Resource/0",
        "/Statement/0/Resource/1",
    ]


def test_the_first_placeholder_of_each_document_is_told():
    named = [
        text(),
        text(Resource="acs:kms:${region}:${account}:key/*"),
        text(Resource="acs:kms:*:*:key/${x}"),
    ]
    documents = [read_given(each).document for each in named]
    warned = left_placeholders([each for each in documents if each is not None])
    assert [(each.document, each.code) for each in warned] == [(1, "unreplaced-placeholder")]
    assert "`${region}`" in warned[0].detail


@pytest.mark.parametrize(
    ("action", "resource", "context", "pointers"),
    [
        ("kms:Decrypt", KEY, {}, []),
        ("kms:Decrypt", "*", {"k:a": ""}, []),
        ("kms:Decrypt", "acs:kms:::key", {}, []),
        ("Decrypt", KEY, {}, ["/action"]),
        (":Decrypt", KEY, {}, ["/action"]),
        ("kms:", KEY, {}, ["/action"]),
        ("kms:a:b", KEY, {}, ["/action"]),
        ("kms:Decrypt", "acs:kms:a:1", {}, ["/resource"]),
        ("kms:Decrypt", "arn:kms:a:1:x", {}, ["/resource"]),
        ("kms:Decrypt", "acs::a:1:x", {}, ["/resource"]),
        ("kms:Decrypt", "acs:kms:a:1:", {}, ["/resource"]),
        ("kms:Decrypt", "**", {}, ["/resource"]),
        ("", "", {"": "x"}, ["/action", "/resource", "/context/"]),
    ],
)
def test_what_is_no_request_is_told_at_its_place(action, resource, context, pointers):
    assert [fault.pointer for fault in faults(Request(action, resource, context))] == pointers


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ("x", "x"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1E+999999"), "1E+999999"),
        (None, None),
        (["x"], None),
    ],
)
def test_a_context_value_is_read_as_its_text(sent, read):
    assert text_of(sent) == read
