"""The request changed so little that a statement fits which nearly did, as something to ask next.

Every change is tried against the statement itself, so what is returned fits, or it is None: nothing is promised from
the words of a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from policystudio.analysis.deciding import STATED, Outcome, Reading
from policystudio.analysis.deciding.tracing import Element, traced
from policystudio.analysis.request import Request
from policystudio.catalog.lookup import expand, nearest
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Condition, Statement
from policystudio.ram.operators import address, date, family_of, number
from policystudio.ram.patterns import has_wildcard, matches
from policystudio.ram.resources import split

_MOST_TRIED = 200
_EXAMPLE = "example"
_EXAMPLE_REGION, _EXAMPLE_ACCOUNT = "cn-hangzhou", "1234567890123456"
_ADDRESSES = ("203.0.113.1", "198.51.100.1", "192.0.2.1", "2001:db8::1")


class Step(NamedTuple):
    """One thing that was changed: `action`, `resource` or a condition key; None takes the key away."""

    name: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Nudge:
    """A request that the statement fits, and how it differs from the one that was asked."""

    request: Request
    steps: tuple[Step, ...]


def nudged(
    statement: Statement, request: Request, catalogue: Catalogue, reading: Reading = STATED
) -> Nudge | None:
    """The request with each failing element changed; None where no change was found, or something is in doubt."""
    steps = []
    for element in _failing(statement, request, reading):
        found = _mended(statement, request, element, catalogue, reading)
        if found is None:
            return None
        request, step = found
        steps.append(step)
    if traced(0, statement, request, reading).outcome is not Outcome.MATCH:
        return None
    return Nudge(request, tuple(steps))


def _failing(statement: Statement, request: Request, reading: Reading) -> Iterator[Element]:
    """The elements to change; of several conditions on one key only the first, as its value answers to all."""
    seen: set[str | None] = set()
    for element in traced(0, statement, request, reading).failing:
        if element.key is None or element.key not in seen:
            yield element
        seen.add(element.key)


def _mended(
    statement: Statement, request: Request, element: Element, catalogue: Catalogue, reading: Reading
) -> tuple[Request, Step] | None:
    if element.name == "action":
        tried: Iterator[str | None] = iter(_actions(statement, request.action, catalogue))
    elif element.name == "resource":
        tried = iter(_resources(statement, request.resource))
    else:
        tried = _values(statement, str(element.key))
    for count, value in enumerate(tried):
        if count == _MOST_TRIED:
            break
        changed = _with(request, element, value)
        if all(each.outcome is Outcome.MATCH for each in _alike(statement, changed, element, reading)):
            return changed, Step(element.key or element.name, value)
    return None


def _alike(statement: Statement, request: Request, element: Element, reading: Reading) -> Iterator[Element]:
    """The same element of the changed request; of a condition all on the same key."""
    for each in traced(0, statement, request, reading).elements:
        if (each.name, each.key) == (element.name, element.key):
            yield each


def _with(request: Request, element: Element, value: str | None) -> Request:
    if element.name == "action":
        return replace(request, action=value or "")
    if element.name == "resource":
        return replace(request, resource=value or "")
    context = {key: given for key, given in request.context.items() if key != element.key}
    return replace(request, context=context if value is None else {**context, str(element.key): value})


def _actions(statement: Statement, asked: str, catalogue: Catalogue) -> Iterator[str]:
    """Actions that the entries stand for, the one most like the asked one first."""
    entries = statement.actions or statement.not_actions
    known = [action.name for entry in entries for action in expand(catalogue, entry.text)]
    if statement.not_actions:
        known = [action.name for action in catalogue.actions.values()]
    alike = nearest(asked, known)
    yield from [alike] if alike else []
    yield from known
    yield from (_filled(entry.text, _EXAMPLE) for entry in statement.actions)


def _resources(statement: Statement, asked: str) -> Iterator[str]:
    """Names that the entries stand for: what already fits stays as it was asked."""
    given = split(asked)
    for entry in statement.resources:
        fields = split(entry.text)
        if fields is None:
            yield entry.text
            continue
        examples = (_EXAMPLE, _EXAMPLE_REGION, _EXAMPLE_ACCOUNT, _EXAMPLE)
        parts = [
            own if own is not None and matches(pattern, own) else _filled(pattern, example)
            for pattern, own, example in zip(fields, given or (None,) * 4, examples, strict=True)
        ]
        yield "acs:" + ":".join(parts)
    if statement.not_resources and given is not None:
        yield str(given._replace(relative_id=given.relative_id + "-" + _EXAMPLE))
        yield from (str(given._replace(relative_id=f"{word}/{_EXAMPLE}")) for word in ("key", "secret"))


def _values(statement: Statement, key: str) -> Iterator[str | None]:
    """Values of the key that its conditions name or nearly name, and at last none."""
    for condition in (each for each in statement.conditions if each.key.text == key):
        family = family_of(condition.operator.text)
        if family is not None:
            yield from dict.fromkeys(_TRIED[family.name](condition))
    yield None


def _strings(condition: Condition) -> Iterator[str]:
    for value in condition.values:
        if not has_wildcard(value.text):
            yield value.text
        yield _filled(value.text, _EXAMPLE)
        yield _filled(value.text, "")
    yield _EXAMPLE


def _addresses(condition: Condition) -> Iterator[str]:
    for value in condition.values:
        found = address.parse(value.text)
        if found is not None:
            network = found.network
            yield str(network.network_address + (1 if network.num_addresses > 2 else 0))
    yield from _ADDRESSES


def _numbers(condition: Condition) -> Iterator[str]:
    for value in condition.values:
        found = number.parse(value.text)
        if found is not None:
            yield from (format(found + step, "f") for step in (0, 1, -1))


def _moments(condition: Condition) -> Iterator[str]:
    for value in condition.values:
        found = date.parse(value.text)
        for step in (0, 1, -1) if found is not None else ():
            assert found is not None
            try:
                yield (found + timedelta(seconds=step)).strftime("%Y-%m-%dT%H:%M:%SZ")
            except OverflowError:
                continue


def _booleans(condition: Condition) -> Iterator[str]:
    return iter(("true", "false"))


_TRIED: dict[str, Callable[[Condition], Iterator[str]]] = {
    "string": _strings,
    "address": _addresses,
    "number": _numbers,
    "date": _moments,
    "boolean": _booleans,
}


def _filled(pattern: str, example: str) -> str:
    """A text that the pattern fits, its signs for anything replaced."""
    return pattern.replace("*", example).replace("?", "x")
