"""Requests that are typed one on a line: `kms:Decrypt acs:kms:… acs:SourceIp=203.0.113.7`.

The action comes first, then the resource where it has one, then what is carried. What only begins like that is told as
a fault of its line: taken as a sentence, it would lose what it carries, and the document would allow too much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policystudio.analysis.request import WITHOUT_RESOURCE, Request
from policystudio.ram.finding import shown

_LINE = re.compile(r"[^\n]+")
_ACTION = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,40}:[A-Za-z*?][A-Za-z0-9*?]{0,80}")


class TypedLine(NamedTuple):
    """A line of this form with its place; `fault` says what is wrong with it, and the request is None then."""

    start: int
    end: int
    request: Request | None
    fault: str


class OtherText(NamedTuple):
    """What stands between such lines."""

    start: int
    text: str


def lines_of(text: str) -> Iterator[TypedLine | OtherText]:
    """The typed lines of a text and all that stands between them, in order."""
    at = 0
    for line in _LINE.finditer(text):
        typed = _typed(line)
        if typed is None:
            continue
        yield from _between(text, at, line.start())
        yield typed
        at = line.end()
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[OtherText]:
    part = text[start:end]
    if part.strip():
        yield OtherText(start, part)


def _typed(line: re.Match[str]) -> TypedLine | None:
    # A long line is a pasted record, and its first word need not be looked for in all of it.
    first = line.group()[:200].split(maxsplit=1)[:1]
    if not first or not _ACTION.fullmatch(first[0]):
        return None
    action, *words = line.group().split()
    resource = ""
    if (words and "=" not in words[0]) or (words and words[0].startswith("acs:") and words[0].count(":") > 3):
        resource, *words = words
    if (
        not resource.startswith("acs:")
        and resource != WITHOUT_RESOURCE
        and any("=" not in word for word in words)
    ):
        return None  # a sentence
    context: dict[str, str] = {}
    for word in words:
        key, sign, value = word.partition("=")
        if not sign or key in context:
            why = "is no `key=value`; write a text with blanks as JSON" if not sign else "is given twice"
            return TypedLine(line.start(), line.end(), None, f"{shown(word if not sign else key)} {why}")
        context[key] = value
    return TypedLine(line.start(), line.end(), Request(action, resource, context), "")
