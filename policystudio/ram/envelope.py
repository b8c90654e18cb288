"""Recognises a document that was pasted with its envelope: as a JSON string, or inside the reply of an API.

Source: replies of GetPolicy, GetPolicyVersion and GetRole carry the document as text in `PolicyDocument` and
`AssumeRolePolicyDocument`, GetKeyPolicy and GetSecretPolicy in `Policy`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from policystudio.ram.finding import Edit, Finding, Severity, found
from policystudio.ram.position import Source, pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString
from policystudio.ram.repair import one

TRUST_MEMBER = "AssumeRolePolicyDocument"
DOCUMENT_MEMBERS = ("PolicyDocument", TRUST_MEMBER, "Policy")
_MAX_DEPTH = 6


class _Letter(NamedTuple):
    """A document found inside something else: its text and the place that holds it."""

    text: str
    start: int
    path: str


def enveloped(source: Source, value: Json) -> Finding | None:
    """A finding when `value` is no document but holds one; its fix leaves the document alone in the text."""
    if isinstance(value, JsonString) and holds_object(value):
        message = "this is the document as a JSON string, as APIs return it; paste the document itself"
        return _found(source, "document-inside-string", message, [_Letter(value.text, value.start, "")])
    if not isinstance(value, JsonObject) or value.get("Statement") is not None:
        return None
    letters = list(_letters(source, value, ()))
    if not letters:
        return None
    message = "this is a reply that holds a document; paste the document itself"
    return _found(source, "document-inside-reply", message, letters)


def _found(source: Source, code: str, message: str, letters: list[_Letter]) -> Finding:
    """With several documents the choice is the author's, so there is no fix."""
    first = letters[0]
    fix = None
    if len(letters) == 1:
        fix = one("keep the document alone", Edit(0, len(source.text), first.text))
    return found(source, code, Severity.ERROR, message, offset=first.start, path=first.path, fix=fix)


def _letters(source: Source, value: Json, parts: tuple[str | int, ...]) -> Iterator[_Letter]:
    if len(parts) > _MAX_DEPTH:
        return
    if isinstance(value, JsonArray):
        for index, item in enumerate(value.items):
            yield from _letters(source, item, (*parts, index))
    if not isinstance(value, JsonObject):
        return
    for member in value.members:
        inner, inside = member.value, (*parts, member.name)
        if member.name in DOCUMENT_MEMBERS and isinstance(inner, JsonString) and holds_object(inner):
            yield _Letter(inner.text, member.name_start, pointer(*inside))
        elif (
            member.name in DOCUMENT_MEMBERS
            and isinstance(inner, JsonObject)
            and inner.get("Statement") is not None
        ):
            yield _Letter(source.text[inner.start : inner.end], member.name_start, pointer(*inside))
        else:
            yield from _letters(source, inner, inside)


def holds_object(value: JsonString) -> bool:
    """Whether the text of a string is meant to be an object."""
    return value.text.lstrip().startswith("{")
