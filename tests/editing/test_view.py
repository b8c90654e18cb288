"""What a form shows of a document: what it understands, and everything else as JSON."""

from __future__ import annotations

import json

import pytest

from policystudio.editing.view import ConditionView, Other, view

STATEMENT = {
    "Sid": "a",
    "Effect": "Allow",
    "Action": "kms:Decrypt",
    "NotAction": ["kms:List*"],
    "Resource": ["acs:kms:*:*:key/*", 5],
    "Condition": {"Bool": {"acs:SecureTransport": "true"}, "IpAddress": {"acs:SourceIp": [1]}},
}


def test_a_statement_is_shown_with_what_no_form_knows_beside_it() -> None:
    found = view(json.dumps({"Version": "1", "Id": 1, "Statement": [STATEMENT]}))
    assert found is not None
    (statement,) = found.statements
    assert (statement.effect, statement.actions.texts) == ("Allow", ("kms:Decrypt",))
    assert [(e.text, e.json) for e in statement.resources.entries] == [
        ("acs:kms:*:*:key/*", '"acs:kms:*:*:key/*"'),
        (None, "5"),
    ]
    assert statement.conditions == (
        ConditionView("Bool", "acs:SecureTransport", ("true",), '"true"'),
        ConditionView("IpAddress", "acs:SourceIp", None, "[1]"),
    )
    assert [other.name for other in statement.others] == ["Sid", "NotAction"]
    assert found.others == (Other("Id", "1"),)


@pytest.mark.parametrize("condition", ['"x"', "[]", '{"Bool": []}', '{"Bool": {}}'])
def test_conditions_of_another_shape_are_shown_as_json(condition: str) -> None:
    found = view(f'{{"Statement": [{{"Effect": "allow", "Condition": {condition}}}]}}')
    assert found is not None
    (statement,) = found.statements
    assert statement.effect is None
    assert {other.name for other in statement.others} == {"Effect", "Condition"}
    assert not statement.actions.is_present


def test_a_statement_that_is_no_object_is_shown_as_json_alone() -> None:
    found = view('{"Statement": ["x", null]}')
    assert found is not None
    assert [(s.is_object, s.json) for s in found.statements] == [(False, '"x"'), (False, "null")]


@pytest.mark.parametrize("text", ["", "{,}", "[]", '"x"', '{"Statement": {}}'])
def test_what_is_no_document_cannot_be_shown(text: str) -> None:
    assert view(text) is None
