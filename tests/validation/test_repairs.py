"""Repairs become edits of the text as it was typed, or none where no clean edit is to be had."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest

from policystudio.ram.finding import Edit, Finding, Fix, Severity
from policystudio.validation.members import RemoveMember, name_at
from policystudio.validation.mending import MAX_JUDGED, mended, safe_fixes
from policystudio.validation.repairs import (
    Add,
    Remove,
    Replace,
    ReplaceByList,
    child_of,
    parent_of,
    quoted,
    text_at,
    value_at,
)
from tests.reading import document
from tests.validation.contexts import HERE, PLAIN, statement

KEY = f"{HERE}:key/a"


def source(written: str) -> str:
    """A document whose only statement has this text for its actions."""
    return json.dumps({"Version": "1", "Statement": [statement(Action="HERE")]}).replace('"HERE"', written)


@pytest.mark.parametrize(
    ("before", "index", "after"),
    [
        ('["a:b", "c:d"]', 0, '["c:d"]'),
        ('["a:b", "c:d"]', 1, '["a:b"]'),
        ('["a:b",\n "c:d",\n "e:f"]', 1, '["a:b",\n "e:f"]'),
        ('["a:b" , "c:d" ]', 1, '["a:b" ]'),
        ('["a:b"]', 0, None),
        ('"a:b"', 0, None),
    ],
)
def test_entry_goes_with_the_comma_that_belongs_to_it(before, index, after):
    text = source(before)
    of = document(text)
    fix = Remove(of.statements[0].actions[index]).fix(of)
    assert (fix.apply(text) if fix else None) == (source(after) if after else None)
    assert fix is None or fix.title == "Remove the entry"


@pytest.mark.parametrize(
    ("before", "texts", "after"),
    [
        ('"a:b"', ("c:d",), '["a:b", "c:d"]'),
        ('["a:b"]', ("c:d", "e:f"), '["a:b", "c:d", "e:f"]'),
        ('["a:b",\n"c:d"]', ("e:f",), '["a:b",\n"c:d",\n"e:f"]'),
        ('["a:b" ,"c:d","x:y"]', ("e:f",), '["a:b" ,"c:d","x:y","e:f"]'),
    ],
)
def test_texts_are_added_as_the_author_writes_lists(before, texts, after):
    text = source(before)
    of = document(text)
    fix = Add(of.statements[0], "Action", texts).fix(of)
    assert fix is not None
    assert fix.apply(text) == source(after)
    assert fix.title == f"Add {', '.join(texts)}"
    assert Add(of.statements[0], "NotAction", texts).fix(of) is None


@pytest.mark.parametrize(
    ("before", "after"), [('"a:b"', '["c:d", "e:f"]'), ('["a:b", "x:y"]', '["c:d", "e:f", "x:y"]')]
)
def test_several_entries_take_the_place_of_one(before, after):
    text = source(before)
    of = document(text)
    fix = ReplaceByList(of.statements[0].actions[0], ("c:d", "e:f"), "a").fix(of)
    assert fix is not None
    assert fix.apply(text) == source(after)


@pytest.mark.parametrize(
    ("length", "title"),
    [(1, "Write a"), (80, f"Write {'a' * 80}"), (81, f"Write {'a' * 80}…"), (200, f"Write {'a' * 80}…")],
)
def test_long_text_is_cut_in_a_title(length, title):
    of = document(source('"a:b"'))
    entry = of.statements[0].actions[0]
    fix = Replace(entry, "a" * length).fix(of)
    assert fix is not None
    assert fix.title == title
    named = Replace(entry, "a", "b").fix(of)
    assert named is not None
    assert named.title == "b"


def test_member_is_not_given_a_name_that_another_has():
    text = json.dumps(
        {"Version": "1", "Statement": [statement(Condition={"Bool": {"a": "true", "b": "true"}})]}
    )
    of = document(text)
    one, _ = of.statements[0].conditions
    assert Replace(one.key, "b").fix(of) is None
    fix = Replace(one.key, "c").fix(of)
    assert fix is not None
    assert json.loads(fix.apply(text))["Statement"][0]["Condition"] == {"Bool": {"c": "true", "b": "true"}}
    value = Replace(one.values[0], "b").fix(of)
    assert value is not None
    assert json.loads(value.apply(text))["Statement"][0]["Condition"]["Bool"]["a"] == "b"


def test_places_are_followed_to_what_stands_there():
    of = document(json.dumps({"Version": "1", "Statement": [PLAIN, statement(Action=["a:b", "c:d"])]}))
    found = text_at(of, "/Statement/1/Action/1")
    assert found is not None
    assert (found.text, found.path) == ("c:d", "/Statement/1/Action/1")
    assert of.source.text[found.start : found.end] == '"c:d"'
    for nowhere in ("/Statement/2", "/Statement/1/Action/2", "/Statement/x", "/Statement/1/Action/1/x", "/a"):
        assert value_at(of, nowhere) is None
        assert text_at(of, nowhere) is None
    assert text_at(of, "/Statement/1/Action") is None
    assert value_at(of, "") is of.value
    assert parent_of(of, "/Statement/1/Action/1") is value_at(of, "/Statement/1/Action")
    assert child_of(None, "a") is None
    assert child_of(value_at(of, "/Statement"), "-1") is None
    assert quoted('a"é\n') == '"a\\"é\\n"'


def test_member_is_found_by_its_name_and_taken_out():
    text = json.dumps({"Version": "1", "Statement": [statement(Sid="x")]})
    of = document(text)
    name = name_at(of, "/Statement/0/Sid")
    assert name is not None
    assert of.source.text[name.start : name.end] == '"Sid"'
    assert (name.text, name.path) == ("Sid", "/Statement/0/Sid")
    assert name_at(of, "/Statement/0/Nothing") is None
    assert name_at(of, "/Statement/0") is None
    fix = RemoveMember("/Statement/0/Sid", "a").fix(of)
    assert fix is not None
    assert json.loads(fix.apply(text))["Statement"] == [PLAIN]
    assert RemoveMember("/Statement/0", "a").fix(of) is None


def letters(text: str, wrong: str = "x", errors: str = "") -> list[Finding]:
    """A finding for each letter of `wrong`, offering to take it out; an error for each of `errors`."""
    found = [
        Finding("a", Severity.WARNING, "", "", 1, at + 1, Fix("", (Edit(at, at + 1, ""),)))
        for at, letter in enumerate(text)
        if letter in wrong
    ]
    return [
        *found,
        *(Finding("e", Severity.ERROR, "", "", 1, 1) for letter in text if letter in errors and errors),
    ]


def test_all_fixes_of_a_code_are_made():
    assert mended("axbxcx", letters("axbxcx"), "a", letters) == "abc"
    assert mended("axb", letters("axb"), "b", letters) == "axb"
    assert mended("abc", letters("abc"), "a", letters) == "abc"


def test_fixes_beside_each_other_are_made_one_after_the_other():
    asked: list[str] = []

    def judge(text: str) -> Sequence[Finding]:
        asked.append(text)
        return letters(text)

    assert mended("axxxb", letters("axxxb"), "a", judge) == "ab"
    assert asked == ["axb", "ab"]


def test_fix_that_makes_an_error_is_left_and_the_others_are_made():
    def judge(text: str) -> Sequence[Finding]:
        """Without the second `x` there is an error."""
        found = letters(text)
        return found if "bxc" in text else [*found, Finding("e", Severity.ERROR, "", "", 1, 1)]

    assert mended("axbxcxd", judge("axbxcxd"), "a", judge) == "abxcd"


def test_as_many_errors_as_before_are_no_reason_to_stop():
    def judge(text: str) -> Sequence[Finding]:
        errors = [Finding("e", Severity.ERROR, "", "", 1, 1)] * 300
        return [*letters(text), *errors]

    assert mended("axbx", judge("axbx"), "a", judge) == "ab"


def test_judging_ends():
    asked: list[str] = []

    def judge(text: str) -> Sequence[Finding]:
        asked.append(text)
        return [*letters(text), *letters(text)]

    text = "x-" * 100
    mended(text, letters(text), "a", judge)
    assert len(asked) <= MAX_JUDGED


def test_fix_that_allows_more_is_not_safe():
    wide = Fix("", (Edit(0, 1, ""),), True)
    narrow = Fix("", (Edit(0, 1, ""),))
    findings = [
        Finding("a", Severity.WARNING, "", "", 1, 1, wide),
        Finding("a", Severity.WARNING, "", "", 1, 1, narrow),
        Finding("b", Severity.WARNING, "", "", 1, 1, narrow),
        Finding("a", Severity.WARNING, "", "", 1, 1),
    ]
    assert safe_fixes(findings, "a") == [narrow]
