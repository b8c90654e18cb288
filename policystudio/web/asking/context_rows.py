"""The rows for what a request carries: each key with the input that fits its values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import Catalogue
from policystudio.web.asking.sources import Asked

MOST_OFFERED = 20
_BLANK = 2
_INPUTS = {"boolean": "boolean", "ip": "address", "date": "moment"}


@dataclass(frozen=True, slots=True)
class ContextRow:
    """`kind` is one of boolean, address, moment and text; `is_wanted` when a document asks for the key."""

    index: int
    key: str
    value: str
    kind: str
    example: str
    is_wanted: bool = False
    is_empty_text: bool = False


def context_rows(
    context: Sequence[tuple[str, str]], asked: Sequence[Asked], catalogue: Catalogue
) -> list[ContextRow]:
    """What was typed, then the keys that the documents ask for, then empty rows."""
    typed = [key for key, _value in context]
    wanted = [key for key in _wanted(asked) if key not in typed][:MOST_OFFERED]
    rows = [
        _row(index, key, value, catalogue, is_empty_text=not value)
        for index, (key, value) in enumerate(context)
    ]
    rows += [
        _row(index, key, "", catalogue, is_wanted=True) for index, key in enumerate(wanted, start=len(rows))
    ]
    blank = _BLANK if not rows else 1
    return rows + [_row(len(rows) + more, "", "", catalogue) for more in range(blank)]


def keys_offered(catalogue: Catalogue) -> list[tuple[str, str, str]]:
    """Name, explanation and kind of each key of the catalogue, for the list of suggestions."""
    return [
        (key.prefix or key.key, key.description, kind_of(catalogue, key.key))
        for key in catalogue.condition_keys.values()
    ]


def kind_of(catalogue: Catalogue, name: str) -> str:
    """Which input a key's value gets."""
    found = catalogue.condition_keys.get(name) or condition_key(catalogue, name)
    return _INPUTS.get(found.type, "text") if found is not None else "text"


def _wanted(asked: Sequence[Asked]) -> Iterator[str]:
    keys = (
        condition.key.text
        for each in asked
        for statement in each.document.statements
        for condition in statement.conditions
    )
    return iter(dict.fromkeys(keys))


def _row(
    index: int,
    key: str,
    value: str,
    catalogue: Catalogue,
    *,
    is_wanted: bool = False,
    is_empty_text: bool = False,
) -> ContextRow:
    found = condition_key(catalogue, key) if key else None
    examples = found.examples if found is not None else ()
    return ContextRow(
        index,
        key,
        value,
        kind_of(catalogue, key),
        examples[0] if examples else "",
        is_wanted,
        is_empty_text,
    )
