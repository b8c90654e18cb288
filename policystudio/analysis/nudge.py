"""The request changed so little that a statement fits which nearly did, as something to ask next.

Every change is tried against the statement itself, so what is returned fits, or it is None: nothing is promised from
the words of a condition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from policystudio.analysis.deciding import STATED, Element, Outcome, Reading, Trace, evaluate
from policystudio.analysis.request import Request, faults
from policystudio.catalog.lookup import expand, nearest
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Condition, Document, Statement
from policystudio.ram.operators import address, date, family_of, number
from policystudio.ram.patterns import has_wildcard, matches
from policystudio.ram.resources import split

_MOST_TRIED = 50
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
    document: Document, path: str, request: Request, catalogue: Catalogue, reading: Reading = STATED
) -> Nudge | None:
    """The request with each failing element of the statement at `path` changed.

    None where no change was found, or something is in doubt.
    """
    statement = next(each for each in document.statements if each.path == path)
    alone = _Alone(statement, replace(document, statements=(statement,)), catalogue, reading)
    steps = []
    for element in alone.failing(request):
        found = alone.mended(request, element)
        if found is None:
            return None
        request, step = found
        steps.append(step)
    return Nudge(request, tuple(steps)) if alone.trace(request).outcome is Outcome.MATCH else None


@dataclass(frozen=True, slots=True)
class _Alone:
    """One statement, by itself in `document`."""

    statement: Statement
    document: Document
    catalogue: Catalogue
    reading: Reading

    def trace(self, request: Request) -> Trace:
        return evaluate([self.document], request, reading=self.reading).trace[0]

    def failing(self, request: Request) -> Iterator[Element]:
        """The elements to change; of several conditions on one key only one, as its value answers to all."""
        seen: set[str] = set()
        for element in self.trace(request).failing:
            if element.key is None or element.key not in seen:
                yield element
            if element.key is not None:
                seen.add(element.key)

    def mended(self, request: Request, element: Element) -> tuple[Request, Step] | None:
        """The first change that makes the element fit, and with it every condition on the same key."""
        for value in islice(self._tried(request, element), _MOST_TRIED):
            changed = _with(request, element, value)
            if faults(changed):
                continue
            alike = (
                each
                for each in self.trace(changed).elements
                if (each.name, each.key) == (element.name, element.key)
            )
            if all(each.outcome is Outcome.MATCH for each in alike):
                return changed, Step(element.key or element.name, value)
        return None

    def _tried(self, request: Request, element: Element) -> Iterator[str | None]:
        if element.key is not None:
            yield from _values(self.statement, element.key)
        elif element.name == "action":
            yield from _actions(self.statement, request.action, self.catalogue)
        else:
            yield from _resources(self.statement, request.resource)


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
