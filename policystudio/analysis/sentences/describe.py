"""Describes documents: clause by clause in a language, with what wildcards reach, and the document as a whole."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from policystudio.analysis.sentences import chinese, english
from policystudio.analysis.sentences.clause import Clause, Comparison, Do, Group, If, Match
from policystudio.analysis.sentences.pieces import Parts
from policystudio.analysis.sentences.sentence import Reach, Sentence, Summary
from policystudio.analysis.sentences.understand import understand, understand_condition
from policystudio.catalog.lookup import expand, types_reached
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Condition, Document, Effect, Statement
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.resources import is_everything, split


class Language(StrEnum):
    ENGLISH = "en"
    CHINESE = "zh-hans"


class _Voice(NamedTuple):
    say: Callable[[Clause], Parts]
    condition: Callable[[If], Parts]
    closing: str
    legend: str


_VOICES = {
    Language.ENGLISH: _Voice(english.say, english.condition_in_words, english.CLOSING, english.LEGEND),
    Language.CHINESE: _Voice(chinese.say, chinese.condition_in_words, chinese.CLOSING, chinese.LEGEND),
}


def describe(
    document: Document, catalogue: Catalogue, language: Language = Language.ENGLISH
) -> tuple[Sentence, ...]:
    """One sentence per statement, in the document's order. Never raises, whatever the statements hold."""
    return tuple(_sentence(statement, catalogue, language) for statement in document.statements)


def summary(document: Document, catalogue: Catalogue, language: Language = Language.ENGLISH) -> Summary:
    """The document as a whole: Deny statements first, as they win, and each kind in the document's order."""
    clauses = [understand(statement, catalogue) for statement in document.statements]
    sentences = sorted(describe(document, catalogue, language), key=lambda each: each.effect is Effect.ALLOW)
    voice = _VOICES[language]
    return Summary(
        tuple(sentences), voice.closing, voice.legend if any(map(_quotes_wildcard, clauses)) else ""
    )


def condition_text(condition: Condition, language: Language = Language.ENGLISH) -> str:
    """One condition in words, without the "if"."""
    return "".join(part.text for part in _VOICES[language].condition(understand_condition(condition)))


def _quotes_wildcard(clause: Clause) -> bool:
    """Whether the sentence has a pattern in it that is to be read as one."""
    fields = [
        field
        for place in clause.places
        if isinstance(place, Group)
        for thing in place.things
        for field in (place.region, place.account, thing.name, thing.service)
    ]
    return (
        any(act.kind in (Do.FITS, Do.FITS_ANY_SERVICE) for act in clause.acts)
        or any(field is not None and field.match is Match.FITS for field in fields)
        or any(condition.comparison is Comparison.FITS for condition in clause.conditions)
    )


def _sentence(statement: Statement, catalogue: Catalogue, language: Language) -> Sentence:
    parts = _VOICES[language].say(understand(statement, catalogue))
    return Sentence(
        statement.index, statement.path, statement.effect, tuple(parts), _reaches(statement, catalogue)
    )


def _reaches(statement: Statement, catalogue: Catalogue) -> tuple[Reach, ...]:
    reached = _types(statement, catalogue)
    found = []
    for pattern in dict.fromkeys(a.text for a in statement.actions):
        if not has_wildcard(pattern):
            continue
        actions = [action for action in expand(catalogue, pattern) if action.authorization_required]
        found.append(
            Reach(
                pattern,
                tuple(a.name for a in actions if reached is None or a.usable_with(reached)),
                tuple(a.name for a in actions if reached is not None and not a.usable_with(reached)),
            )
        )
    return tuple(found)


def _types(statement: Statement, catalogue: Catalogue) -> frozenset[str] | None:
    """The resource types that the statement reaches; None when every type is, or when it cannot be told."""
    if not statement.resources:
        return None
    types: set[str] = set()
    for resource in statement.resources:
        if is_everything(resource.text):
            return None
        fields = split(resource.text)
        if fields is None or has_wildcard(fields.service):
            return None
        if fields.service == catalogue.service:
            types |= types_reached(catalogue, fields.relative_id)
    return frozenset(types)
