"""Takes a document apart into the lists that the index keeps: pure, and the same for equal documents.

Order and repetition mean nothing in a list, so lists that mean the same share one fingerprint.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.ram.document import Document, Statement, Text
from policystudio.ram.patterns import fold, has_wildcard, normal
from policystudio.ram.resources import is_everything, split
from policystudio.search.models import ANY, HEAD


class Listed(NamedTuple):
    """The entries of one list, each once and sorted, or everything but these."""

    is_negated: bool
    texts: tuple[str, ...]

    @property
    def sha256(self) -> str:
        return fingerprint([self.is_negated, *self.texts])


Entries = tuple[tuple[str, str, tuple[str, ...]], ...]
"""Conditions as operator, key and values."""


@dataclass(frozen=True, slots=True)
class Parts:
    """One statement. `conditions` is empty where it has none."""

    position: int
    line: int
    is_allow: bool
    actions: Listed
    resources: Listed
    conditions: Entries


class Fields(NamedTuple):
    """What narrows the look-up of a resource pattern, see `models.ResourcePattern`."""

    service: str
    region: str
    account: str
    head: str


def fingerprint(value: object) -> str:
    """SHA-256 of a plain value."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def parts_of(document: Document) -> Iterator[Parts]:
    """The statements, in order."""
    for statement in document.statements:
        yield Parts(
            statement.index,
            document.source.text.count("\n", 0, statement.start) + 1,
            statement.is_allow,
            _listed(statement.not_actions or statement.actions, bool(statement.not_actions), folded),
            _listed(statement.not_resources or statement.resources, bool(statement.not_resources), str),
            _conditions(statement),
        )


def folded(action: str) -> str:
    """An action pattern as the index keeps it: letter case does not count."""
    return normal(fold(action))


def _listed(entries: Iterable[Text], is_negated: bool, form: Callable[[str], str]) -> Listed:
    return Listed(is_negated, tuple(sorted({form(entry.text) for entry in entries})))


def _conditions(statement: Statement) -> Entries:
    return tuple(
        sorted(
            # A value that stands twice stays twice: `Bool` takes one.
            (c.operator.text, c.key.text, tuple(sorted(value.text for value in c.values)))
            for c in statement.conditions
        )
    )


def fields_of(pattern: str) -> Fields:
    """What is kept of a resource pattern beside its text."""
    fields = split(pattern)
    if is_everything(pattern) or fields is None:
        # What is no resource name reaches nothing; it is found, and the matcher says no.
        return Fields(ANY, ANY, ANY, "")
    service, region, account = (
        ANY if has_wildcard(field) or len(field) > HEAD else field for field in fields[:3]
    )
    return Fields(service, region, account, head_of(fields.relative_id))


def head_of(name: str) -> str:
    """What stands before the first wildcard, of the length that is kept."""
    return next((name[:at] for at, char in enumerate(name) if char in "*?"), name)[:HEAD]
