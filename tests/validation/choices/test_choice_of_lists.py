"""What is written in the place of entries: nothing twice, nothing left empty, as the author writes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.validation.choices.lists import Rewrite
from tests.reading import document
from tests.validation.choices.making import KEY, OTHER, after, written
from tests.validation.contexts import PLAIN, statement


def _rewritten(element: str, before: object, changes: dict[int, tuple[str, ...]], **members: Any) -> Any:
    of = written(statement(**{element: before}, **members), PLAIN)
    entries = getattr(of.statements[0], {"Action": "actions", "Resource": "resources"}[element])
    found = after(Rewrite("a", tuple((entries[n], new) for n, new in changes.items())), of)
    return found if found is None else [each.get(element) for each in found]


@pytest.mark.parametrize(
    ("element", "before", "changes", "left"),
    [
        ("Action", "kms:*", {0: ("kms:Encrypt",)}, "kms:Encrypt"),
        ("Action", "kms:*", {0: ("kms:Encrypt", "kms:Decrypt")}, ["kms:Encrypt", "kms:Decrypt"]),
        ("Action", "kms:*", {0: ("kms:Encrypt", "kms:Encrypt")}, "kms:Encrypt"),
        ("Action", ["kms:*", "kms:a"], {0: ("kms:b", "kms:A")}, ["kms:b", "kms:a"]),
        ("Action", ["kms:a", "kms:*", "kms:b"], {0: (), 1: ("kms:a",)}, ["kms:a", "kms:b"]),
        (
            "Action",
            ["kms:a", "kms:*"],
            {0: ("kms:a", "kms:c"), 1: ("kms:c", "kms:d")},
            ["kms:a", "kms:c", "kms:d"],
        ),
        ("Action", ["kms:a", "kms:b"], {1: ()}, ["kms:a"]),
        ("Action", ["kms:a", "kms:b", "kms:c"], {0: (), 1: ()}, ["kms:c"]),
        ("Action", ["kms:a", "kms:b", "kms:c"], {1: (), 2: ()}, ["kms:a"]),
        ("Action", ["kms:a", "kms:b", "kms:c"], {0: (), 2: ()}, ["kms:b"]),
        ("Resource", ["*", KEY], {0: (KEY.upper(), KEY)}, [KEY.upper(), KEY]),
        ("Resource", ["*", KEY], {0: (KEY,)}, [KEY]),
        ("Resource", "*", {0: (KEY, KEY)}, KEY),
    ],
)
def test_entries_are_written_once_and_in_their_place(element, before, changes, left):
    assert _rewritten(element, before, changes) == [left, PLAIN[element]]


@pytest.mark.parametrize("element", ["Action", "Resource"])
@pytest.mark.parametrize("before", ["kms:Decrypt", ["kms:Decrypt"]])
def test_allow_goes_with_its_last_entry_and_a_deny_stays(element, before):
    assert _rewritten(element, before, {0: ()}) == [PLAIN[element]]
    assert _rewritten(element, before, {0: ()}, Effect="Deny") is None


def test_nothing_goes_that_the_document_needs():
    of = written(PLAIN)
    assert Rewrite("a", ((of.statements[0].actions[0], ()),)).fix(of) is None
    of = written(statement(Condition={"StringEquals": {"a": ["x"], "b": ["y", "z"]}}), PLAIN)
    first, second = of.statements[0].conditions
    assert Rewrite("a", ((first.values[0], ()),)).fix(of) is None
    assert after(Rewrite("a", ((second.values[0], ()),)), of)[0]["Condition"]["StringEquals"]["b"] == ["z"]
    assert Rewrite("a", ()).fix(of) is None


def test_edits_inside_a_statement_that_goes_are_left_out_and_others_kept():
    first, last = (
        statement(Action=["kms:a", "kms:b"], Resource=[KEY, "*"]),
        statement(Action=["kms:c", "kms:d"]),
    )
    of = written(first, PLAIN, last)
    one, _, three = of.statements
    changes = (
        (one.resources[0], (OTHER,)),
        (one.actions[0], ()),
        (one.actions[1], ()),
        (three.actions[0], ("kms:e",)),
    )
    assert after(Rewrite("a", changes), of) == [PLAIN, {**last, "Action": ["kms:e", "kms:d"]}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('["kms:*"]', '["kms:a", "kms:b"]'),
        ('[\n  "kms:*"\n]', '[\n  "kms:a",\n  "kms:b"\n]'),
        ('[\r"kms:*"]', '[\r"kms:a",\r"kms:b"]'),
        ('[ "kms:*" ]', '[ "kms:a", "kms:b" ]'),
        ('["kms:*" ,"kms:c"]', '["kms:a" ,"kms:b" ,"kms:c"]'),
        ('"kms:*"', '["kms:a", "kms:b"]'),
    ],
)
def test_entries_stand_as_the_author_writes_them(text, expected):
    whole = json.dumps({"Version": "1", "Statement": [statement(Action="HERE")]}).replace('"HERE"', "{}")
    source = whole.replace("{}", text)
    of = document(source)
    fix = Rewrite("a", ((of.statements[0].actions[0], ("kms:a", "kms:b")),)).fix(of)
    assert fix is not None
    assert fix.apply(source) == whole.replace("{}", expected)
