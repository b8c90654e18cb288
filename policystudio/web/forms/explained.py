"""What a document says for the page of a policy: linked sentences, the permission matrix, what one might miss.

Everything said leads to the line of the document that says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from policystudio.analysis.expected import unexpected
from policystudio.analysis.expected_words import unexpected_text
from policystudio.analysis.matrix import Row, State, matrix
from policystudio.analysis.sentences import Sentence, summary
from policystudio.catalog.model import Catalogue, Source
from policystudio.ram.document import Document
from policystudio.ram.locate import value_at
from policystudio.ram.position import pointer, pointer_parts
from policystudio.web.languages import sentence_language

_DEPTHS = {"Condition": 5}
"""How many steps of a pointer make one link: an element, or one condition entry."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence that one element says, and its line."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class LinkedSentence:
    sentence: Sentence
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A thing that is not allowed, the line of the statement that makes one expect it, and where that is documented."""

    text: str
    line: int
    confidence: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action of the matrix with the lines of the statements that say so."""

    action: str
    type: str
    state: State
    on_every: bool
    statements: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """`rows` are the types of resource that the document speaks of, `silent` the labels of the others."""

    sentences: tuple[LinkedSentence, ...]
    closing: str
    legend: str
    missing: tuple[MissingLine, ...]
    levels: tuple[str, ...]
    rows: tuple[Row, ...]
    silent: tuple[str, ...]
    actions: tuple[ActionLine, ...]


def explained(document: Document, catalogue: Catalogue) -> Explained:
    """In the reader's language."""
    language = sentence_language()
    whole, made = summary(document, catalogue, language), matrix(document, catalogue)
    lines = _Lines(document)
    return Explained(
        sentences=linked(whole.sentences, document),
        closing=whole.closing,
        legend=whole.legend,
        missing=tuple(
            MissingLine(
                unexpected_text(each, language),
                lines.line(each.path),
                each.confidence,
                tuple(catalogue.sources[source] for source in each.sources if source in catalogue.sources),
            )
            for each in unexpected(document, catalogue, made)
        ),
        levels=made.levels,
        rows=tuple(row for row in made.rows if row.is_mentioned),
        silent=tuple(row.label for row in made.rows if not row.is_mentioned),
        actions=tuple(
            ActionLine(
                entry.action,
                row.label,
                entry.state,
                entry.on_every,
                tuple((int(path.rpartition("/")[2]) + 1, lines.line(path)) for path in entry.paths),
            )
            for row in made.rows
            for cell in row.cells
            for entry in cell.entries
            if entry.state is not State.NOT_MENTIONED
        ),
    )


def linked(sentences: Iterable[Sentence], document: Document) -> tuple[LinkedSentence, ...]:
    """Sentences with their lines in a document: the one that they tell of, or what was rendered of it."""
    lines = _Lines(document)
    return tuple(LinkedSentence(each, lines.pieces(each)) for each in sentences)


class _Lines:
    """Pointers as lines of the document's text."""

    def __init__(self, document: Document) -> None:
        self._value = document.value
        self._source = document.source

    def line(self, path: str) -> int:
        """Of what the path leads to; a document that was rendered may hold only what that is in, under a new name."""
        value = value_at(self._value, path)
        while value is None and path:
            path = path.rpartition("/")[0]
            value = value_at(self._value, path)
        return self._source.place(value.start if value is not None else 0).line

    def pieces(self, sentence: Sentence) -> tuple[Piece, ...]:
        groups = groupby(sentence.parts, key=lambda part: _element(part.path))
        return tuple(Piece("".join(p.text for p in parts), self.line(path)) for path, parts in groups)


def _element(path: str) -> str:
    parts = pointer_parts(path)
    depth = _DEPTHS.get(parts[2], 3) if len(parts) > 2 else 2
    return "".join(pointer(part) for part in parts[:depth])
