"""Characters in values that people do not see or take for others, and HTML entities left from a copied page.

The values are exactly as typed, and stay so: these are findings with offered edits. Characters that reorder text, and
control characters, are refused by the reader and the schema.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from policystudio.ram.canonical import quoted
from policystudio.ram.document import Effect
from policystudio.ram.finding import Edit, Finding, Fix, Severity, found
from policystudio.ram.position import Source, pointer
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString

# Entities that copied pages leave; other text between `&` and `;` is nobody's entity and may be meant.
_ENTITY = re.compile(r"&(?:quot|amp|lt|gt|apos|nbsp|ldquo|rdquo|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_WORD = re.compile(r"\S+")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\.|[^\\]", re.DOTALL
)
# Letters without width or shape that Unicode does not count among its format characters.
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" + "".join(map(chr, range(0xFE00, 0xFE10))))
# Cyrillic, Greek, Armenian and a few other letters, each with the Latin one that it passes for.
_PAIRS = (
    "аa еe оo рp сc уy хx іi јj ѕs һh ԁd ԛq ԝw ѵv ӏl",
    "АA ВB ЕE КK МM НH ОO РP СC ТT ХX УY ІI ЈJ ЅS ҮY ԌG ԚQ ԜW",
    "οo αa νv ρp υu ιi κk ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX",
    "օo սu հh ոn ցg ıi ſs \u212aK ℓl",
)
_ALIKE = {pair[0]: pair[1] for row in _PAIRS for pair in row.split(" ")}
# Source: Unicode, block "Halfwidth and Fullwidth Forms": U+FF01 to U+FF5E mirror the printable ASCII characters.
_ALIKE |= {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


class _Piece(NamedTuple):
    """A string of the document: a value or the name of a member."""

    text: str
    start: int
    end: int
    path: str
    """Its JSON Pointer."""
    grants: bool
    """Whether more may be allowed when the text is written otherwise."""


def odd_characters(source: Source, value: Json) -> list[Finding]:
    """Findings on the texts and names of a value that the exact reader has read."""
    if source.text.isascii() and "&" not in source.text and "\\u" not in source.text:
        return []
    findings: list[Finding] = []
    for piece in _pieces(value, ()):
        if "&" in piece.text:
            findings += _entities(source, piece)
        if not piece.text.isascii():
            findings += _unseen(source, piece)
            findings += _alike(source, piece)
    return findings


def is_unseen(char: str) -> bool:
    """Whether `char` leaves no mark on the page, or a gap that is not the plain space's."""
    return not char.isascii() and (char in _UNSEEN or unicodedata.category(char) in ("Cf", "Zl", "Zp", "Zs"))


def look_alikes(text: str) -> list[int]:
    """Where letters of another alphabet stand in words of `text` that are otherwise Latin.

    Decision: a word with any letter that has no Latin twin is meant to be of its alphabet and is left alone.
    """
    places = []
    for word in _WORD.finditer(text):
        odd = [index for index in range(*word.span()) if not text[index].isascii()]
        is_latin = any(char.isascii() and char.isalpha() for char in word.group())
        if odd and is_latin and all(text[i] in _ALIKE or not text[i].isalpha() for i in odd):
            places += [index for index in odd if text[index] in _ALIKE]
    return places


def _pieces(value: Json, parts: tuple[str | int, ...], effect: str = "") -> Iterator[_Piece]:
    match value:
        case JsonString():
            yield _Piece(value.text, value.start, value.end, pointer(*parts), _grants(parts, effect))
        case JsonArray():
            for index, item in enumerate(value.items):
                yield from _pieces(item, (*parts, index), effect)
        case JsonObject():
            effect = _effect(value) if len(parts) == 2 else effect
            for member in value.members:
                inside = (*parts, member.name)
                yield _Piece(
                    member.name, member.name_start, member.name_end, pointer(*inside), _grants(inside, effect)
                )
                yield from _pieces(member.value, inside, effect)


def _effect(value: JsonObject) -> str:
    effect = value.get("Effect")
    return effect.text if isinstance(effect, JsonString) else ""


def _grants(parts: tuple[str | int, ...], effect: str) -> bool:
    """Whether a text at this place, once it fits something, may make the document allow more.

    What a Deny names and what an Allow leaves out takes access away; of a condition it depends on the request.
    """
    element = parts[2] if len(parts) > 2 and parts[0] == "Statement" else None
    if element in ("Action", "Resource"):
        return effect != Effect.DENY
    return element == "Condition" or (element in ("NotAction", "NotResource") and effect != Effect.ALLOW)


def _entities(source: Source, piece: _Piece) -> Iterator[Finding]:
    matches = list(_ENTITY.finditer(piece.text))
    if not matches:
        return
    spans = _spans(source, piece)
    edits = [
        Edit(spans[match.start()].start, spans[match.end() - 1].stop, quoted(unescape(match.group()))[1:-1])
        for match in matches
    ]
    message = f"`{matches[0].group()}` is left from a copied page; write the character itself"
    fix = Fix("replace entities by their characters", tuple(edits))
    yield _found(source, piece, "html-entity-in-text", Severity.ERROR, message, edits[0].start, fix)


def _unseen(source: Source, piece: _Piece) -> Iterator[Finding]:
    places = [index for index, char in enumerate(piece.text) if is_unseen(char)]
    if not places:
        return
    spans = _spans(source, piece)
    first = piece.text[places[0]]
    is_gap = unicodedata.category(first) == "Zs"
    edits = [
        Edit(spans[i].start, spans[i].stop, " " if unicodedata.category(piece.text[i]) == "Zs" else "")
        for i in places
    ]
    what = "looks like a plain space and is none" if is_gap else "cannot be seen"
    message = f"U+{ord(first):04X} in this text {what}, so the text is not what it seems; replace it"
    fix = Fix("replace what cannot be seen", tuple(edits))
    yield _found(
        source, piece, "invisible-character-in-value", Severity.SECURITY_WARNING, message, edits[0].start, fix
    )


def _alike(source: Source, piece: _Piece) -> Iterator[Finding]:
    places = look_alikes(piece.text)
    if not places:
        return
    spans = _spans(source, piece)
    edits = [Edit(spans[i].start, spans[i].stop, quoted(_ALIKE[piece.text[i]])[1:-1]) for i in places]
    char = piece.text[places[0]]
    name = unicodedata.name(char, "a foreign letter").lower()
    message = f"U+{ord(char):04X} ({name}) looks like `{_ALIKE[char]}` and is none; write the Latin one"
    fix = Fix("write Latin letters", tuple(edits))
    yield _found(source, piece, "lookalike-letter", Severity.SECURITY_WARNING, message, edits[0].start, fix)


def _spans(source: Source, piece: _Piece) -> list[range]:
    """Where each character of the string stands in the text; an escape is one character."""
    inside = source.text[piece.start + 1 : piece.end - 1]
    offset = piece.start + 1
    return [range(offset + match.start(), offset + match.end()) for match in _ESCAPE.finditer(inside)]


def _found(
    source: Source, piece: _Piece, code: str, severity: Severity, message: str, offset: int, fix: Fix
) -> Finding:
    """Decision: the text is taken as it stands, so where RAM takes it too, to write it as it looks may allow more."""
    choices: tuple[Fix, ...] = ()
    if piece.grants and severity is not Severity.ERROR:
        choices = (replace(fix, title=f"{fix.title}, which allows what it looks like", widens=True),)
    return found(
        source,
        code,
        severity,
        message,
        offset=offset,
        path=piece.path,
        fix=None if choices else fix,
        choices=choices,
    )
