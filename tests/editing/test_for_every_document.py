"""For every document and every change: nothing is raised, nothing else is touched, what is undone is undone."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policystudio.editing.apply import Edited, apply
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
from policystudio.editing.view import DocumentView, view
from policystudio.ram.canonical import canonical
from policystudio.ram.reader import JsonObject, read
from tests.strategies import any_text, documents, json_texts, readable_text, syntax_near_misses

indexes = st.integers(-1, 4)
elements = st.sampled_from(
    ["Action", "NotAction", "Resource", "NotResource", "Effect", "Sid", "Condition", "x", ""]
)
operators = st.sampled_from(["StringEquals", "IpAddress", "Bool", "x", ""])
keys = st.sampled_from(["acs:SourceIp", "kms:tag/Project", "x", ""])
texts = st.lists(readable_text | any_text, max_size=3).map(tuple)
ON_STATEMENT: list[st.SearchStrategy[Operation]] = [
    st.builds(SetEffect, indexes, st.sampled_from(["Allow", "Deny", "x"])),
    st.builds(AddTexts, indexes, elements, texts),
    st.builds(SetText, indexes, elements, indexes, readable_text),
    st.builds(RemoveTexts, indexes, elements, st.lists(indexes, max_size=3).map(tuple)),
    st.builds(SetElementName, indexes, elements),
    st.builds(AddCondition, indexes, operators, keys, texts),
    st.builds(SetCondition, indexes, operators, keys, operators, keys, texts),
    st.builds(RemoveCondition, indexes, operators, keys),
    st.builds(SetElement, indexes, elements, json_texts()),
    st.builds(RemoveElement, indexes, elements),
]
ON_LIST: list[st.SearchStrategy[Operation]] = [
    st.builds(AddStatement),
    st.builds(CopyStatement, indexes),
    st.builds(MoveStatement, indexes, indexes),
    st.builds(RemoveStatement, indexes),
]
changes = st.one_of(*ON_STATEMENT, *ON_LIST)
sources = documents().map(json.dumps)
# Documents as people really have them halfway: any JSON below `Statement`, and texts that are no JSON.
odd_sources = (
    any_text
    | syntax_near_misses()
    | json_texts()
    | json_texts(st.builds(lambda inner: {"Statement": inner}, st.lists(documents() | st.none() | st.text())))
)


def statements(text: str) -> list[str]:
    """The statements of a text that can be read, as canonical JSON."""
    found = view(text)
    assert found is not None
    return [statement.json for statement in found.statements]


def others(text: str) -> list[tuple[str, str]]:
    value = read(text).value
    assert isinstance(value, JsonObject)
    return [(m.name, canonical(m.value)) for m in value.members if m.name != "Statement"]


@given(odd_sources | sources, changes)
def test_no_text_and_no_change_raises_and_a_refusal_leaves_every_byte(text: str, change: Operation) -> None:
    edited = apply(text, change)
    assert isinstance(edited, Edited)
    if edited.refused is not None:
        assert edited.text == text


@given(sources, changes)
def test_what_a_change_gives_is_canonical_and_can_be_shown(text: str, change: Operation) -> None:
    edited = apply(text, change)
    if edited.refused is not None:
        return
    value = read(edited.text).value
    assert value is not None
    assert canonical(value) == edited.text
    assert isinstance(view(edited.text), DocumentView)
    assert len(edited.order) == len(statements(edited.text))


@given(sources, st.one_of(*ON_STATEMENT))
def test_a_change_in_one_statement_leaves_all_others_and_the_rest_of_the_document(
    text: str, change: Any
) -> None:
    edited = apply(text, change)
    before, after = statements(text), statements(edited.text)
    assert len(before) == len(after)
    for index, (old, new) in enumerate(zip(before, after, strict=True)):
        assert old == new or index == change.statement
    assert others(text) == others(edited.text)


@given(sources, st.one_of(*ON_LIST))
def test_a_change_of_the_list_changes_no_statement_and_its_order_tells_the_truth(
    text: str, change: Operation
) -> None:
    edited = apply(text, change)
    before, after = statements(text), statements(edited.text)
    for new, old in enumerate(edited.order):
        assert old is None or after[new] == before[old]
    assert others(text) == others(edited.text)


@given(sources, st.integers(0, 2))
def test_what_is_added_and_removed_again_leaves_no_trace(text: str, index: int) -> None:
    before = statements(text)
    added = apply(text, AddStatement())
    assert statements(apply(added.text, RemoveStatement(len(before))).text) == before
    copied = apply(text, CopyStatement(index))
    if copied.refused is None:
        assert statements(apply(copied.text, RemoveStatement(index + 1)).text) == before


@given(sources, st.integers(0, 2), st.integers(0, 2))
def test_a_statement_that_is_moved_and_moved_back_is_where_it_was(text: str, start: int, to: int) -> None:
    moved = apply(text, MoveStatement(start, to))
    if moved.refused is None:
        assert statements(apply(moved.text, MoveStatement(to, start)).text) == statements(text)


@given(sources, st.integers(0, 2))
def test_an_action_that_is_added_and_removed_leaves_the_list_as_it_was(text: str, index: int) -> None:
    added = apply(text, AddTexts(index, "Action", ("kms:NotThereYet",)))
    if added.refused is not None:
        return
    found = view(added.text)
    assert found is not None
    last = len(found.statements[index].actions.entries) - 1
    # Where `NotAction` stood, there is now an empty `Action` beside it, which nobody had before.
    removed = view(apply(added.text, RemoveTexts(index, "Action", (last,))).text)
    before = view(text)
    assert removed is not None
    assert before is not None
    if before.statements[index].actions.element == "Action":
        assert removed.statements[index].actions.texts == before.statements[index].actions.texts


@given(sources, st.integers(0, 2), operators, keys)
def test_a_condition_that_is_added_and_removed_leaves_the_others(
    text: str, index: int, operator: str, key: str
) -> None:
    added = apply(text, AddCondition(index, operator, key, ("x",)))
    if added.refused is not None:
        return
    removed = apply(added.text, RemoveCondition(index, operator, key))
    assert removed.refused is None
    before, after = view(text), view(removed.text)
    assert before is not None
    assert after is not None
    assert before.statements[index].conditions == after.statements[index].conditions


@given(odd_sources | sources)
def test_a_form_can_show_every_text_or_says_that_it_cannot(text: str) -> None:
    found = view(text)
    if found is None:
        return
    for statement in found.statements:
        assert read(statement.json).value is not None
        for other in statement.others:
            assert read(other.json).value is not None


def test_every_kind_of_change_is_tried_here() -> None:
    assert len(ON_STATEMENT) + len(ON_LIST) == len(operations())
