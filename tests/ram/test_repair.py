"""Edits on places of the text leave everything else as it was typed."""

import pytest

from policystudio.ram.finding import Fix
from policystudio.ram.repair import (
    insert_first,
    remove_item,
    remove_member,
    rename,
    replace_text,
    wrap_in_list,
    wrap_in_statement,
)
from tests.reading import value


def applied(text, *edits):
    return Fix("", edits).apply(text)


@pytest.mark.parametrize(
    ("name", "after"),
    [("a", '{ "b": 2 , "c":3 }'), ("b", '{ "a": 1 , "c":3 }'), ("c", '{ "a": 1 , "b": 2 }')],
)
def test_member_goes_with_its_comma(name, after):
    text = '{ "a": 1 , "b": 2 , "c":3 }'
    assert applied(text, remove_member(value(text), name)) == after


def test_the_only_member_or_item_leaves_the_brackets():
    assert applied('{"a":1}', remove_member(value('{"a":1}'), "a")) == "{}"
    assert applied("[ 1 ]", remove_item(value("[ 1 ]"), 0)) == "[  ]"


@pytest.mark.parametrize(("index", "after"), [(0, "[2, 3]"), (1, "[1, 3]"), (2, "[1, 2]")])
def test_item_goes_with_its_comma(index, after):
    assert applied("[1, 2, 3]", remove_item(value("[1, 2, 3]"), index)) == after


def test_member_is_renamed_and_value_replaced_in_place():
    text = '{"a" : "x"}'
    holder = value(text)
    edits = (rename(holder.members[0], 'b"'), replace_text(holder.members[0].value, "y\n"))
    assert applied(text, *edits) == '{"b\\"" : "y\\n"}'


@pytest.mark.parametrize(
    ("text", "after"),
    [("{}", '{"v":1}'), ('{\n  "a": 0\n}', '{\n  "v":1,\n  "a": 0\n}'), ('{"a":0}', '{"v":1,"a":0}')],
)
def test_first_member_is_spaced_as_the_next(text, after):
    assert applied(text, insert_first(value(text), '"v":1', text)) == after


def test_values_are_wrapped():
    text = '{"x": {}}'
    assert applied(text, *wrap_in_list(value(text).get("x"))) == '{"x": [{}]}'
    text = '{"v": 1, "a": 2, "b": 3}'
    after = '{"v": 1, "Statement": [{"a": 2, "b": 3}]}'
    assert applied(text, *wrap_in_statement(value(text), "a", "b")) == after
