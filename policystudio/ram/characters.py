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
from itertools import islice
from typing import NamedTuple

from policystudio.ram.canonical import quoted
from policystudio.ram.document import Effect
from policystudio.ram.finding import MAX_EDITS, Edit, Finding, Fix, Severity, found
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


class _Odd(NamedTuple):
    """What is odd of one kind in one string."""

    code: str
    severity: Severity
    message: str
    title: str
    places: list[tuple[range, str]]
    """Each place in the string, and what belongs there."""


def odd_characters(source: Source, value: Json) -> list[Finding]:
    """Findings on the texts and names of a value that the exact reader has read.

    Repairs are offered while they need no more than `MAX_EDITS` edits together; what has more of them says how many.
    """
    if source.text.isascii() and "&" not in source.text and "\\u" not in source.text:
        return []
    findings: list[Finding] = []
    left = MAX_EDITS
    for piece in _pieces(value, ()):
        for odd in _odd(piece):
            fits = len(odd.places) <= left
            left -= len(odd.places) if fits else 0
            findings.append(_found(source, piece, odd, fits))
    return findings


def is_unseen(char: str) -> bool:
    """Whether `char` leaves no mark on the page, or a gap that is not the plain space's."""
    return not char.isascii() and (char in _UNSEEN or unicodedata.category(char) in ("Cf", "Zl", "Zp", "Zs"))


def _is_gap(char: str) -> bool:
    return unicodedata.category(char) == "Zs"


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


def _odd(piece: _Piece) -> Iterator[_Odd]:
    """What is odd in a string, each kind with all its places."""
    if "&" in piece.text:
        yield from _entities(piece.text)
    if not piece.text.isascii():
        yield from _unseen(piece.text)
        yield from _alike(piece.text)


def _entities(text: str) -> Iterator[_Odd]:
    places = [(range(*match.span()), unescape(match.group())) for match in _ENTITY.finditer(text)]
    if places:
        where = places[0][0]
        message = f"`{text[where.start : where.stop]}` is left from a copied page; write the character itself"
        title = "replace entities by their characters"
        yield _Odd("html-entity-in-text", Severity.ERROR, message, title, places)


def _unseen(text: str) -> Iterator[_Odd]:
    instead = {char: " " if _is_gap(char) else "" for char in set(text) if is_unseen(char)}
    places = [
        (range(index, index + 1), instead[char])
        for index, char in enumerate(text if instead else "")
        if char in instead
    ]
    if places:
        first = text[places[0][0].start]
        what = "looks like a plain space and is none" if _is_gap(first) else "cannot be seen"
        message = f"U+{ord(first):04X} in this text {what}, so the text is not what it seems; replace it"
        title = "replace what cannot be seen"
        yield _Odd("invisible-character-in-value", Severity.SECURITY_WARNING, message, title, places)


def _alike(text: str) -> Iterator[_Odd]:
    places = [(range(index, index + 1), _ALIKE[text[index]]) for index in look_alikes(text)]
    if places:
        char = text[places[0][0].start]
        name = unicodedata.name(char, "a foreign letter").lower()
        message = f"U+{ord(char):04X} ({name}) looks like `{_ALIKE[char]}` and is none; write the Latin one"
        yield _Odd("lookalike-letter", Severity.SECURITY_WARNING, message, "write Latin letters", places)


def _spans(source: Source, piece: _Piece) -> Iterator[range]:
    """Where each character of the string stands in the text; an escape is one character."""
    for match in _ESCAPE.finditer(source.text, piece.start + 1, piece.end - 1):
        yield range(*match.span())


def _found(source: Source, piece: _Piece, odd: _Odd, fits: bool) -> Finding:
    """`fits` tells whether the repair has room among those that are offered of the text.

    Decision: the text is taken as it stands, so where RAM takes it too, to write it as it looks may allow more.
    """
    if not fits:
        message = f"{odd.message} ({len(odd.places)} places in this text)"
        offset = next(islice(_spans(source, piece), odd.places[0][0].start, None)).start
        return found(source, odd.code, odd.severity, message, offset=offset, path=piece.path)
    spans = list(_spans(source, piece))
    edits = tuple(
        Edit(spans[where.start].start, spans[where.stop - 1].stop, quoted(instead)[1:-1])
        for where, instead in odd.places
    )
    fix = Fix(odd.title, edits)
    choices: tuple[Fix, ...] = ()
    if piece.grants and odd.severity is not Severity.ERROR:
        choices = (replace(fix, title=f"{fix.title}, which allows what it looks like", widens=True),)
    return found(
        source,
        odd.code,
        odd.severity,
        odd.message,
        offset=edits[0].start,
        path=piece.path,
        fix=None if choices else fix,
        choices=choices,
    )
