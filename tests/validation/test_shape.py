"""What of a document is seen at a glance: each thing is there with the first that shows it, and not before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from policystudio.catalog import load
from policystudio.ram.render import Target
from policystudio.validation.context import Context
from policystudio.validation.shape import Only, held_by, shapes
from tests.reading import document

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/a"
PLAIN: dict[str, Any] = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY}
ONE, TWO = Target("1" * 16, "cn-hangzhou"), Target("1" * 16, "cn-beijing")


def without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in PLAIN.items() if name not in names}


def about(*statements: dict[str, Any], **surroundings: Any) -> Context:
    text = json.dumps({"Version": "1", "Statement": list(statements)})
    return Context(document(text), load(), NOW, **surroundings)


OF_STATEMENTS = {
    Only.ALLOW: ([PLAIN], [{**PLAIN, "Effect": "Deny"}]),
    Only.DENY: ([{**PLAIN, "Effect": "Deny"}], [PLAIN]),
    Only.EXCEPTIONS: ([{**without("Action"), "NotAction": "kms:Decrypt"}], [PLAIN]),
    Only.LEFT_OUT_RESOURCES: ([{**without("Resource"), "NotResource": KEY}], [PLAIN]),
    Only.SID: ([{**PLAIN, "Sid": "a"}], [PLAIN]),
    Only.CONDITION_BLOCK: (
        [
            {**PLAIN, "Condition": {}},
            {**PLAIN, "Condition": {"Bool": {}}},
            {**PLAIN, "Condition": {"Bool": {"a": "1"}}},
        ],
        [PLAIN],
    ),
    Only.CONDITIONS: (
        [{**PLAIN, "Condition": {"Bool": {"a": "true"}}}],
        [PLAIN, {**PLAIN, "Condition": {}}, {**PLAIN, "Condition": {"Bool": {}}}],
    ),
    Only.SEVERAL_CONDITIONS: (
        [
            {**PLAIN, "Condition": {"Bool": {"a": "true", "b": "true"}}},
            {**PLAIN, "Condition": {"Bool": {"a": "true"}, "StringEquals": {"a": "x"}}},
        ],
        [{**PLAIN, "Condition": {"Bool": {"a": "true"}}}, PLAIN],
    ),
    Only.SEVERAL_ACTIONS: (
        [
            {**PLAIN, "Action": ["kms:Decrypt", "kms:Encrypt"]},
            {**PLAIN, "Action": ["kms:Decrypt"] * 3},
            {**without("Action"), "NotAction": ["kms:Decrypt", "kms:Encrypt"]},
        ],
        [PLAIN, {**PLAIN, "Action": ["kms:Decrypt"]}, {**without("Action"), "NotAction": "kms:Decrypt"}],
    ),
    Only.SEVERAL_RESOURCES: (
        [
            {**PLAIN, "Resource": [KEY, "*"]},
            {**PLAIN, "Resource": [KEY] * 3},
            {**without("Resource"), "NotResource": [KEY, "*"]},
        ],
        [PLAIN, {**PLAIN, "Resource": [KEY]}, {**without("Resource"), "NotResource": KEY}],
    ),
    Only.WILDCARD_IN_ACTION: (
        [
            {**PLAIN, "Action": ["kms:Decrypt", "kms:Get*"]},
            {**PLAIN, "Action": "kms:Decryp?"},
            {**without("Action"), "NotAction": "kms:*"},
        ],
        [{**PLAIN, "Resource": "*"}, {**without("Action"), "NotAction": "kms:Decrypt"}],
    ),
    Only.WILDCARD_IN_RESOURCE: (
        [
            {**PLAIN, "Resource": [KEY, "*"]},
            {**PLAIN, "Resource": f"{KEY}?"},
            {**without("Resource"), "NotResource": "*"},
        ],
        [{**PLAIN, "Action": "kms:*"}, {**without("Resource"), "NotResource": KEY}],
    ),
    Only.OTHER_SERVICE: (
        [
            {**PLAIN, "Action": ["kms:Decrypt", "oss:GetObject"]},
            {**PLAIN, "Action": "KMS:Decrypt"},
            {**PLAIN, "Action": "*"},
            {**without("Action"), "NotAction": "oss:*"},
        ],
        [PLAIN, {**PLAIN, "Action": "kms:*"}, {**without("Action"), "NotAction": "kms:*"}],
    ),
    Only.UNUSABLE_ACTION: (
        [{**PLAIN, "Action": ["kms:Decrypt", "kms:GetSecretValue"]}],
        [PLAIN, {**PLAIN, "Action": "kms:Get*", "Resource": "*"}],
    ),
}
OF_DOCUMENTS = {
    Only.SEVERAL_STATEMENTS: (about(PLAIN, PLAIN), about(PLAIN)),
    Only.TARGETS: (about(PLAIN, targets=(ONE,)), about(PLAIN)),
    Only.SEVERAL_TARGETS: (about(PLAIN, targets=(ONE, TWO)), about(PLAIN, targets=(ONE,))),
    Only.NAME: (about(PLAIN, name=""), about(PLAIN)),
}


def test_every_thing_has_a_case_here():
    assert {*OF_STATEMENTS, *OF_DOCUMENTS} == set(Only)


@pytest.mark.parametrize("only", OF_STATEMENTS)
def test_thing_of_a_statement_is_seen_in_the_statement_and_in_its_document(only):
    for statements, is_there in zip(OF_STATEMENTS[only], (True, False), strict=True):
        for statement in statements:
            whole, (own,) = shapes(about(statement))
            assert (only in held_by(own), only in held_by(whole)) == (is_there, is_there), statement


@pytest.mark.parametrize("only", OF_STATEMENTS)
def test_document_shows_what_some_of_its_statements_do(only):
    showing, other = (statements[0] for statements in OF_STATEMENTS[only])
    for order in ((showing, other), (other, showing)):
        whole, own = shapes(about(*order))
        assert only in held_by(whole)
        assert [only in held_by(each) for each in own] == [each is showing for each in order]
    assert only not in held_by(shapes(about(other, other))[0])


@pytest.mark.parametrize("only", OF_DOCUMENTS)
def test_thing_of_a_document_is_seen_in_it_and_in_each_of_its_statements(only):
    for context, is_there in zip(OF_DOCUMENTS[only], (True, False), strict=True):
        whole, own = shapes(context)
        assert {only in held_by(each) for each in (whole, *own)} == {is_there}
