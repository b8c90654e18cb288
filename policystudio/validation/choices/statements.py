"""Takes statements out, merges two into one, or makes two of one."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.ram.document import Document, Statement
from policystudio.ram.finding import Edit, Fix
from policystudio.ram.reader import JsonArray
from policystudio.validation.choices.lists import removed_statements
from policystudio.validation.choices.together import edits_of
from policystudio.validation.repairs import Add, Repair, value_at


@dataclass(frozen=True, slots=True)
class RemoveStatements:
    """Take statements out of the document, unless none would be left. Of a Deny this allows more."""

    statements: tuple[Statement, ...]
    title: str = "Remove the statement"

    def fix(self, document: Document) -> Fix | None:
        edits = removed_statements(document, [statement.index for statement in self.statements])
        return Fix(self.title, edits) if edits else None


@dataclass(frozen=True, slots=True)
class Merge:
    """Add the entries of one list of `later` to `earlier`, which says the same otherwise, and take `later` out."""

    earlier: Statement
    later: Statement
    element: str
    texts: tuple[str, ...]
    title: str

    def fix(self, document: Document) -> Fix | None:
        removal = removed_statements(document, [self.later.index])
        if removal is None or not self.texts:
            return None
        addition = Add(self.earlier, self.element, self.texts).fix(document)
        return addition and Fix(self.title, (*addition.edits, *removal))


@dataclass(frozen=True, slots=True)
class Split:
    """Make two of a statement: the one in place after the repairs `here`, and behind it a copy after `there`."""

    statement: Statement
    here: tuple[Repair, ...]
    there: tuple[Repair, ...]
    title: str

    def fix(self, document: Document) -> Fix | None:
        here, there = edits_of(self.here, document), edits_of(self.there, document)
        if here is None or there is None or not all(map(self._is_inside, (*here, *there))):
            return None
        start, end, source = self.statement.start, self.statement.end, document.source.text
        shifted = tuple(Edit(edit.start - start, edit.end - start, edit.text) for edit in there)
        copy = Fix("", shifted).apply(source[start:end])
        return Fix(self.title, (*here, Edit(end, end, self._gap(document) + copy)))

    def _is_inside(self, edit: Edit) -> bool:
        return self.statement.start < edit.start and edit.end < self.statement.end

    def _gap(self, document: Document) -> str:
        """What stands between two statements, as the author writes it."""
        statements = value_at(document, "/Statement")
        assert isinstance(statements, JsonArray)  # so says the schema
        items, source = statements.items, document.source.text
        if len(items) > 1:
            return source[items[0].end : items[1].start]
        before = source[statements.start + 1 : items[0].start]
        return "," + (before or " ")
