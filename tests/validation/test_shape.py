"""What of a document is seen at a glance: each thing is there with the first that shows it, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.ram.render import Target
from policystudio.validation.shape import Only, held_by, shapes
from tests.validation.contexts import HERE, PLAIN, about, statement

KEY = f"{HERE}:key/a"
ONE, TWO = Target("1" * 16, "cn-hangzhou"), Target("1" * 16, "cn-beijing")
OF_STATEMENTS: dict[Only, tuple[list[Any], list[Any]]] = {
    Only.ALLOW: ([PLAIN], [statement(Effect="Deny")]),
    Only.DENY: ([statement(Effect="Deny")], [PLAIN]),
    Only.EXCEPTIONS: ([statement(NotAction="kms:Decrypt")], [PLAIN]),
    Only.LEFT_OUT_RESOURCES: ([statement(NotResource=KEY)], [PLAIN]),
    Only.SID: ([statement(Sid="a")], [PLAIN]),
    Only.CONDITION_BLOCK: (
        [
            statement(Condition={}),
            statement(Condition={"Bool": {}}),
            statement(Condition={"Bool": {"a": "1"}}),
        ],
        [PLAIN],
    ),
    Only.CONDITIONS: (
        [statement(Condition={"Bool": {"a": "true"}})],
        [PLAIN, statement(Condition={}), statement(Condition={"Bool": {}})],
    ),
    Only.SEVERAL_CONDITIONS: (
        [
            statement(Condition={"Bool": {"a": "true", "b": "true"}}),
            statement(Condition={"Bool": {"a": "true"}, "StringEquals": {"a": "x"}}),
        ],
        [statement(Condition={"Bool": {"a": "true"}}), PLAIN],
    ),
    Only.SEVERAL_ACTIONS: (
        [
            statement(Action=["kms:Decrypt", "kms:Encrypt"]),
            statement(Action=["kms:Decrypt"] * 3),
            statement(NotAction=["kms:Decrypt", "kms:Encrypt"]),
        ],
        [PLAIN, statement(Action=["kms:Decrypt"]), statement(NotAction="kms:Decrypt")],
    ),
    Only.SEVERAL_RESOURCES: (
        [
            statement(Resource=[KEY, "*"]),
            statement(Resource=[KEY] * 3),
            statement(NotResource=[KEY, "*"]),
        ],
        [PLAIN, statement(Resource=[KEY]), statement(NotResource=KEY)],
    ),
    Only.WILDCARD_IN_ACTION: (
        [
            statement(Action=["kms:Decrypt", "kms:Get*"]),
            statement(Action="kms:Decryp?"),
            statement(NotAction="kms:*"),
        ],
        [statement(Resource="*"), statement(NotAction="kms:Decrypt")],
    ),
    Only.WILDCARD_IN_RESOURCE: (
        [
            statement(Resource=[KEY, "*"]),
            statement(Resource=f"{KEY}?"),
            statement(NotResource="*"),
        ],
        [statement(Action="kms:*"), statement(NotResource=KEY)],
    ),
    Only.OTHER_SERVICE: (
        [
            statement(Action=["kms:Decrypt", "oss:GetObject"]),
            statement(Action="KMS:Decrypt"),
            statement(Action="*"),
            statement(NotAction="oss:*"),
        ],
        [PLAIN, statement(Action="kms:*"), statement(NotAction="kms:*")],
    ),
    Only.UNUSABLE_ACTION: (
        [statement(Action=["kms:Decrypt", "kms:GetSecretValue"])],
        [PLAIN, statement(Action="kms:Get*", Resource="*")],
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
        for each in statements:
            whole, (own,) = shapes(about(each))
            assert (only in held_by(own), only in held_by(whole)) == (is_there, is_there), each


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
