"""Conditions go, move under other operators or keep some of their values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.validation.choices.conditions import (
    DropCondition,
    Require,
    UseOperator,
    keep_only,
    others_than,
    replace_values,
    without_value,
)
from policystudio.validation.choices.operators import by_pattern, fitting
from policystudio.validation.choices.untouched import apart
from tests.reading import document
from tests.validation.choices.making import after, written
from tests.validation.contexts import PLAIN, about, action, statement


def blocks(condition: Any, make: Any, number: int = 0, effect: str = "Allow") -> Any:
    of = written(statement(Effect=effect, Condition=condition), PLAIN)
    found = of.statements[0]
    repair = make(found.conditions[number], found)
    repairs = repair if isinstance(repair, tuple) else (repair,)
    return [each and each[0].get("Condition") for each in (after(r, of) for r in repairs)]


@pytest.mark.parametrize(
    ("condition", "number", "left"),
    [
        ({"StringEquals": {"a": "x"}}, 0, None),
        ({"StringEquals": {"a": "x", "b": "y"}}, 0, {"StringEquals": {"b": "y"}}),
        ({"StringEquals": {"a": "x", "b": "y"}}, 1, {"StringEquals": {"a": "x"}}),
        ({"StringEquals": {"a": "x"}, "Bool": {"b": "true"}}, 0, {"Bool": {"b": "true"}}),
        ({"StringEquals": {"a": "x"}, "Bool": {"b": "true"}}, 1, {"StringEquals": {"a": "x"}}),
    ],
)
def test_condition_goes_with_what_would_be_left_empty(condition, number, left):
    assert blocks(condition, lambda c, _: DropCondition(c, "a"), number) == [left]


@pytest.mark.parametrize(
    ("condition", "left"),
    [
        ({"StringEquals": {"a": "x"}}, {"StringLike": {"a": "x"}}),
        ({"StringEquals": {"a": "x", "b": "y"}}, {"StringEquals": {"b": "y"}, "StringLike": {"a": "x"}}),
        ({"StringEquals": {"a": "x"}, "StringLike": {"b": "y"}}, {"StringLike": {"b": "y", "a": "x"}}),
        (
            {"StringEquals": {"a": "x"}, "StringLike": {"b": "y", "c": "z", "d": "z"}},
            {"StringLike": {"b": "y", "c": "z", "d": "z", "a": "x"}},
        ),
        ({"StringEquals": {"a": "x"}, "StringLike": {}}, {"StringLike": {"a": "x"}}),
        ({"StringEquals": {"a": "x"}, "StringLike": {"a": "y"}}, None),
        (
            {"StringEquals": {"a": "x", "b": "y"}, "StringLike": {"c": "z"}},
            {"StringEquals": {"b": "y"}, "StringLike": {"c": "z", "a": "x"}},
        ),
    ],
)
def test_condition_moves_under_another_operator_beside_what_stands_there(condition, left):
    assert blocks(condition, lambda c, _: UseOperator(c, "StringLike")) == [left]


def test_titles_say_what_is_written():
    of = written(statement(Condition={"StringEquals": {"a": "x"}}))
    (condition,) = of.statements[0].conditions
    titles = [
        repair.fix(of)
        for repair in (
            UseOperator(condition, "StringLike"),
            UseOperator(condition, "StringLike", "b"),
            Require(of.statements[0], "Bool", "a", "true"),
            Require(of.statements[0], "Bool", "a", "true", "b"),
            replace_values(condition, "y"),
        )
    ]
    assert [fix and fix.title for fix in titles] == [
        "Write StringLike",
        "b",
        "Ask for a true",
        "b",
        "Write y",
    ]
    assert Require(of.statements[0], "StringEquals", "a", "y").fix(of) is None


@pytest.mark.parametrize(
    ("effect", "operator", "is_offered"),
    [
        ("Allow", "StringEquals", True),
        ("Deny", "StringNotEquals", True),
        ("Allow", "StringNotEquals", False),
        ("Deny", "StringEquals", False),
    ],
)
def test_values_go_where_less_is_allowed_without_them(effect, operator, is_offered):
    condition = {operator: {"a": ["x", "y", "z"]}}
    found = blocks(condition, lambda c, s: without_value(c.values[1], c, s), effect=effect)
    assert found == ([{operator: {"a": ["x", "z"]}}] if is_offered else [])
    found = blocks(condition, lambda c, s: others_than(c.values[:2], c, s), effect=effect)
    assert found == ([{operator: {"a": ["z"]}}] if is_offered else [])
    assert blocks(condition, lambda c, s: others_than([], c, s), effect=effect) == []
    assert blocks(condition, lambda c, _: keep_only(c, lambda v: v.text == "y", "b"), effect=effect) == [
        {operator: {"a": ["y"]}}
    ]
    assert blocks(condition, lambda c, _: keep_only(c, lambda _: False, "b"), effect=effect) == [None]


@pytest.mark.parametrize(
    ("operator", "values", "instead", "widens", "offered"),
    [
        ("StringEquals", ["true"], "Bool", False, "fix"),
        ("StringEquals", ["true"], "Bool", True, "choice"),
        ("StringEquals", ["true", "false"], "Bool", False, None),
        ("StringEquals", ["1", "2"], "NumericEquals", False, "fix"),
        ("StringEquals", ["1", "x"], "NumericEquals", False, None),
        ("StringEquals", ["x", "y"], "StringLike", False, "fix"),
        ("Bool", ["true"], "StringEquals", False, "choice"),
        ("NumericEquals", ["1"], "StringEquals", False, "choice"),
        ("StringEquals", ["x"], "Unheard", False, None),
        ("StringEquals", ["x"], None, False, None),
    ],
)
def test_operator_is_offered_where_it_reads_every_value(operator, values, instead, widens, offered):
    of = written(statement(Condition={operator: {"a": values}}))
    (condition,) = of.statements[0].conditions
    found = fitting(condition, instead, widens=widens)
    fix, choices = found.get("fix"), found.get("choices", ())
    assert (fix is not None, len(choices)) == (offered == "fix", int(offered == "choice"))
    for repair in filter(None, (fix, *choices)):
        assert after(repair, of)[0]["Condition"] == {instead: {"a": values}}


@pytest.mark.parametrize(
    ("operator", "like"),
    [
        ("StringEquals", "StringLike"),
        ("StringNotEquals", "StringNotLike"),
        ("ForAnyValue:StringEquals", "ForAnyValue:StringLike"),
        ("StringEqualsIgnoreCase", None),
        ("Bool", None),
    ],
)
def test_stars_are_read_by_the_pattern_operator_of_the_same_kind(operator, like):
    of = written(statement(Condition={operator: {"a": "x"}}))
    (condition,) = of.statements[0].conditions
    assert [after(each, of)[0]["Condition"] for each in by_pattern(condition)] == (
        [{like: {"a": "x"}}] if like else []
    )


@pytest.mark.parametrize("blanks", ["", " ", "  "])
def test_condition_moves_into_an_empty_block_wherever_that_stands(blanks):
    text = json.dumps(
        {"Version": "1", "Statement": [statement(Condition={"Bool": {"a": "x"}, "StringLike": {}})]}
    )
    of = document(blanks + text)
    (condition,) = of.statements[0].conditions
    assert after(UseOperator(condition, "StringLike"), of)[0]["Condition"] == {"StringLike": {"a": "x"}}


def test_of_a_pattern_only_actions_that_carry_the_key_are_named_when_others_are_taken_out():
    context = about(
        statement(
            Action=["kms:List*", "kms:Encrypt"], Resource="*", Condition={"StringEquals": {"kms:tag/a": "x"}}
        )
    )
    (found,) = context.document.statements
    carrying = context.catalogue.condition_keys["kms:tag/${TagKey}"].actions
    assert carrying is not None
    (condition,) = found.conditions
    *_, taken_out = apart([action("ListKeys")], condition, found, context)
    left = after(taken_out, context.document)[0]["Action"]
    reached = [each.name for each in context.reach(found).usable(found.actions[0])]
    assert left == [*(name for name in reached if name in carrying), "kms:Encrypt"]
    assert len(left) > 1
