"""Recognises a finding again in reports: a looser mark than the fingerprint, which lasts while the thing itself does.

It is made of the code, the names that lead to the place, the text that stands there, and a number that tells equal ones
apart; what else the statement says is not in it, nor the content of a whole statement. No waiver may rest on it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence

from policystudio.ram.canonical import canonical
from policystudio.ram.document import Document
from policystudio.ram.finding import Finding
from policystudio.ram.locate import value_at
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import Json, JsonArray, JsonString, read
from policystudio.validation.fingerprint import HEX_DIGITS

_LINE_END = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"\w+|[^\w\s]")
_WORDS = 3
_NEAR = 100
"""How many words on each side of a place count, and in how many characters of its line they are looked for."""
_STATEMENT_DEPTH = 2


def place_marks(findings: Sequence[Finding], document: Document | None, text: str) -> tuple[str, ...]:
    """One hexadecimal mark for each of `findings`, in their order; no two are the same.

    All findings of the text must be given, since equal ones are counted. `document` is what `text` was read as, None
    when it has no structure; then what can be read of it counts, and the few words around the place where not even
    that is possible.
    """
    value = read(text).value if document is None else document.value
    lines = _LINE_END.split(text)
    known: dict[str, list[str]] = {}
    numbers: Counter[str] = Counter()
    marks = [""] * len(findings)
    for index in sorted(range(len(findings)), key=lambda i: _place(findings[i])):
        finding = findings[index]
        if value is None or finding.path is None:
            thing = _around(finding, lines)
        else:
            thing = known.get(finding.path) or known.setdefault(finding.path, _at(value, finding.path))
        subject = json.dumps([finding.code, *thing])
        marks[index] = hashlib.sha256(json.dumps([subject, numbers[subject]]).encode()).hexdigest()[
            :HEX_DIGITS
        ]
        numbers[subject] += 1
    return tuple(marks)


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.line or 0, finding.column or 0, finding.path or "", finding.message


def _at(value: Json, path: str) -> list[str]:
    """The names on the way and what stands there, where that is no more than a part of a statement."""
    parts = pointer_parts(path)
    names = [part for part in parts if not part.isdecimal()]
    is_statement = len(parts) == _STATEMENT_DEPTH and parts[-1].isdecimal()
    if not parts or parts == ["Statement"] or is_statement:
        return [*names, "whole"]
    found = value_at(value, path)
    while isinstance(found, JsonArray) and len(found.items) == 1:
        found = found.items[0]
    if isinstance(found, JsonString):
        return [*names, "text", found.text]
    return [*names, "nothing"] if found is None else [*names, "content", canonical(found)]


def _around(finding: Finding, lines: Sequence[str]) -> list[str]:
    """The names on the way, as far as they are known, and the words around the place."""
    number, column = (finding.line or 1) - 1, (finding.column or 1) - 1
    line = lines[number] if number < len(lines) else ""
    before = _WORD.findall(line[max(0, column - _NEAR) : column])[-_WORDS:]
    after = _WORD.findall(line[column : column + _NEAR])[:_WORDS]
    names = [part for part in pointer_parts(finding.path or "") if not part.isdecimal()]
    return [*names, "near", *before, "|", *after]
