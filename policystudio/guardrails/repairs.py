"""The smallest repair of a source that breaks a guardrail: one edit after which it is kept, tried and not guessed.

In the order of what takes least away: a missing condition, an entry written out or dropped, what the guardrail forbids
denied by a statement of its own, a statement dropped. When no single edit will do, the statement to look at is named. A
suggestion: nothing is changed here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from time import monotonic
from typing import Any

from django.utils.translation import gettext as _

from policystudio.analysis.given import read_given
from policystudio.catalog import load
from policystudio.catalog.lookup import expand
from policystudio.guardrails.breaking import Broken, Subject, broken
from policystudio.guardrails.definition import Definition, Entry, Kind, Shape
from policystudio.guardrails.filling import shape_text, with_days
from policystudio.guardrails.words import shape_words
from policystudio.ram.patterns import has_wildcard

MAX_DROPPED = 25
MAX_SECONDS = 1.0

OPPOSITES = {
    operator: other
    for one, two in (
        ("IpAddress", "NotIpAddress"),
        ("StringEquals", "StringNotEquals"),
        ("StringLike", "StringNotLike"),
        ("NumericEquals", "NumericNotEquals"),
        ("NumericLessThan", "NumericGreaterThanEquals"),
        ("NumericGreaterThan", "NumericLessThanEquals"),
        ("DateEquals", "DateNotEquals"),
        ("DateLessThan", "DateGreaterThanEquals"),
        ("DateGreaterThan", "DateLessThanEquals"),
    )
    for operator, other in ((one, two), (two, one))
}

Edit = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Repair:
    """What to do, in words; `source` is the text after it, None where no single edit repairs it."""

    text: str
    source: str | None


def smallest_repair(
    definition: Definition,
    subject: Subject,
    found: tuple[Broken, ...],
    environments: Mapping[str, str],
    today: date,
    ends: float = float("inf"),
) -> Repair | None:
    """The first single edit that mends every target, else the statement to look at; None where neither is known.

    A source that cannot be read has none, as there is nothing to edit. `ends` is a moment of the monotonic clock.
    """
    if read_given(subject.source).document is None:
        return None
    value = json.loads(subject.source)
    paths = list(dict.fromkeys(path for each in found for path in each.outcome.paths))
    ends = min(ends, monotonic() + MAX_SECONDS)
    for words, edit in _edits(definition, value, paths, today):
        if monotonic() > ends:
            break
        changed = deepcopy(value)
        edit(changed)
        text = json.dumps(changed, indent=2, ensure_ascii=False) + "\n"
        if not broken(definition, replace(subject, source=text), environments, today, ends):
            return Repair(words, text)
    statements = list(dict.fromkeys(int(path.split("/")[2]) for path in paths))
    if not statements:
        return None
    listed = _(", ").join(str(index + 1) for index in statements)
    return Repair(_("no single edit mends it; look at statement %(n)s") % {"n": listed}, None)


def _edits(
    definition: Definition, value: dict[str, Any], paths: list[str], today: date
) -> Iterator[tuple[str, Edit]]:
    """What to try; of entries to drop so few that there is time for what comes after them."""
    if definition.kind is Kind.DENY_FLOOR:
        yield from _denying(definition, today)
    statements = _list(value.get("Statement"))
    blamed = [path.split("/") for path in paths]
    indexes = list(dict.fromkeys(int(parts[2]) for parts in blamed))
    for index in indexes:
        for shape in definition.unless if definition.kind is Kind.NEVER else ():
            if not shape.actions and not shape.resources:
                yield from _conditioned(statements[index], index, shape, today)
    for parts in blamed:
        if definition.kind is Kind.EXACT_ACTIONS and len(parts) > 3 and parts[3] == "Action":
            yield from _written_out(statements[int(parts[2])], int(parts[2]))
    yield from islice(_dropped(statements, indexes), MAX_DROPPED)
    if definition.kind in (Kind.NEVER, Kind.SEPARATION):
        yield from _denying(definition, today)
    for index in indexes[:MAX_DROPPED] if len(statements) > 1 else ():
        yield _("remove statement %(n)d") % {"n": index + 1}, _removing(index)


def _conditioned(
    statement: dict[str, Any], index: int, shape: Shape, today: date
) -> Iterator[tuple[str, Edit]]:
    """The missing condition of an exception added to a statement; not where the same operator and key stand already."""
    there = statement.get("Condition") or {}
    if any(entry.key in (there.get(entry.operator) or {}) for entry in shape.conditions):
        return
    wanted = [
        (entry.operator, entry.key, [with_days(v, today) for v in entry.values]) for entry in shape.conditions
    ]

    def edit(document: dict[str, Any]) -> None:
        block = _statements(document)[index].setdefault("Condition", {})
        for operator, key, values in wanted:
            block.setdefault(operator, {})[key] = values if len(values) > 1 else values[0]

    said = _(", ").join(f"`{operator}` `{key}` `{', '.join(values)}`" for operator, key, values in wanted)
    yield _("add the condition %(condition)s to statement %(n)d") % {"condition": said, "n": index + 1}, edit


def _written_out(statement: dict[str, Any], index: int) -> Iterator[tuple[str, Edit]]:
    """The patterns of a statement replaced by the actions that the catalogue knows for them."""
    entries = [str(entry) for entry in _list(statement.get("Action"))]
    names = [
        name
        for entry in entries
        for name in ([a.name for a in expand(load(), entry)] if has_wildcard(entry) else [entry])
    ]
    if not names or len(names) > 100:
        return

    def edit(document: dict[str, Any]) -> None:
        _statements(document)[index]["Action"] = list(dict.fromkeys(names))

    yield _("write the actions of statement %(n)d out in full") % {"n": index + 1}, edit


def _denying(definition: Definition, today: date) -> Iterator[tuple[str, Edit]]:
    """What the guardrail forbids, denied by a statement of its own: first but for its exceptions, then all of it.

    A statement joins its conditions by "and". So it can leave out what the exceptions allow if each of these is
    one condition whose operator has an opposite.
    """
    forbidden = (
        (definition.never, definition.other) if definition.kind is Kind.SEPARATION else (definition.never,)
    )
    opposite = [_opposite(shape) for shape in definition.unless]
    if opposite and None not in opposite:
        besides = tuple(entry for entry in opposite if entry is not None)
        keys = [(entry.operator, entry.key) for entry in (*definition.never.conditions, *besides)]
        if len(set(keys)) == len(keys):
            conditions = (*definition.never.conditions, *besides)
            shape = replace(definition.never, conditions=conditions)
            yield (
                _("add a Deny statement of what the guardrail forbids, but for its exceptions"),
                _adding(shape, today),
            )
    for shape in forbidden:
        said = {"shape": shape_words(shape)}
        yield _("add a Deny statement of the guardrail: %(shape)s") % said, _adding(shape, today)


def _opposite(shape: Shape) -> Entry | None:
    """The condition that fits where the exception does not; None where there is none."""
    if shape.actions or shape.resources or len(shape.conditions) != 1:
        return None
    [entry] = shape.conditions
    operator = OPPOSITES.get(entry.operator)
    return None if operator is None else replace(entry, operator=operator)


def _adding(shape: Shape, today: date) -> Edit:
    [statement] = json.loads(shape_text(shape, today))["Statement"]
    statement["Effect"] = "Deny"
    return lambda document: _statements(document).append(statement)


def _dropped(statements: list[Any], indexes: list[int]) -> Iterator[tuple[str, Edit]]:
    """An entry left out where the list has others."""
    for index in indexes:
        for element in ("Action", "Resource"):
            entries = _list(statements[index].get(element))
            for place, entry in enumerate(entries if len(entries) > 1 else ()):
                words = _("drop `%(entry)s` from statement %(n)d") % {"entry": entry, "n": index + 1}
                yield words, _dropping(index, element, place)


def _dropping(index: int, element: str, place: int) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        del _statements(document)[index][element][place]

    return edit


def _removing(index: int) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        del _statements(document)[index]

    return edit


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _statements(document: dict[str, Any]) -> list[Any]:
    document["Statement"] = _list(document["Statement"])
    statements: list[Any] = document["Statement"]
    return statements
