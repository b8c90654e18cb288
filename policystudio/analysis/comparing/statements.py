"""A statement as the comparison sees it: folded actions, split resources, typed condition entries.

What has no reading (set operators, unknown operators, values that cannot be read) is kept apart as *undetermined*.
Source: analysis design, section 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from policystudio.ram.document import Condition, Document, Statement
from policystudio.ram.operators import all_operators, split_operator
from policystudio.ram.patterns import fold, normal
from policystudio.ram.resources import is_everything, split

STAR = ("*", "*", "*", "*")


class Row(NamedTuple):
    """A resource pattern by its fields, wildcards in normal form; `is_star` marks the lone `*`."""

    fields: tuple[str, str, str, str]
    is_star: bool
    text: str


class Entry(NamedTuple):
    """One condition entry with a reading: `values` are sorted, each once; `base` is the operator without its Not."""

    key: str
    family: str
    operator: str
    values: tuple[str, ...]
    is_negated: bool


class Unsure(NamedTuple):
    """An entry without a reading, word for word but for the order of its values."""

    operator: str
    key: str
    values: tuple[str, ...]


class Place(NamedTuple):
    """A statement of a list of documents: the index of the document, and the JSON Pointer in it."""

    document: int
    path: str


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """One statement. `actions` maps each folded pattern to the author's spelling; with `excludes_…` all but these."""

    is_allow: bool
    actions: dict[str, str]
    excludes_actions: bool
    rows: tuple[Row, ...]
    excludes_resources: bool
    entries: frozenset[Entry]
    unsure: frozenset[Unsure]
    place: Place
    says: tuple[object, ...] = field(default=())
    """Equal for statements that mean the same by their texts."""

    def entries_on(self, key: str) -> tuple[Entry, ...]:
        return tuple(sorted(entry for entry in self.entries if entry.key == key))


def clauses(documents: Sequence[Document]) -> list[Clause]:
    """Every statement of every document, in order."""
    return [
        clause(statement, Place(index, statement.path))
        for index, document in enumerate(documents)
        for statement in document.statements
    ]


def clause(statement: Statement, place: Place) -> Clause:
    """The statement compiled. A resource that is no resource name fits nothing and is left out."""
    excludes_actions, excludes_resources = bool(statement.not_actions), bool(statement.not_resources)
    actions: dict[str, str] = {}
    for action in statement.not_actions or statement.actions:
        actions.setdefault(normal(fold(action.text)), action.text)
    texts = (each.text for each in statement.not_resources or statement.resources)
    rows = tuple({row.text: row for row in map(_row, texts) if row is not None}.values())
    entries, unsure = _conditions(statement.conditions)
    is_allow = statement.is_allow
    says = (
        is_allow,
        excludes_actions,
        frozenset(actions),
        excludes_resources,
        frozenset((row.fields, row.is_star) for row in rows),
        entries,
        unsure,
    )
    return Clause(is_allow, actions, excludes_actions, rows, excludes_resources, entries, unsure, place, says)


def _row(text: str) -> Row | None:
    if is_everything(text):
        return Row(STAR, True, text)
    fields = split(text)
    if fields is None:
        return None
    service, region, account, rest = fields
    return Row((normal(service), normal(region), normal(account), normal(rest)), False, text)


def _conditions(conditions: Iterable[Condition]) -> tuple[frozenset[Entry], frozenset[Unsure]]:
    entries: list[Entry] = []
    unsure: list[Unsure] = []
    for condition in conditions:
        operator, key = condition.operator.text, condition.key.text
        values = tuple(sorted({value.text for value in condition.values}))
        family = all_operators().get(operator)
        is_readable = (
            family is not None
            and not split_operator(operator)[0]
            and all(family.parse(value) is not None for value in values)
            and not (family.name == "boolean" and len(condition.values) > 1)
        )
        if family is not None and is_readable:
            entries.append(Entry(key, family.name, operator, values, family.is_negated(operator)))
        else:
            unsure.append(Unsure(operator, key, values))
    return frozenset(entries), frozenset(unsure)
