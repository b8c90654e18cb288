"""Makes a document shorter without changing what it says, where that alone is enough."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.parse import parse
from policystudio.ram.patterns import covers, fold
from policystudio.ram.resources import covers_resource, is_everything, split
from policystudio.validation.alike import meaning_of
from policystudio.validation.choices.later import Later
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.choices.statements import RemoveStatements
from policystudio.validation.context import Context
from policystudio.validation.entries import covered_entries, repeated_entries
from policystudio.validation.repairs import Repair
from policystudio.validation.size import Size, measure


def shorter(document: Document, context: Context, is_enough: Callable[[Size], bool]) -> tuple[Repair, ...]:
    """Choices to take out what other entries or statements say already; none that would not be `is_enough`.

    They are worked out, and the document that they leave is measured, when somebody looks at them.
    """

    def measured(repair: Repair | None) -> Repair | None:
        fix = repair and repair.fix(document)
        left = fix and parse(fix.apply(document.source.text), document.kind).document
        if not left or not is_enough(measure(left, context.targets, context.region_mode).size):
            return None
        return repair

    return (
        Later(lambda: measured(_without_entries(document))),
        Later(lambda: measured(_without_statements(document))),
    )


def _without_entries(document: Document) -> Repair | None:
    found = {entry.path: entry for statement in document.statements for entry in _superfluous(statement)}
    title = f"Take out {len(found)} entries that others include, which removes no right"
    return Rewrite(title, tuple((entry, ()) for entry in found.values())) if found else None


def _superfluous(statement: Statement) -> Iterator[Text]:
    """Entries that stand elsewhere in their list, or that a pattern of the list includes."""
    for actions in (statement.actions, statement.not_actions):
        yield from repeated_entries(actions, fold)
        for same, _ in covered_entries(actions, covers, fold):
            yield from same
    for resources in (statement.resources, statement.not_resources):
        # What is no resource is another matter, and nobody says what such a pattern includes.
        sound = [r for r in resources if is_everything(r.text) or split(r.text) is not None]
        yield from repeated_entries(sound)
        for same, _ in covered_entries(sound, covers_resource):
            yield from same
    for condition in statement.conditions:
        yield from repeated_entries(condition.values)


def _without_statements(document: Document) -> Repair | None:
    seen: set[object] = set()
    again: list[Statement] = []
    for statement in document.statements:
        meaning = meaning_of(statement)
        if meaning in seen:
            again.append(statement)
        seen.add(meaning)
    title = "Take out the statements that repeat others, which changes nothing"
    return RemoveStatements(tuple(again), title) if again else None
