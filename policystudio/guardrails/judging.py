"""Whether one document keeps a guardrail, exactly, for all requests; with a request that shows it when it does not.

What cannot be told within the budget, or because the language leaves it open, is `unknown`, never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from policystudio.analysis.comparing import Answer, Limits, Unknown, compare, guard
from policystudio.analysis.comparing import Guardrail as Rule
from policystudio.analysis.deciding import STATED, Policies
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.guardrails.definition import Kind
from policystudio.guardrails.filling import Filled, shape_document
from policystudio.ram.document import Document, Effect, Statement
from policystudio.ram.patterns import fold, has_wildcard, meets
from policystudio.ram.resources import is_everything, resources_meet, split

LIMITS = Limits(milliseconds=400, lines=10)
"""Of one proof. A policy built to explode costs this once for each of its targets that differ."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`paths` are JSON Pointers of what is to blame, none for the document as a whole; `requests` show it."""

    answer: Answer
    paths: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    reason: str = ""

    @property
    def is_kept(self) -> bool:
        """Decision: what cannot be told counts as broken, as a wrong release costs more than a refused one."""
        return self.answer is Answer.NO


KEPT = Outcome(Answer.NO)


class _OutOfTime(Exception):
    """Carries an answer past the memory."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


def judge(text: str, rule: Filled) -> Outcome:
    """Whether the document `text` breaks the guardrail. Raises nothing; an unreadable text is `unknown`.

    Answers are remembered, but for those that ran out of time: a less busy moment may have another.
    """
    try:
        return _judge(text, rule)
    except _OutOfTime as late:
        return late.outcome


@lru_cache(maxsize=4096)
def _judge(text: str, rule: Filled) -> Outcome:
    document = read_given(text).document
    if document is None:
        return Outcome(Answer.UNKNOWN, reason="unreadable")
    outcome = _KINDS[rule.kind](document, rule)
    if outcome.reason.startswith("out-of-time"):
        raise _OutOfTime(outcome)
    return outcome


def _never(document: Document, rule: Filled) -> Outcome:
    unless = tuple(_statement(text) for text in rule.unless)
    return _guarded(document, rule.never, unless)


def _guarded(document: Document, never: str, unless: tuple[Statement, ...] = ()) -> Outcome:
    verdict = guard([document], Rule(_statement(never), unless), limits=LIMITS)
    paths = _once(
        cause.place.path
        for breach in verdict.breaches
        for cause in breach.causes
        if cause.side != "rule" and cause.place.path
    )
    requests = (verdict.witness.request,) if verdict.witness else ()
    return Outcome(verdict.is_broken, paths or _allowing(document, requests), requests, _said(verdict.reason))


def _allowing(document: Document, requests: Iterable[Request]) -> tuple[str, ...]:
    """The statements that allow a request, for a search that found one and came to no end."""
    return _once(
        statement.path
        for request in requests
        for statement in document.statements
        if statement.is_allow
        and Policies.of([replace(document, statements=(statement,))], STATED).bounds(request).is_allowed
    )


def _separation(document: Document, rule: Filled) -> Outcome:
    one = _guarded(document, rule.never)
    if one.is_kept:
        return KEPT
    two = _guarded(document, rule.other)
    if two.is_kept:
        return KEPT
    is_certain = one.answer is Answer.YES and two.answer is Answer.YES
    return Outcome(
        Answer.YES if is_certain else Answer.UNKNOWN,
        _once((*one.paths, *two.paths)),
        (*one.requests, *two.requests) if is_certain else (),
        "" if is_certain else one.reason or two.reason,
    )


def _deny_floor(document: Document, rule: Filled) -> Outcome:
    """Broken when the floor reaches beyond what the Deny statements match: compared as if these allowed."""
    denying = tuple(
        replace(statement, effect=Effect.ALLOW) for statement in document.statements if not statement.is_allow
    )
    floor = shape_document(rule.never)
    found = compare([replace(document, statements=denying)], [floor], limits=LIMITS)
    requests = (found.witness.request,) if found.witness else ()
    return Outcome(found.grants_new_access, (), requests, _said(found.reason))


def _exact_actions(document: Document, rule: Filled) -> Outcome:
    paths = _once(
        entry.path
        for statement in document.statements
        if statement.is_allow
        for entry in (*statement.actions, *statement.not_actions)
        if has_wildcard(entry.text) or statement.not_actions
    )
    return Outcome(Answer.YES, paths) if paths else KEPT


def _long_names(document: Document, rule: Filled) -> Outcome:
    shape = _statement(rule.never)
    paths: list[str] = []
    for statement in document.statements:
        if not statement.is_allow or not _shares_an_action(statement, shape):
            continue
        paths += [entry.path for entry in statement.not_resources]
        paths += [
            entry.path
            for entry in statement.resources
            if any(_meet(entry.text, other.text) for other in shape.resources)
            and _leading(entry.text) < rule.characters
        ]
    return Outcome(Answer.YES, _once(paths)) if paths else KEPT


def _meet(one: str, other: str) -> bool:
    return is_everything(one) or is_everything(other) or resources_meet(one, other)


def _shares_an_action(statement: Statement, shape: Statement) -> bool:
    """Whether it may allow one of the actions; `NotAction` is taken to."""
    if statement.not_actions:
        return True
    return any(
        meets(fold(mine.text), fold(theirs.text)) for mine in statement.actions for theirs in shape.actions
    )


def _leading(resource: str) -> float:
    """How many characters of the name stand before its first wildcard, behind the type; a whole name has enough."""
    parts = split(resource)
    if parts is None:
        return 0
    if not has_wildcard(parts.relative_id):
        return float("inf")
    before = parts.relative_id.split("*")[0].split("?")[0]
    return len(before.partition("/")[2])


_KINDS = {
    Kind.NEVER: _never,
    Kind.SEPARATION: _separation,
    Kind.DENY_FLOOR: _deny_floor,
    Kind.EXACT_ACTIONS: _exact_actions,
    Kind.LONG_NAMES: _long_names,
}


def _statement(text: str) -> Statement:
    return shape_document(text).statements[0]


def _once(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(paths))


def _said(reason: Unknown | None) -> str:
    """Why it cannot be told: the code, what it is about, and the patterns or entries to blame."""
    if reason is None:
        return ""
    return " ".join(filter(None, (reason.reason, reason.dimension, *map(str, reason.patterns[:8]))))
