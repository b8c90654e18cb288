"""Whether a single sign is missing: a quote or a bracket, with which the exact reader takes the text.

A quote that is missing turns every text after it inside out, and a tolerant reading then sees faults everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from policystudio.ram.finding import Edit, Finding, Fix, Severity, found
from policystudio.ram.position import Source
from policystudio.ram.reader import DOCUMENT_LIMITS, Json, read

MAX_CHARACTERS = 16_384
"""Longer texts are not tried, as each try reads the text once more; RAM takes fewer characters anyway."""
_MOST_TRIED = 150
_BACK = 400
"""How far before the place where the exact reader stops a sign is looked for."""
_SIGNS = '"}]{['
_EDGES = re.compile(r'(?<=[,:\[\]{}"])|(?=[,:\[\]{}"])|(?<=\s)(?=\S)|(?<=\S)(?=\s)')
_VALUES = re.compile(r'(?<=[:\[,])\s*(?=["{])')
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)


def missing_sign(source: Source, stopped_at: int, faults_in: Callable[[Source, Json], int]) -> Finding | None:
    """The one finding for the sign without which the text cannot be read; None when it is not one sign.

    `stopped_at`: where the exact reader stopped. `faults_in` counts the faults of structure; where a sign may be
    missing at several places, the one that leaves the fewest of them is meant.
    """
    if len(source.text) > MAX_CHARACTERS:
        return None
    best: tuple[int, int, str] | None = None
    for at, sign in _candidates(source.text, stopped_at):
        changed = source.text[:at] + sign + source.text[at:]
        reading = read(changed, DOCUMENT_LIMITS)
        if reading.value is None:
            continue
        count = faults_in(reading.source, reading.value)
        if best is None or count < best[0]:
            best = count, at, sign
        if count == 0:
            break
    return None if best is None else _finding(source, best[1], best[2])


def _candidates(text: str, stopped_at: int) -> Iterator[tuple[int, str]]:
    """Places and signs, those near to where the reader stopped first."""
    most = _MOST_TRIED // len(_SIGNS)
    last = min(len(text), stopped_at + 1)
    near = [match.start() for match in _EDGES.finditer(text, max(0, stopped_at - _BACK), last)]
    # That a list or an object was not opened is noticed only after all that it holds.
    values = [match.end() for match in _VALUES.finditer(text, 0, last)]
    for sign in _SIGNS:
        places = [at for at in (values if sign in "[{" else near) if at <= stopped_at]
        for at in reversed(places[-most:]):
            yield at, sign


def _finding(source: Source, at: int, sign: str) -> Finding:
    opened = _open_before(source.text, at)
    code, place = "json-syntax-error", at
    message = f"`{sign}` is missing here; add it"
    if sign == '"' and opened and source.text[opened[-1]] == '"':
        code, place, message = (
            "unclosed-bracket",
            opened[-1],
            "this string is never closed; add the closing quote",
        )
    elif sign in "]}" and opened:
        code, place = "unclosed-bracket", opened[-1]
        message = f"this `{source.text[place]}` is never closed; add `{sign}`"
    title = "add the closing quote" if code == "unclosed-bracket" and sign == '"' else f"add `{sign}`"
    fix = Fix(title, (Edit(at, at, sign),))
    return found(source, code, Severity.ERROR, message, offset=place, path=None, fix=fix)


def _open_before(text: str, end: int) -> list[int]:
    """Where the brackets and the string begin that are open at `end`."""
    opened: list[int] = []
    for token in _TOKEN.finditer(text, 0, end):
        first = token.group()[0]
        if first in "[{":
            opened.append(token.start())
        elif first in "]}":
            del opened[-1:]
        elif len(token.group()) == 1 or not token.group().endswith('"'):
            opened.append(token.start())
    return opened
