"""The way in: a text becomes reports and left pieces, whatever it is. Never raises.

A text that holds no record as it stands is looked at again as what it may have been before it was pasted: with straight
quotes, as JSON where Python printed it, with its escapes taken back, with entities of markup replaced, whole where it
breaks off.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from policystudio.analysis.reported import pieces
from policystudio.analysis.reported.drafts import Where
from policystudio.analysis.reported.fields import lower, object_in
from policystudio.analysis.reported.joining import joined
from policystudio.analysis.reported.messages import read_lines
from policystudio.analysis.reported.model import LIMITS, Kind, Left, Limits, Note, Read, Reported
from policystudio.analysis.reported.pieces import Piece
from policystudio.analysis.reported.records import read_record
from policystudio.catalog.model import Catalogue

_LISTS = ("events", "records", "requests")
_QUOTES = str.maketrans("“”„‟＂\u00a0", '""""" ')
_PYTHON = re.compile(r"'|\b(?:True|False|None)\b")
_JSON = {"'": '"', "True": "true", "False": "false", "None": "null"}
_SIGNS = "\x00"
"""What is left between the letters when two bytes a letter were read as one."""


def read_reported(text: str, *, catalogue: Catalogue, limits: Limits = LIMITS) -> Read:
    """What the text says of requests, in its order, and the pieces that say nothing."""
    if len(text) > limits.max_characters:
        detail = (
            f"the text is over {limits.max_characters} characters, the most that is read; paste a part of it"
        )
        return Read((), (Left(0, len(text), "text-too-large", detail),))
    if _SIGNS in text:
        return _elsewhere(text, text.replace(_SIGNS, ""), catalogue, limits)
    best = _read(text, catalogue, limits)
    if all(each.kind is Kind.MESSAGE for each in best.reported):
        for look, other in _second_looks(text):
            best = max(best, look(other, catalogue, limits), key=_understood)
    return best


def _understood(found: Read) -> tuple[int, int]:
    """How much was understood: whole requests first, then what was no mere sentence."""
    requests = sum(each.request is not None for each in found.reported)
    return requests, sum(each.kind is not Kind.MESSAGE for each in found.reported)


def _read(text: str, catalogue: Catalogue, limits: Limits) -> Read:
    reported: list[Reported] = []
    left: list[Left] = []
    for each in _found(text, catalogue, limits):
        if isinstance(each, Left):
            left.append(each)
        elif len(reported) < limits.max_reported:
            reported.append(each)
        else:
            detail = f"more than {limits.max_reported} requests; the rest is left"
            del left[limits.max_left - 1 :]
            left.append(Left(each.start, len(text), "too-many", detail))
            break
    return Read(tuple(joined(reported)), tuple(left[: limits.max_left]))


def _found(text: str, catalogue: Catalogue, limits: Limits) -> Iterator[Reported | Left]:
    for piece in pieces.pieces(text):
        where = Where(piece.start, piece.end, catalogue, limits)
        if piece.value is None:
            yield from read_lines(text[piece.start : piece.end], where)
        else:
            for record in _records(text, piece):
                value = object_in(record.value)
                at = Where(record.start, record.end, catalogue, limits)
                if value is None:
                    detail = "this entry of a list is no object"
                    yield Left(record.start, record.end, "unknown-object", detail)
                else:
                    yield from read_record(value, at)


def _records(text: str, piece: Piece) -> Iterator[Piece]:
    """The objects of a piece: itself, or the entries of the list that it is or holds, each with its place."""
    if isinstance(piece.value, list):
        yield from pieces.items(text, piece.start)
        return
    members = lower(piece.value)
    for name in _LISTS:
        if isinstance(members.get(name), list):
            spelt = next(each for each in reversed(piece.value) if each.lower() == name)
            yield from pieces.items(text, pieces.member(text, piece.start, spelt))
            return
    yield piece


_Look = Callable[[str, Catalogue, Limits], Read]


def _second_looks(text: str) -> Iterator[tuple[_Look, str]]:
    """What the text may have been, each with how to read it."""
    straight = text.translate(_QUOTES)
    if straight != text:
        # One sign for one sign, so places stay.
        yield _read, straight
    if "{'" in text:
        # As Python prints what an SDK answered; each word is as long as its translation.
        yield _read, _PYTHON.sub(lambda found: _JSON[found.group()], text)
    if '\\"' in text:
        yield (
            lambda other, *rest: _elsewhere(text, other, *rest),
            text.replace('\\"', '"').replace("\\\\", "\\"),
        )
    if "&quot;" in text or "&#34;" in text:
        yield lambda other, *rest: _elsewhere(text, other, *rest), html.unescape(text)
    for whole in pieces.ended(text):
        yield lambda other, *rest: _broken_off(_elsewhere(text, other, *rest)), whole


def _broken_off(found: Read) -> Read:
    """The same with a note; that a call went well is not known, as its error may be what is missing."""
    detail = "the text breaks off in the middle; what would have come is not known"
    noted = (
        replace(
            each,
            is_refused=each.is_refused or None,
            notes=(*each.notes, Note("broken-off", detail, each.start, each.end)),
        )
        for each in found.reported
    )
    return replace(found, reported=tuple(noted))


def _elsewhere(text: str, changed: str, catalogue: Catalogue, limits: Limits) -> Read:
    """What the changed text says, all of it with the place of the whole text, as its own places are nobody's."""
    found = _read(changed, catalogue, limits)
    return Read(
        tuple(each.at(0, len(text)) for each in found.reported),
        tuple(each._replace(start=0, end=len(text)) for each in found.left[:1]),
    )
