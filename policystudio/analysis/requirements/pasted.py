"""Requests out of a pasted text: typed lines, JSON or trail events, each request once with how often it was seen.

A call that was refused is not proof that it must be allowed: what was only ever refused is told apart, and whoever asks
chooses. Reading the text is left to `reported`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from policystudio.analysis.reported import Left, Reported, read_reported
from policystudio.analysis.request import Request
from policystudio.analysis.requirements.limits import Limits
from policystudio.analysis.requirements.typed import TypedLine, lines_of
from policystudio.catalog.model import Catalogue

_STATED_LIMITS = Limits()


class Gap(NamedTuple):
    """A piece of the text that gives no request; `start` and `end` count code points."""

    start: int
    end: int
    code: str
    detail: str


@dataclass(slots=True)
class Seen:
    """A request, how often it was seen, how often of these it was refused, and what was assumed of it.

    `id` is the same for the same request, in whatever text it stands.
    """

    id: str
    request: Request
    times: int = 0
    refused: int = 0
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def is_refused(self) -> bool:
        """Whether it was refused every time."""
        return self.refused == self.times


@dataclass(frozen=True, slots=True)
class Pasted:
    """The requests in the order of their first appearance, and what was not understood."""

    seen: tuple[Seen, ...]
    gaps: tuple[Gap, ...]


def read_pasted(text: str, catalogue: Catalogue, limits: Limits = _STATED_LIMITS) -> Pasted:
    """The requests of a text. Never raises; what is no request is a gap."""
    found: dict[str, Seen] = {}
    gaps: list[Gap] = []
    for start, end, given in _given(text, catalogue):
        if isinstance(given, Gap):
            gaps.append(given)
            continue
        request = (
            given if isinstance(given, Request) else Request(given.action, given.resource, given.context)
        )
        number = id_of(request)
        if number not in found and len(found) >= limits.requests:
            detail = f"only the first {limits.requests} different requests are read; paste fewer"
            gaps.append(Gap(start, end, "too-many", detail))
            break
        seen = found.setdefault(number, Seen(number, request))
        seen.times += 1
        if isinstance(given, Reported):
            seen.refused += given.is_refused is True
            seen.notes.update((note.code, note.detail) for note in given.notes if note.code not in _TOLD)
    return Pasted(tuple(found.values()), tuple(gaps))


def counted(requests: Iterable[Request]) -> Pasted:
    """The same of requests that came as such; nothing is known of whether they were refused."""
    found: dict[str, Seen] = {}
    for request in requests:
        number = id_of(request)
        found.setdefault(number, Seen(number, request)).times += 1
    return Pasted(tuple(found.values()), ())


def _given(text: str, catalogue: Catalogue) -> Iterator[tuple[int, int, Request | Reported | Gap]]:
    """Every request, report and gap in the order of the text, with its place."""
    for part in lines_of(text):
        if isinstance(part, TypedLine):
            gap = Gap(part.start, part.end, "malformed-line", part.fault)
            yield part.start, part.end, part.request or gap
            continue
        read = read_reported(part.text, catalogue=catalogue)
        reports = [(each.start, each.end, _gap(each, part.start) or each) for each in read.reported]
        left = [(each.start, each.end, _left(each, part.start)) for each in read.left]
        for start, end, given in sorted([*reports, *left], key=lambda each: each[:2]):
            yield part.start + start, part.start + end, given


_TOLD = ("no-resource", "unknown-action")
"""Notes on what deriving tells by itself, and in more detail."""


def _gap(each: Reported, offset: int) -> Gap | None:
    """Why this report gives no request, if it does not."""
    if not each.action:
        detail = "the text does not say which action was called; write it"
        return Gap(offset + each.start, offset + each.end, "no-action", detail)
    if each.relative_id and not each.resource:
        note = next((note for note in each.notes if note.code == "no-place"), None)
        detail = note.detail if note else "the text does not say where the resource is"
        return Gap(
            offset + each.start, offset + each.end, "no-place", f"{detail}; write the resource in full"
        )
    return None


def _left(each: Left, offset: int) -> Gap:
    return Gap(offset + each.start, offset + each.end, each.code, each.detail)


def id_of(request: Request) -> str:
    """Twelve hexadecimal digits for a request."""
    written = json.dumps([request.action, request.resource, sorted(request.context.items())])
    return hashlib.sha256(written.encode()).hexdigest()[:12]
