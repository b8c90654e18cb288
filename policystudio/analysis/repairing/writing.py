"""Writes a single change into a document, or into the source that the document was rendered from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policystudio.analysis.repairing.edits import Edit, Way
from policystudio.ram.canonical import canonical
from policystudio.ram.document import Document
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString, Member

Change = Callable[[str], str]
_NEW = (Way.NEW_STATEMENT, Way.NEW_STATEMENT_FREE)


class _Misfit(Exception):
    """Carries out of the recursion that the document has nothing of the kind at this place."""


def applied(document: Document | None, edit: Edit, change: Change = str) -> str | None:
    """The canonical text of the document with the edit made, or of a new one; None where it does not fit there.

    `change` is made of each resource and value that goes in, such as writing a placeholder; an entry that goes out is
    the one that is equal, or equal once `change` is made of what is looked for.
    """
    if edit.way in _NEW:
        return canonical(_with_statement(document, edit, change))
    if document is None:
        return None
    try:
        value = _changed(document.value, pointer_parts(edit.path), edit, change)
    except _Misfit:
        return None
    return None if value is None else canonical(value)


def _changed(value: Json | None, parts: Sequence[str], edit: Edit, change: Change) -> Json | None:
    """The value with the list at these parts changed; None where nothing is left of it."""
    if not parts:
        return _list(value, edit, change)
    first, *rest = parts
    if isinstance(value, JsonObject):
        made = _changed(value.get(first), rest, edit, change)
        kept = (each for each in value.members if each.name != first or made is not None)
        members = tuple(each._replace(value=made) if each.name == first and made else each for each in kept)
        return value._replace(members=members) if members else None
    if isinstance(value, JsonArray) and first.isdecimal() and int(first) < len(value.items):
        index = int(first)
        made = _changed(value.items[index], rest, edit, change)
        before, after = value.items[:index], value.items[index + 1 :]
        return value._replace(items=(*before, *([made] if made is not None else []), *after))
    raise _Misfit


def _list(value: Json | None, edit: Edit, change: Change) -> Json | None:
    """The list with the entry in it, or without it; a single text becomes a list."""
    if value is None:
        raise _Misfit
    items = value.items if isinstance(value, JsonArray) else (value,)
    if edit.way is not Way.REMOVE_ENTRY:
        text = edit.value if edit.way is Way.ADD_ACTION else change(edit.value)
        return JsonArray(0, 0, (*items, _text(text)))
    wanted = (edit.value, change(edit.value))
    left = tuple(each for each in items if not (isinstance(each, JsonString) and each.text in wanted))
    if len(left) == len(items):
        raise _Misfit
    return JsonArray(0, 0, left) if left else None


def _with_statement(document: Document | None, edit: Edit, change: Change) -> JsonObject:
    statement = _statement(edit, change)
    if document is None:
        return _object(("Version", _text("1")), ("Statement", JsonArray(0, 0, (statement,))))
    held = document.value.get("Statement")
    assert isinstance(held, JsonArray)  # so says the parser
    whole = held._replace(items=(*held.items, statement))
    members = (
        each._replace(value=whole) if each.name == "Statement" else each for each in document.value.members
    )
    return document.value._replace(members=tuple(members))


def _statement(edit: Edit, change: Change) -> JsonObject:
    blocks: dict[str, list[tuple[str, Json]]] = {}
    for operator, key, value in edit.conditions:
        blocks.setdefault(operator, []).append((key, _text(change(value))))
    condition = _object(*((operator, _object(*keys)) for operator, keys in blocks.items()))
    return _object(
        ("Effect", _text("Allow")),
        ("Action", _text(edit.action)),
        ("Resource", _text(change(edit.resource))),
        *([("Condition", condition)] if blocks else []),
    )


def _object(*members: tuple[str, Json]) -> JsonObject:
    return JsonObject(0, 0, tuple(Member(name, 0, 0, value) for name, value in members))


def _text(text: str) -> JsonString:
    return JsonString(0, 0, text)
