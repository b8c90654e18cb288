"""Proves that documents together mean what one document means, in both directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import NamedTuple

from policystudio.analysis.access.filling import UNFILLED, Blanks, filled
from policystudio.analysis.comparing import Answer, Limits, Unknown, compare
from policystudio.analysis.comparing.limits import deadline
from policystudio.analysis.deciding import Reading
from policystudio.analysis.minimising.answers import Proof, Scope
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document, Effect


def proved(
    original: Document,
    results: Sequence[Document],
    blanks: Sequence[Blanks],
    scope: Scope,
    *,
    denials: bool,
    catalogue: Catalogue,
    reading: Reading,
    limits: Limits,
) -> Proof:
    """Whether the results together allow what the original allows, in each of the worlds; `limits` hold for all.

    With `denials` also whether they deny what it denies: for this every Deny is compared as if it were an Allow. Where
    that is proved, what is allowed is compared with the Denies of the original on both sides, as they say the same.
    """
    ends = deadline(limits.milliseconds)
    left = len(blanks) * (1 + denials)
    reasons: list[Unknown] = []

    def asked(before: Sequence[Document], after: Sequence[Document]) -> _Answers:
        nonlocal left
        milliseconds = max(0, int((ends - monotonic()) * 1000 / left))
        left -= 1
        own = replace(limits, milliseconds=milliseconds)
        found = compare(before, after, reading=reading, limits=own, catalogue=catalogue)
        reasons.extend([found.reason] if found.reason else [])
        return _Answers(found.grants_new_access, found.revokes_access)

    access, denied = _Answers(Answer.NO, Answer.NO), _Answers(Answer.NO, Answer.NO)
    for each in blanks:
        before, *after = (
            document if each == UNFILLED else filled(document, each) for document in (original, *results)
        )
        here = _Answers(Answer.NO, Answer.NO)
        if denials:
            here = asked([_denials(before)], [_denials(document) for document in after])
            denied = denied.with_worse(here)
        if denials and here.is_same:
            after = [_of(document, Effect.ALLOW) for document in after] + [_of(before, Effect.DENY)]
        access = access.with_worse(asked([before], after))
    reason = reasons[0] if reasons else None
    more, less = denied if denials else (None, None)
    return Proof(*access, more, less, scope, reason)


class _Answers(NamedTuple):
    """Whether there is more, and whether there is less."""

    more: Answer
    less: Answer

    @property
    def is_same(self) -> bool:
        return self.more is self.less is Answer.NO

    def with_worse(self, other: _Answers) -> _Answers:
        return _Answers(_worse(self.more, other.more), _worse(self.less, other.less))


def _of(document: Document, effect: Effect) -> Document:
    return replace(document, statements=tuple(each for each in document.statements if each.effect is effect))


def _denials(document: Document) -> Document:
    denying = _of(document, Effect.DENY)
    return replace(
        denying, statements=tuple(replace(each, effect=Effect.ALLOW) for each in denying.statements)
    )


def _worse(one: Answer, other: Answer) -> Answer:
    for answer in (Answer.YES, Answer.UNKNOWN):
        if answer in (one, other):
            return answer
    return Answer.NO
