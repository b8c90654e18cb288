"""Single changes to a document: each does what it says, touches nothing else, and refuses what it cannot do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.editing.apply import apply
from policystudio.editing.operation import Operation
from policystudio.editing.operations.add_condition import AddCondition
from policystudio.editing.operations.add_statement import AddStatement
from policystudio.editing.operations.add_texts import AddTexts
from policystudio.editing.operations.copy_statement import CopyStatement
from policystudio.editing.operations.move_statement import MoveStatement
from policystudio.editing.operations.remove_condition import RemoveCondition
from policystudio.editing.operations.remove_element import RemoveElement
from policystudio.editing.operations.remove_statement import RemoveStatement
from policystudio.editing.operations.remove_texts import RemoveTexts
from policystudio.editing.operations.set_condition import SetCondition
from policystudio.editing.operations.set_effect import SetEffect
from policystudio.editing.operations.set_element import SetElement
from policystudio.editing.operations.set_element_name import SetElementName
from policystudio.editing.operations.set_text import SetText
from policystudio.editing.registry import operations

FIRST: dict[str, Any] = {
    "Sid": "a",
    "Effect": "Allow",
    "Action": "kms:Decrypt",
    "Resource": ["acs:kms:*:*:key/*", 5],
    "Condition": {"IpAddress": {"acs:SourceIp": "192.0.2.1"}, "Bool": {"acs:SecureTransport": ["true"]}},
}
SECOND: dict[str, Any] = {"Effect": "Deny", "NotAction": ["kms:List*"], "Resource": "*", "Note": 1.50}


def source(*statements: Any) -> str:
    return json.dumps({"Version": "1", "Statement": list(statements or (FIRST, SECOND))})


def after(operation: Operation, text: str = "") -> list[Any]:
    """The statements after the change."""
    edited = apply(text or source(), operation)
    assert edited.refused is None, edited.refused
    found: list[Any] = json.loads(edited.text)["Statement"]
    return found


def refusal(operation: Operation, text: str = "") -> str:
    """Why it was refused; the text is then exactly as before."""
    before = text or source()
    edited = apply(before, operation)
    assert edited.text == before
    assert edited.refused is not None
    return edited.refused.code


def test_the_registry_lists_every_change() -> None:
    assert list(operations()) == [
        "add_condition",
        "add_statement",
        "add_texts",
        "copy_statement",
        "move_statement",
        "remove_condition",
        "remove_element",
        "remove_statement",
        "remove_texts",
        "set_condition",
        "set_effect",
        "set_element",
        "set_element_name",
        "set_text",
    ]
    assert all(issubclass(kind, Operation) for kind in operations().values())


def test_a_statement_is_added_empty_at_the_end_also_to_a_document_without_any() -> None:
    empty = {"Effect": "Allow", "Action": [], "Resource": []}
    assert after(AddStatement()) == [FIRST, SECOND, empty]
    assert after(AddStatement(), '{"Version": "1"}') == [empty]
    assert after(AddStatement(), " \n") == [empty]


def test_a_copy_stands_below_with_everything_that_no_form_understands() -> None:
    assert after(CopyStatement(0)) == [FIRST, FIRST, SECOND]
    assert apply(source(), CopyStatement(0)).order == (0, None, 1)


def test_a_statement_moves_and_the_others_keep_their_order() -> None:
    third = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    text = source(FIRST, SECOND, third)
    assert after(MoveStatement(2, 0), text) == [third, FIRST, SECOND]
    assert apply(text, MoveStatement(0, 2)).order == (1, 2, 0)
    assert refusal(MoveStatement(0, -1)) == "at-the-edge"
    assert refusal(MoveStatement(1, 2)) == "at-the-edge"


def test_statements_can_be_removed_to_the_last() -> None:
    assert after(RemoveStatement(0)) == [SECOND]
    assert after(RemoveStatement(0), source(FIRST)) == []


def test_the_effect_changes_in_its_place() -> None:
    changed = after(SetEffect(0, "Deny"))[0]
    assert changed == {**FIRST, "Effect": "Deny"}
    assert list(changed) == list(FIRST)
    assert refusal(SetEffect(0, "deny")) == "unknown-effect"


def test_entries_go_to_the_end_and_none_comes_twice() -> None:
    assert after(AddTexts(0, "Action", ("kms:Encrypt", "kms:Decrypt")))[0]["Action"] == [
        "kms:Decrypt",
        "kms:Encrypt",
    ]
    assert after(AddTexts(0, "Resource", ("*",)))[0]["Resource"] == ["acs:kms:*:*:key/*", 5, "*"]
    assert refusal(AddTexts(0, "Action", ("kms:Decrypt",))) == "nothing-to-add"
    assert refusal(AddTexts(0, "Action", ())) == "nothing-to-add"
    assert refusal(AddTexts(0, "Effect", ("Deny",))) == "unknown-element"


def test_an_entry_is_replaced_where_it_stands_and_a_lone_text_stays_alone() -> None:
    assert after(SetText(0, "Action", 0, "kms:*"))[0]["Action"] == "kms:*"
    assert after(SetText(0, "Resource", 1, "x"))[0]["Resource"] == ["acs:kms:*:*:key/*", "x"]
    assert refusal(SetText(0, "Resource", 2, "x")) == "no-such-entry"
    assert refusal(SetText(0, "Resource", 0, "")) == "nothing-to-add"


def test_entries_are_removed_by_their_place_also_those_that_are_no_text() -> None:
    assert after(RemoveTexts(0, "Resource", (1,)))[0]["Resource"] == ["acs:kms:*:*:key/*"]
    assert after(RemoveTexts(0, "Action", (0,)))[0]["Action"] == []
    assert refusal(RemoveTexts(0, "Resource", (0, 2))) == "no-such-entry"
    assert refusal(RemoveTexts(1, "Action", (0,))) == "no-such-entry"


def test_actions_are_turned_round_in_their_place() -> None:
    assert list(after(SetElementName(0, "NotAction"))[0]) == [
        "Sid",
        "Effect",
        "NotAction",
        "Resource",
        "Condition",
    ]
    assert after(SetElementName(1, "Action"))[1]["Action"] == ["kms:List*"]
    assert refusal(SetElementName(0, "Action")) == "already-there"
    assert refusal(SetElementName(0, "Effect")) == "unknown-element"


def test_a_condition_joins_its_operator_and_never_widens_one_that_is_there() -> None:
    joined = after(AddCondition(0, "IpAddress", "acs:VpcSourceIp", ("10.0.0.0/8",)))[0]["Condition"]
    assert joined["IpAddress"] == {"acs:SourceIp": "192.0.2.1", "acs:VpcSourceIp": ["10.0.0.0/8"]}
    assert after(AddCondition(1, "Bool", "acs:MFAPresent", ("true",)))[1]["Condition"] == {
        "Bool": {"acs:MFAPresent": ["true"]}
    }
    assert refusal(AddCondition(0, "IpAddress", "acs:SourceIp", ("0.0.0.0/0",))) == "already-there"
    assert refusal(AddCondition(0, "IpAddress", "acs:SourceIp", ())) == "nothing-to-add"


def test_a_condition_changes_in_its_place_or_under_another_operator() -> None:
    same = SetCondition(0, "IpAddress", "acs:SourceIp", "IpAddress", "acs:SourceIp", ("192.0.2.9",))
    assert after(same)[0]["Condition"]["IpAddress"] == {"acs:SourceIp": "192.0.2.9"}
    other = SetCondition(0, "IpAddress", "acs:SourceIp", "NotIpAddress", "acs:SourceIp", ("a", "b"))
    assert after(other)[0]["Condition"] == {
        "Bool": {"acs:SecureTransport": ["true"]},
        "NotIpAddress": {"acs:SourceIp": ["a", "b"]},
    }
    assert refusal(SetCondition(0, "Bool", "x", "Bool", "y", ("true",))) == "no-such-entry"


def test_what_becomes_empty_goes_with_the_last_condition() -> None:
    first = RemoveCondition(0, "IpAddress", "acs:SourceIp")
    one_left = source(after(first)[0])
    assert json.loads(one_left)["Statement"][0]["Condition"] == {"Bool": {"acs:SecureTransport": ["true"]}}
    assert "Condition" not in after(RemoveCondition(0, "Bool", "acs:SecureTransport"), one_left)[0]
    assert refusal(RemoveCondition(1, "Bool", "acs:SecureTransport")) == "no-such-entry"


def test_any_element_can_be_written_as_json_and_removed() -> None:
    assert after(SetElement(1, "Note", '{"a": [1.50]}'))[1]["Note"] == {"a": [1.5]}
    assert "1.50" in apply(source(), SetElement(1, "Note", "1.50")).text
    assert "Sid" not in after(RemoveElement(0, "Sid"))[0]
    assert refusal(SetElement(1, "Note", "{,}")) == "unreadable-element"
    assert refusal(RemoveElement(0, "Note")) == "no-such-entry"


def test_a_change_that_would_make_the_text_unreadable_is_refused() -> None:
    deep = "[" * 31 + "]" * 31
    assert refusal(SetElement(0, "Deep", deep)) == "unreadable-result"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-such-statement"),
        ("{,}", "unreadable"),
        ("[]", "unreadable"),
        ('{"Statement": {}}', "statements-not-a-list"),
        ('{"Statement": ["x"]}', "not-an-object"),
        ('{"Statement": []}', "no-such-statement"),
    ],
)
def test_what_cannot_be_changed_stays_and_says_why(text: str, code: str) -> None:
    edited = apply(text, SetEffect(0, "Deny"))
    assert edited.text == text
    assert edited.refused is not None
    assert edited.refused.code == code
