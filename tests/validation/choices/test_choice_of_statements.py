"""Statements go, are merged or made two, and never all of them."""

from __future__ import annotations

import json

import pytest

from policystudio.ram.document import Document
from policystudio.ram.finding import Edit, Fix
from policystudio.validation.choices.families import by_family
from policystudio.validation.choices.later import Later
from policystudio.validation.choices.statements import Merge, RemoveStatements, Split
from policystudio.validation.choices.together import Together, edits_of
from policystudio.validation.choices.widening import Widening, offer
from policystudio.validation.repairs import Remove
from tests.validation.choices.making import KEY, OTHER, after, written
from tests.validation.contexts import HERE, PLAIN, about, statement


class _Made:
    """A repair that makes what it was given."""

    def __init__(self, made: Fix | None) -> None:
        self.made = made

    def fix(self, document: Document) -> Fix | None:
        return self.made


def test_statements_go_but_not_all_of_them():
    of = written(PLAIN, statement(Effect="Deny"), statement(Action="kms:Sign"))
    one, two, three = of.statements
    assert [each["Effect"] for each in after(RemoveStatements((two,)), of)] == ["Allow", "Allow"]
    assert [each["Action"] for each in after(RemoveStatements((one, two)), of)] == ["kms:Sign"]
    assert [each["Action"] for each in after(RemoveStatements((two, three)), of)] == ["kms:Decrypt"]
    assert RemoveStatements((one, two, three)).fix(of) is None


def test_statement_is_merged_into_an_earlier_one():
    of = written(PLAIN, statement(Resource=OTHER))
    one, two = of.statements
    assert after(Merge(one, two, "Resource", (OTHER,), "a"), of) == [statement(Resource=[KEY, OTHER])]
    assert Merge(one, two, "Resource", (), "a").fix(of) is None
    assert Merge(one, two, "NotResource", (OTHER,), "a").fix(of) is None
    alone = written(PLAIN)
    assert Merge(alone.statements[0], alone.statements[0], "Resource", (OTHER,), "a").fix(alone) is None


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("many", [1, 2])
def test_statement_is_made_two_as_the_author_writes_them(many, indent):
    both = statement(Action=["kms:a", "kms:b"])
    of = written(both, *[PLAIN] * (many - 1), indent=indent)
    one, two = of.statements[0].actions
    split_up = Split(of.statements[0], (Remove(one),), (Remove(two),), "a")
    fix = split_up.fix(of)
    assert fix is not None
    rest = [PLAIN] * (many - 1)
    expected = [{**both, "Action": ["kms:b"]}, {**both, "Action": ["kms:a"]}, *rest]
    assert fix.apply(of.source.text) == json.dumps({"Version": "1", "Statement": expected}, indent=indent)


def test_statement_is_not_split_by_repairs_outside_of_it():
    of = written(statement(Action=["kms:a", "kms:b"]), statement(Action=["kms:c", "kms:d"]))
    first, second = of.statements
    inside, outside = Remove(first.actions[0]), Remove(second.actions[0])
    for here, there in ((outside, inside), (inside, outside)):
        assert Split(first, (here,), (there,), "a").fix(of) is None
    for start, end in ((first.start, first.start + 1), (first.end - 1, first.end)):
        edges = _Made(Fix("a", (Edit(start, end, ""),)))
        assert Split(first, (edges,), (inside,), "a").fix(of) is None
        assert Split(first, (inside,), (edges,), "a").fix(of) is None
    assert Split(first, (), (inside,), "a").fix(of) is None


def test_keys_and_secrets_get_statements_of_their_own():
    secret = f"{HERE}:secret/a"
    of = about(
        statement(Action=["kms:Decrypt", "kms:GetSecretValue", "kms:TagResource"], Resource=[KEY, secret])
    )
    (repair,) = by_family(of.document.statements[0], of)
    one, two = after(repair, of.document)
    assert (one["Action"], one["Resource"]) == (["kms:Decrypt", "kms:TagResource"], [KEY])
    assert (two["Action"], two["Resource"]) == (["kms:GetSecretValue", "kms:TagResource"], [secret])


@pytest.mark.parametrize(
    "members",
    [
        {
            "Effect": "Deny",
            "Action": ["kms:Decrypt", "kms:GetSecretValue"],
            "Resource": [KEY, f"{HERE}:secret/a"],
        },
        {
            "Action": ["kms:Decrypt", "kms:GetSecretValue"],
            "Resource": [KEY, f"{HERE}:secret/a", f"{HERE}:*"],
        },
        {"Action": ["kms:Decrypt", "kms:GetSecretValue"], "Resource": [KEY]},
        {"Action": ["kms:Decrypt", "kms:GetSecretValue"], "Resource": [f"{HERE}:secret/a"]},
        {"Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": [KEY, f"{HERE}:secret/a"]},
        {"Action": ["kms:GetSecretValue"], "Resource": [KEY, f"{HERE}:secret/a"]},
    ],
)
def test_statement_of_one_family_stays_whole(members):
    of = about(statement(**members))
    assert list(by_family(of.document.statements[0], of)) == []


@pytest.mark.parametrize(
    ("edits", "are_made"),
    [
        ([[(1, 2)], [(3, 4)]], True),
        ([[(3, 4)], [(1, 2)]], True),
        ([[(1, 2)], [(2, 3)]], True),
        ([[(1, 3)], [(2, 4)]], False),
        ([[(1, 1)], [(1, 2)]], False),
        ([[(1, 2)], [(1, 2)]], False),
        ([[(1, 4), (5, 6)], [(2, 3)]], False),
        ([[(1, 2)], None], False),
        ([], False),
    ],
)
def test_repairs_are_made_together_where_none_meets_another(edits, are_made):
    of = written(PLAIN)
    repairs = [_Made(each and Fix("a", tuple(Edit(start, end, "") for start, end in each))) for each in edits]
    made = edits_of(repairs, of)
    assert (made is not None) is are_made
    assert (Together(tuple(repairs), "b").fix(of) is not None) is are_made
    if made:
        assert [edit.start for edit in made] == sorted(edit.start for edit in made)
        assert Together(tuple(repairs), "b").fix(of) == Fix("b", made)


def test_widening_says_so_and_is_a_choice():
    of = written(PLAIN)
    repair = _Made(Fix("a", (Edit(1, 2, ""),)))
    assert Widening(repair).fix(of) == Fix("a, which allows more", (Edit(1, 2, ""),), True)
    assert Widening(_Made(None)).fix(of) is None
    assert offer(repair, widens=False) == {"fix": repair}
    assert offer(repair, widens=True, beside=(repair,)) == {"choices": (Widening(repair), repair)}
    assert offer(None, widens=False, beside=(repair,)) == {"choices": (repair,)}
    assert Later(lambda: repair).fix(of) == repair.made
    assert Later(lambda: None).fix(of) is None
