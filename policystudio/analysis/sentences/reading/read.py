"""From sentences to a document: reads a text line by line and gathers every problem; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.sentences.describe import Language, describe
from policystudio.analysis.sentences.reading import chinese, english
from policystudio.analysis.sentences.reading.expecting import not_expected, wrong_value
from policystudio.analysis.sentences.reading.grammar import Grammar
from policystudio.analysis.sentences.reading.problem import Fault, Problem
from policystudio.analysis.sentences.reading.reader import Flaw, Reader, Stopped
from policystudio.analysis.sentences.reading.sentence import statement
from policystudio.analysis.sentences.reading.tokens import Token, tokens_of
from policystudio.catalog.model import Catalogue
from policystudio.ram.canonical import text_of
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse

MAX_CHARACTERS = 262_144
"""Longer texts are not read."""
MAX_PROBLEMS = 50
"""After so many, reading stops."""
GRAMMARS = {Language.ENGLISH: english.grammar, Language.CHINESE: chinese.grammar}
_BULLET = re.compile(r"\s*(?:[-*•–]|\d+[.)、])\s+")


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """One sentence that was read. `text` is its statement as canonical JSON; offsets are those of the sentence."""

    text: str
    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadBack:
    """`source` is the document in canonical form, or None when there is a problem."""

    source: str | None
    statements: tuple[ReadStatement, ...]
    problems: tuple[Problem, ...]


def read(text: str, language: Language, catalogue: Catalogue) -> ReadBack:
    """The document that the sentences say, one on each line or one behind the other. Never raises.

    What is said is kept exactly: reading what `summary` says of a document gives one that allows and denies the same.
    What a sentence does not say is not kept: `Sid`, `Principal`, the order of keys and statements, repetitions, the
    spelling of a known action, `StringLike` where no wildcard stands, `*?` for `?*`, and `True` for `true`.
    """
    if len(text) > MAX_CHARACTERS:
        return ReadBack(None, (), (Problem(Fault.TOO_LONG, 1, 1, 0, 0, str(MAX_CHARACTERS)),))
    statements: list[ReadStatement] = []
    values: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, start, line in lines_of(text):
        for found in _sentences(line, start, GRAMMARS[language](), catalogue):
            if not isinstance(found, Flaw):
                value, begin, end = found
                statements.append(ReadStatement(text_of(value), number, begin, end))
                values.append(value)
            else:
                problems.append(_placed(found, number, start))
        if len(problems) >= MAX_PROBLEMS:
            return ReadBack(None, tuple(statements), (*problems[:MAX_PROBLEMS], _too_many(number, start)))
    if not problems and not values:
        verbs = tuple(text.strip() for text in GRAMMARS[language]().verbs.following)
        problems.append(Problem(Fault.NOTHING, 1, 1, 0, 0, expected=verbs))
    if problems:
        return ReadBack(None, tuple(statements), tuple(problems))
    source = text_of({"Version": "1", "Statement": values})
    refused = _refused(source, statements)
    return ReadBack(None if refused else source, tuple(statements), tuple(refused))


def said_back(found: ReadBack, language: Language, catalogue: Catalogue) -> tuple[str, ...]:
    """What was read, in the grammar's own wording: a sentence for each statement; empty where it makes no document."""
    values = ",".join(each.text for each in found.statements)
    document = parse(f'{{"Version": "1", "Statement": [{values}]}}', any_operator=True).document
    if document is None:
        return ("",) * len(found.statements)
    return tuple(sentence.text for sentence in describe(document, catalogue, language))


def lines_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Number, offset and text of each line."""
    start = 0
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        yield number, start, line
        start += len(line) + (2 if text.startswith("\r\n", start + len(line)) else 1)


def tokens_of_line(line: str, start: int) -> tuple[Token, ...]:
    """The tokens of a line without what marks it as one of a list."""
    bullet = _BULLET.match(line)
    skipped = bullet.end() if bullet else 0
    return tokens_of(line[skipped:], start + skipped)


def skip_closing(reader: Reader, grammar: Grammar) -> None:
    """Take what ends a summary and says nothing of a statement."""
    while any(reader.skip(node) for node in grammar.closing):
        pass


def _sentences(
    line: str, start: int, grammar: Grammar, catalogue: Catalogue
) -> Iterator[tuple[dict[str, Any], int, int] | Flaw]:
    """Each sentence of a line as a statement with its offsets, or what is wrong with it; ends after a fault."""
    tokens = tokens_of_line(line, start)
    broken = next((token for token in tokens if token.wrong is not None), None)
    if broken is not None:
        yield wrong_value(broken, line[broken.start - start : broken.end - start])
        return
    reader = Reader(tokens, catalogue, grammar.words)
    while True:
        skip_closing(reader, grammar)
        if reader.is_at_end:
            return
        first, begin = reader.at, reader.here
        try:
            made = statement(reader, grammar)
        except Stopped:
            # Where a sentence breaks off, the resources may still come.
            yield from (flaw for flaw in reader.flaws if flaw.fault is not Fault.NO_RESOURCES)
            yield not_expected(reader, grammar, first)
            return
        if reader.flaws:
            yield from reader.flaws
            reader.flaws.clear()
        else:
            yield made, begin, reader.behind


def _placed(flaw: Flaw, line: int, line_start: int) -> Problem:
    return Problem(
        flaw.fault,
        line,
        flaw.start - line_start + 1,
        flaw.start,
        flaw.end,
        flaw.subject,
        flaw.expected,
        flaw.choices,
    )


def _too_many(line: int, line_start: int) -> Problem:
    return Problem(Fault.TOO_MANY, line, 1, line_start, line_start, str(MAX_PROBLEMS))


def _refused(source: str, statements: Sequence[ReadStatement]) -> list[Problem]:
    """Why the document cannot be one, at the sentences that say it.

    Operators without a documented meaning are no reason here: the sentence says that they have none.
    """
    parsed = parse(source, any_operator=True)
    if parsed.document is not None:
        return []
    found: list[Problem] = []
    for finding in parsed.findings:
        if finding.severity is Severity.ERROR and len(found) < MAX_PROBLEMS:
            place = re.match(r"/Statement/(\d+)", finding.path or "")
            said = statements[int(place[1]) if place else 0]
            found.append(Problem(Fault.REFUSED, said.line, 1, said.start, said.end, finding.message))
    return found
