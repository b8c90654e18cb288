"""Blanks in Chinese sentences: one between a Chinese character and a value or Latin word beside it, and no other."""

from __future__ import annotations

import re

from policystudio.analysis.sentences.pieces import Parts
from policystudio.analysis.sentences.sentence import Part

_PIECE = re.compile(r"`[^`]*`|[^`\s]+|\s+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z0-9`]")
_WIDE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def typeset(parts: Parts) -> Parts:
    """The parts with these blanks. What stands between backticks stays as it is."""
    found: Parts = []
    before, typed = "", ""
    for part in parts:
        text = ""
        for piece in _PIECE.findall(part.text):
            if piece.isspace():
                typed = piece
                continue
            text += _blank(before, piece[0], typed) + (piece if piece[0] == "`" else _set_apart(piece))
            before, typed = piece[-1], ""
        found.append(Part(text, part.path))
    return found


def _blank(before: str, after: str, typed: str) -> str:
    """What stands between two characters, given the blanks there."""
    if not before:
        return ""
    if (_HAN.match(before) and _LATIN.match(after)) or (_LATIN.match(before) and _HAN.match(after)):
        return " "
    return "" if _WIDE.match(before) or _WIDE.match(after) else typed


def _set_apart(piece: str) -> str:
    """A run of characters without blanks, with those that it lacks."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])", " ", piece)
