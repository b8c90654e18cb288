"""Proves that documents together mean what one document means, in both directions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from time import monotonic

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

    With `denials` also whether they deny what it denies: for this every Deny is compared as if it were an Allow.
    """
    ends = deadline(limits.milliseconds)
    answers = [Answer.NO, Answer.NO, Answer.NO, Answer.NO]
    reason: Unknown | None = None
    pairs = list(_pairs(original, results, blanks, denials=denials))
    for count, (at, before, after) in enumerate(pairs):
        milliseconds = int((ends - monotonic()) * 1000 / (len(pairs) - count))
        found = compare(
            before,
            after,
            reading=reading,
            limits=replace(limits, milliseconds=max(milliseconds, 0)),
            catalogue=catalogue,
        )
        reason = reason or found.reason
        answers[at] = _worse(answers[at], found.grants_new_access)
        answers[at + 1] = _worse(answers[at + 1], found.revokes_access)
    more, less = (answers[2], answers[3]) if denials else (None, None)
    return Proof(answers[0], answers[1], more, less, scope, reason)


def _pairs(
    original: Document, results: Sequence[Document], blanks: Sequence[Blanks], *, denials: bool
) -> Iterator[tuple[int, list[Document], list[Document]]]:
    """What is compared, each with the place of its first answer."""
    for each in blanks:
        before, *after = (
            document if each == UNFILLED else filled(document, each) for document in (original, *results)
        )
        yield 0, [before], after
        if denials and any(not statement.is_allow for statement in before.statements):
            yield 2, [_denials(before)], [_denials(document) for document in after]


def _denials(document: Document) -> Document:
    return replace(
        document,
        statements=tuple(
            replace(each, effect=Effect.ALLOW) for each in document.statements if not each.is_allow
        ),
    )


def _worse(one: Answer, other: Answer) -> Answer:
    for answer in (Answer.YES, Answer.UNKNOWN):
        if answer in (one, other):
            return answer
    return Answer.NO
