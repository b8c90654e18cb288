"""Actions are named or left out, and long lists are not offered."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.validation.choices.actions import (
    ListActions,
    leave_out,
    named,
    reads,
    usual_sets,
    written_for_kms,
)
from tests.validation.choices.making import after, written
from tests.validation.contexts import HERE, PLAIN, about, action, statement


def made(members: dict[str, Any], *repairs: Any) -> list[Any]:
    of = about(statement(**members))
    (found,) = of.document.statements
    return [after(each, of.document) for each in repairs[0](found, of)]


@pytest.mark.parametrize(("many", "is_offered"), [(1, True), (2, True), (60, True), (61, False)])
def test_what_a_pattern_reaches_is_named_up_to_sixty(many, is_offered):
    of = about(statement(Action="kms:*", Resource="*"))
    (found,) = of.document.statements
    wanted = [each.name for each in of.reach(found).usable(found.actions[0])][:many]
    (repair,) = named(found.actions[0], found, of, lambda each: each.name in wanted)
    fix = repair.fix(of.document)
    assert (fix is not None) is is_offered
    if fix:
        assert fix.title == f"Grant only {f'the {many} actions it reaches today' if many > 1 else wanted[0]}"
        assert after(repair, of.document)[0]["Action"] == (wanted if many > 1 else wanted[0])
    (nothing,) = named(found.actions[0], found, of, lambda _: False)
    assert nothing.fix(of.document) is None


@pytest.mark.parametrize(("many", "is_offered"), [(60, True), (61, False)])
def test_the_rest_of_a_pattern_is_named_up_to_sixty(many, is_offered):
    of = about(statement(Action=["kms:*", "kms:Sign*"], Resource="*"), PLAIN)
    found = of.document.statements[0]
    reached = [each.name for each in of.reach(found).usable(found.actions[0])]
    (repair,) = leave_out(reached[many:], [found], of)
    assert (repair.fix(of.document) is not None) is is_offered


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["kms:b"], "Leave out kms:b"),
        (["kms:b", "kms:a"], "Leave out kms:a and 1 more"),
        (["kms:b", "kms:a", "kms:Decrypt"], "Leave out kms:Decrypt and 2 more"),
    ],
)
def test_title_names_the_first_of_those_that_go(names, title):
    of = about(statement(Action=["kms:Decrypt", "kms:Encrypt"]), PLAIN)
    for given, expected in (("", title), ("Say it", "Say it")):
        (repair,) = leave_out([*names, "kms:Decrypt"][: len(names)], of.document.statements, of, given)
        fix = repair.fix(of.document)
        if "kms:Decrypt" in names:
            assert fix is not None
            assert fix.title == expected
        else:
            assert fix is None


def test_actions_are_taken_out_by_name_and_out_of_patterns():
    of = about(statement(Action=["kms:Decrypt", "kms:Encrypt", "kms:*Alias"], Resource="*"), PLAIN)
    both = of.document.statements
    (repair,) = leave_out(["kms:Decrypt", "kms:CreateAlias"], both[:1], of)
    assert after(repair, of.document)[0]["Action"] == [
        "kms:Encrypt",
        "kms:DeleteAlias",
        "kms:UpdateAlias",
    ]
    (repair,) = leave_out(["kms:CreateAlias"], both[:1], of, unnamed=["kms:DeleteAlias"])
    assert after(repair, of.document)[0]["Action"] == ["kms:Decrypt", "kms:Encrypt", "kms:UpdateAlias"]
    (repair,) = leave_out(["kms:Decrypt"], both, of)
    assert [each["Action"] for each in after(repair, of.document)] == [["kms:Encrypt", "kms:*Alias"]]


def test_usual_sets_are_those_that_read_and_those_that_use_keys():
    of = about(statement(Action=["kms:*", "*"], Resource=f"{HERE}:key/*"))
    (found,) = of.document.statements
    reading, using = usual_sets(found, of, found.actions)
    grants = of.reach(found).grants.values()
    for repair, belongs in ((reading, reads), (using, lambda each: each.is_cryptographic)):
        wanted = [grant.action.name for grant in grants if belongs(grant.action)]
        assert after(repair, of.document)[0]["Action"] == wanted
        fix = repair.fix(of.document)
        assert fix is not None
        assert fix.title.startswith(f"Grant only the {len(wanted)} actions of KMS that ")
    of = about(statement(Action=["kms:*"], Resource=f"{HERE}:secret/*"))
    (found,) = of.document.statements
    assert [repair.fix(of.document) is None for repair in usual_sets(found, of, found.actions)] == [
        False,
        True,
    ]


def test_reading_is_neither_using_keys_nor_seeing_secrets():
    assert reads(action("DescribeKey"))
    assert reads(action("ListKeys"))
    for name in ("Decrypt", "GetSecretValue", "CreateKey", "Encrypt", "PutSecretValue"):
        assert not reads(action(name))


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("*:Get*", "kms:Get*"),
        ("k?s:Decrypt", "kms:Decrypt"),
        ("*:Zzz*", None),
        ("oss*:Get*", None),
        ("Get*", None),
        ("*", None),
    ],
)
def test_prefix_with_a_wildcard_is_that_of_kms_where_something_is_reached(entry, left):
    of = about(statement(Action=entry, Resource="*"))
    found = [after(each, of.document) for each in written_for_kms(of.document.statements[0].actions[0], of)]
    assert [each[0]["Action"] for each in found] == ([left] if left else [])


def test_list_of_actions_takes_the_place_of_the_exceptions_only():
    of = written(statement(NotAction=["kms:a", "kms:b"]))
    fix = ListActions(of.statements[0], ("kms:c", "kms:d"), "a").fix(of)
    assert fix is not None
    (found,) = json.loads(fix.apply(of.source.text))["Statement"]
    assert found == statement(Action=["kms:c", "kms:d"])
    plain = written(PLAIN)
    assert ListActions(plain.statements[0], ("kms:c",), "a").fix(plain) is None
