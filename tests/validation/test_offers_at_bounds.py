"""What is offered, and when nothing is: lists that are too long, parts that nobody named, names too far off."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.parse import parse
from policystudio.validation.choices.networks import readings
from policystudio.validation.choices.resources import drop_covering, everything_here, well_formed
from policystudio.validation.context import Context
from policystudio.validation.nothing import never_holds
from policystudio.validation.place_marks import place_marks
from policystudio.validation.repairs import Repair
from policystudio.validation.spelling import edits

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE = "acs:kms:cn-hangzhou:1234567890123456"


def document_of(**members: object) -> Document:
    """A document of one statement."""
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": [f"{HERE}:key/a"], **members}
    document = parse(json.dumps({"Version": "1", "Statement": [statement]})).document
    assert document is not None
    return document


def made(document: Document, repairs: Iterable[Repair]) -> list[Any]:
    """The statement after each repair that makes one."""
    fixes = [fix for repair in repairs if (fix := repair.fix(document)) is not None]
    return [json.loads(fix.apply(document.source.text))["Statement"][0] for fix in fixes]


@pytest.mark.parametrize(
    ("span", "ranges"),
    [
        ("8.8.8.1-8.8.8.1", 1),
        ("8.8.8.0-8.8.8.255", 1),
        ("8.8.8.1-8.8.8.14", 6),
        ("8.8.8.1-8.8.8.30", 8),
        ("8.8.8.1-8.8.8.31", 5),
        ("8.8.8.1-8.8.8.46", 9),
        ("8.8.8.1-8.8.8.62", 10),
        ("8.8.8.2-8.8.8.1", 0),
    ],
)
def test_two_addresses_are_offered_as_at_most_eight_ranges_that_are_all_between(span, ranges):
    document = document_of(Condition={"IpAddress": {"acs:SourceIp": [span]}})
    (value,) = document.statements[0].conditions[0].values
    after = [each["Condition"]["IpAddress"]["acs:SourceIp"] for each in made(document, readings(value))]
    assert [len(each) if isinstance(each, list) else 1 for each in after] == (
        [ranges] if 0 < ranges <= 8 else []
    )


def distance(one: str, other: str) -> int:
    """The definition, without any shortcut."""
    if not one or not other:
        return len(one) + len(other)
    swapped = one[-2:] == other[-2:][::-1] and len(one) > 1 and len(other) > 1
    return min(
        distance(one[:-1], other) + 1,
        distance(one, other[:-1]) + 1,
        distance(one[:-1], other[:-1]) + (one[-1] != other[-1]),
        *([distance(one[:-2], other[:-2]) + 1] if swapped else []),
    )


words = st.text("abc", max_size=6)


@given(words, words)
def test_edits_between_words_are_counted_up_to_two(one: str, other: str) -> None:
    assert edits(one, other) == min(distance(one, other), 3)


@given(words, st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["", "a", "swap"])), max_size=3))
def test_edits_of_words_that_are_near_are_counted_up_to_two(
    word: str, changes: list[tuple[int, str]]
) -> None:
    other = word
    for at, change in changes:
        middle = other[at : at + 2][::-1] if change == "swap" else change
        other = other[:at] + middle + other[at + (2 if change == "swap" else 1) :]
    assert edits(word, other) == min(distance(word, other), 3)


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["key/*", "key/a"], ["key/a"]),
        (["key/a", "key/*", "*", "key/b"], ["key/a", "key/b"]),
        (["key/*", "alias/a"], None),
        (["key/*"], None),
        (["key/a", "key/b"], None),
    ],
)
def test_what_includes_all_keys_may_go_only_where_keys_are_named(names, kept):
    document = document_of(Resource=[f"{HERE}:{name}" for name in names])
    after = [each["Resource"] for each in made(document, drop_covering(document.statements[0], "key"))]
    assert [[each] if isinstance(each, str) else each for each in after] == (
        [] if kept is None else [[f"{HERE}:{name}" for name in kept]]
    )


@pytest.mark.parametrize(
    ("text", "is_offered"),
    [
        ("key/a", True),
        ("a:b:c:key/a", True),
        ("acs:kms:a:b:key/a", True),
        ("acs:kms:a:b:c:key/a", True),
        ("acs:kms:a:b:c:d:key/a", False),
        ("acs:kms:a:b:c:d:e:key/a", False),
        ("acs:kms:a:b:nothing/a", False),
    ],
)
def test_a_name_behind_up_to_five_colons_is_offered_in_the_form_of_ram(text, is_offered):
    document = document_of(Resource=[text])
    after = made(document, well_formed(document.statements[0].resources[0], load()))
    assert [each["Resource"] for each in after] == (
        [["acs:kms:${region}:${account}:key/a"]] if is_offered else []
    )


@pytest.mark.parametrize(
    ("actions", "forms"),
    [
        (["kms:Decrypt"], ["key/*"]),
        (["kms:GetSecretValue"], ["secret/*"]),
        (["kms:GetSecretValue", "kms:Decrypt"], ["key/*", "secret/*"]),
        (["kms:UpdateAlias"], ["alias/*", "key/*"]),
    ],
)
def test_everything_may_be_limited_to_the_types_that_the_actions_act_on(actions, forms):
    document = document_of(Action=actions, Resource=["*"])
    statement = document.statements[0]
    context = Context(document, load(), NOW)
    after = made(document, everything_here(statement.resources[0], statement, context))
    assert [sorted(each["Resource"]) for each in after] == [
        [f"acs:kms:${{region}}:${{account}}:{form}" for form in forms],
        ["acs:kms:${region}:${account}:*"],
    ]


@pytest.mark.parametrize(("seconds", "is_over"), [(-1, False), (0, True), (1, True)])
def test_a_permission_is_over_at_the_very_moment_of_its_end(seconds, is_over):
    condition = {"DateLessThan": {"acs:CurrentTime": "2026-11-24T12:00:00Z"}}
    document = document_of(Condition=condition)
    context = Context(document, load(), NOW + timedelta(seconds=seconds))
    assert never_holds(document.statements[0], context) is is_over


def _mark(before: str, after: str, line: int | None = 1) -> str:
    finding = Finding("a-code", Severity.ERROR, "", None, line, len(before) + 1)
    (mark,) = place_marks([finding], None, before + after)
    return mark


def test_three_words_on_each_side_within_a_hundred_characters_mark_a_place():
    before, after = "one two three four ", "five six seven eight"
    mark = _mark(before, after)
    assert mark == _mark(before.replace("one", "other"), after) == _mark(before, after.replace("eight", "8"))
    for word in ("two", "three", "four"):
        assert mark != _mark(before.replace(word, "other"), after)
    for word in ("five", "six", "seven"):
        assert mark != _mark(before, after.replace(word, "other"))
    assert _mark(f"ab{' ' * 99}", "") == _mark(f"xb{' ' * 99}", "") != _mark(f"ax{' ' * 99}", "")
    assert _mark("", f"{' ' * 99}ab") == _mark("", f"{' ' * 99}ax") != _mark("", f"{' ' * 99}xb")


def test_a_finding_without_a_line_is_about_the_first_one():
    assert _mark("one ", "two", None) == _mark("one ", "two", 1)
