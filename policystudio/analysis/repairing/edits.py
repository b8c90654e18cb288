"""The single changes of a document that may make it allow a request.

Each is one addition that a person would make by hand: an entry in one list, one value of one condition, one entry taken
out of a list of exceptions, or one statement. Whether it helps, and what else it allows, is not asked here; how it is
written into a document is `writing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from policystudio.analysis.deciding.entries import unread
from policystudio.analysis.reported.model import CURRENT_TIME
from policystudio.analysis.request import WITHOUT_RESOURCE, Request
from policystudio.analysis.requirements.asked import operator_for
from policystudio.catalog.model import Catalogue
from policystudio.ram import placeholders
from policystudio.ram.document import Condition, Document, Statement
from policystudio.ram.finding import shown
from policystudio.ram.operators import Family, date, family_of, number, split_operator
from policystudio.ram.patterns import fold, has_wildcard


class Way(StrEnum):
    """What sort of change it is."""

    ADD_VALUE = "add-value"
    ADD_RESOURCE = "add-resource"
    ADD_ACTION = "add-action"
    REMOVE_ENTRY = "remove-entry"
    """An entry of `NotAction`, `NotResource` or of a negated condition, which leaves out what is asked for."""
    NEW_STATEMENT = "new-statement"
    """For this action and resource, with what the request carried as conditions."""
    NEW_STATEMENT_FREE = "new-statement-free"
    """The same without conditions."""


@dataclass(frozen=True, slots=True)
class Edit:
    """`path` is the list that changes, `value` what goes in or out; a new statement has the rest of the fields."""

    way: Way
    path: str
    value: str
    detail: str
    action: str = ""
    resource: str = ""
    conditions: tuple[tuple[str, str, str], ...] = ()
    """Operator, key and value."""


def obstacle(request: Request) -> str:
    """Why no change can allow exactly this, "" where one can: a document cannot write these signs as themselves."""
    texts = [request.action, "" if request.resource == WITHOUT_RESOURCE else request.resource]
    if any(map(has_wildcard, texts)):
        return "a name with `*` or `?` is a pattern in a policy; write the name that was called in full"
    if any(True for text in (*texts, *request.context.values()) for _each in placeholders.find(text)):
        return "a placeholder stands in the request; write what was called in full"
    return ""


def edits(document: Document, action: str, request: Request) -> Iterator[Edit]:
    """Changes of one Allow statement; `action` is that of the request in the catalogue's spelling."""
    for statement in document.statements:
        if statement.is_allow:
            yield from _values(statement, request)
            yield from _entries(statement, action, request.resource)


def new_statements(documents: Sequence[Document], request: Request, catalogue: Catalogue) -> Iterator[Edit]:
    """A statement for exactly this request: with what it carried as conditions, and without."""
    known = catalogue.action(request.action)
    action = request.action if known is None else known.name
    pinned = tuple(_pinned(documents, request, catalogue))
    what = f"a statement that allows {shown(action)} on {shown(request.resource)}"
    if pinned:
        keys = ", ".join(dict.fromkeys(shown(key) for _operator, key, _value in pinned))
        detail = f"add {what} where {keys} {'is' if len(pinned) == 1 else 'are'} as in the request"
        yield Edit(Way.NEW_STATEMENT, "/Statement", "", detail, action, request.resource, pinned)
    way = Way.NEW_STATEMENT_FREE if pinned else Way.NEW_STATEMENT
    yield Edit(way, "/Statement", "", f"add {what}", action, request.resource)


def _pinned(
    documents: Sequence[Document], request: Request, catalogue: Catalogue
) -> Iterator[tuple[str, str, str]]:
    """A condition for each key that the request carried, by the operator for equality of the documents' own family."""
    for key, value in sorted(request.context.items()):
        # Decision: it is not tied to the moment of the refusal, as it would allow nothing afterwards.
        if key == CURRENT_TIME:
            continue
        family = next(_families(documents, key), None)
        operator = operator_for(key, catalogue) if family is None else family.operators[0]
        if unread(operator, value) is None:
            yield operator, key, fold(value) if operator == "Bool" else value


def _families(documents: Sequence[Document], key: str) -> Iterator[Family]:
    for document in documents:
        for statement in document.statements:
            for condition in statement.conditions:
                family = family_of(condition.operator.text)
                if condition.key.text == key and family is not None:
                    yield family


def _entries(statement: Statement, action: str, resource: str) -> Iterator[Edit]:
    at = f"of statement {statement.index + 1}"
    if statement.actions:
        path = f"{statement.path}/Action"
        yield Edit(Way.ADD_ACTION, path, action, f"add {shown(action)} to the actions {at}")
    if statement.resources:
        path = f"{statement.path}/Resource"
        yield Edit(Way.ADD_RESOURCE, path, resource, f"add {shown(resource)} to the resources {at}")
    for name, entries in (("NotAction", statement.not_actions), ("NotResource", statement.not_resources)):
        if len(entries) > 1:
            for entry in entries:
                detail = f"take {shown(entry.text)} out of `{name}` {at}"
                yield Edit(Way.REMOVE_ENTRY, f"{statement.path}/{name}", entry.text, detail)


def _values(statement: Statement, request: Request) -> Iterator[Edit]:
    for condition in statement.conditions:
        key, operator = condition.key.text, condition.operator.text
        given, family = request.context.get(key), family_of(operator)
        if given is None or family is None or split_operator(operator)[0]:
            continue
        at = f"of `{operator}` on {shown(key)} in statement {statement.index + 1}"
        if family.is_negated(operator):
            for value in condition.values:
                detail = f"take {shown(value.text)} out of the values {at}"
                yield Edit(Way.REMOVE_ENTRY, condition.path, value.text, detail)
            continue
        for text in _fitting(condition, family, given):
            yield Edit(Way.ADD_VALUE, condition.path, text, f"add {shown(text)} to the values {at}")


def _fitting(condition: Condition, family: Family, given: str) -> Iterable[str]:
    """The value nearest to what was sent for which the operator holds."""
    operator = condition.operator.text
    if family.name == "boolean" or unread(operator, given) is not None:
        return ()
    if family.name == "string":
        return () if operator == "StringLike" and has_wildcard(given) else (given,)
    step = {"LessThan": 1, "GreaterThan": -1}.get(operator.removeprefix("Date").removeprefix("Numeric"), 0)
    if step and family.name == "date":
        return _moved_moment(given, step)
    return _moved_number(given, step) if step else (given,)


def _moved_moment(given: str, step: int) -> Iterable[str]:
    moment = date.parse(given)
    assert moment is not None  # `unread` has just read it
    try:
        return ((moment + timedelta(seconds=step)).strftime("%Y-%m-%dT%H:%M:%SZ"),)
    except OverflowError:
        return ()


def _moved_number(given: str, step: int) -> Iterable[str]:
    """A little more or less: numbers have no next one, so it is three places behind the last that was written."""
    found = number.parse(given)
    assert found is not None  # `unread` has just read it
    places = len(given.partition(".")[2])
    moved = format(found + step * Decimal(1).scaleb(-places - 3), "f")
    return (moved,) if number.parse(moved) is not None else ()
