"""Writes statements that were cut down or joined as values of the document that they come from.

The order of members, the spelling of texts and whatever else an author wrote stay; see `ram/canonical.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policystudio.ram.document import Condition, Document, Statement, Text
from policystudio.ram.locate import value_at
from policystudio.ram.position import pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString, Member


def written(document: Document, statements: Sequence[Statement]) -> JsonObject:
    """The document with these statements only: each one of its own, texts left out of it or taken in from others."""
    items = tuple(_statement(document.value, each) for each in statements)
    held = document.value.get("Statement")
    assert isinstance(held, JsonArray)  # so says the parser
    return document.value._replace(
        members=tuple(
            member._replace(value=held._replace(items=items)) if member.name == "Statement" else member
            for member in document.value.members
        )
    )


def empty_conditions(document: Document) -> Iterator[tuple[int, str]]:
    """The index of the statement and the path of every part of a condition that holds nothing, which is not written.

    RAM takes it for none. Source: ram-language, section 1.
    """
    for statement in document.statements:
        path = f"{statement.path}/Condition"
        block = value_at(document.value, path)
        if not isinstance(block, JsonObject):
            continue
        if not statement.conditions:
            yield statement.index, path
            continue
        for operator in block.members:
            if not _members(operator.value):
                yield statement.index, path + pointer(operator.name)


def _statement(root: JsonObject, statement: Statement) -> JsonObject:
    lists = {
        "Action": statement.actions,
        "NotAction": statement.not_actions,
        "Resource": statement.resources,
        "NotResource": statement.not_resources,
    }
    held = value_at(root, statement.path)
    assert isinstance(held, JsonObject)  # so says the parser
    members: list[Member] = []
    for member in held.members:
        if member.name in lists:
            member = member._replace(value=_texts(member.value, lists[member.name]))
        if member.name != "Condition":
            members.append(member)
        elif statement.conditions:
            block = tuple(_operators(member.value, statement))
            members.append(member._replace(value=JsonObject(0, 0, block)))
    return held._replace(members=tuple(members))


def _operators(block: Json, statement: Statement) -> Iterator[Member]:
    kept = {condition.path: condition for condition in statement.conditions}
    for operator in _members(block):
        path = f"{statement.path}/Condition{pointer(operator.name)}"
        keys = tuple(
            key._replace(value=_texts(key.value, condition.values))
            for key, condition in _with_conditions(operator.value, path, kept)
        )
        if keys:
            yield operator._replace(value=JsonObject(0, 0, keys))


def _with_conditions(
    operator: Json, path: str, kept: dict[str, Condition]
) -> Iterator[tuple[Member, Condition]]:
    for key in _members(operator):
        condition = kept.get(path + pointer(key.name))
        if condition is not None:
            yield key, condition


def _members(value: Json) -> tuple[Member, ...]:
    assert isinstance(value, JsonObject)  # so says the parser
    return value.members


def _texts(held: Json, texts: Sequence[Text]) -> Json:
    """The element with these texts, any of which may have come from another; no list where there was none for one."""
    items = tuple(JsonString(text.start, text.end, text.text) for text in texts)
    return items[0] if len(items) == 1 and not isinstance(held, JsonArray) else JsonArray(0, 0, items)
