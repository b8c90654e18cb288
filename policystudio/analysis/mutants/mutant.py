"""A small edit of a document: one statement changed or dropped, said in words, at the place where it was made.

Each file below `kinds/` defines MUTATION with the edits of its kind. They are made on the statements, not on the text:
what is asked of a mutant are decisions only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from policystudio.catalog.model import Catalogue
from policystudio.discovery import discover
from policystudio.ram.document import Condition, Document, Statement, Text


class Edit(NamedTuple):
    """What a kind makes of a statement, None where it is dropped; `before` and `after` are the texts in question."""

    pointer: str
    statement: Statement | None
    before: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A kind of edit. `words` say one, with `{before}` and `{after}`; `edits` makes all of a statement."""

    words: str
    edits: Callable[[Statement, Catalogue], Iterable[Edit]]


@dataclass(frozen=True, slots=True)
class Mutant:
    """One edit of a document: `code` is that of its kind, `index` the statement's, None in its place: it is dropped."""

    code: str
    pointer: str
    index: int
    statement: Statement | None
    before: str
    after: str

    @property
    def said(self) -> str:
        """What was changed."""
        return kinds()[self.code].words.format(before=f"`{self.before}`", after=f"`{self.after}`")

    def of(self, document: Document) -> Document:
        """The document with the edit; its text stays that of the original."""
        changed = [self.statement if each.index == self.index else each for each in document.statements]
        return replace(document, statements=tuple(each for each in changed if each is not None))


@cache
def kinds() -> dict[str, Mutation]:
    """Code → kind, by file name."""
    found = discover("policystudio.analysis.mutants.kinds", "MUTATION", Mutation)
    return {name.replace("_", "-"): mutation for name, mutation in found.items()}


def mutants(document: Document, catalogue: Catalogue) -> Iterator[Mutant]:
    """Every mutant, by statement, then by kind."""
    for statement in document.statements:
        for code, mutation in kinds().items():
            for edit in mutation.edits(statement, catalogue):
                yield Mutant(code, edit.pointer, statement.index, edit.statement, edit.before, edit.after)


def other(text: Text, becomes: str) -> Text:
    """Another text in the same place."""
    return text._replace(text=becomes)


def without(texts: tuple[Text, ...], at: int) -> tuple[Text, ...]:
    """The list without one entry."""
    return texts[:at] + texts[at + 1 :]


def with_condition(statement: Statement, at: int, *changed: Condition) -> Statement:
    """The statement with another condition in the place of one, or with none."""
    kept = (*statement.conditions[:at], *changed, *statement.conditions[at + 1 :])
    return replace(statement, conditions=kept)
