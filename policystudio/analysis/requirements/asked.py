"""Which of the requests can be written into a document exactly, each once with its count; and why the others cannot.

What is asked is written as literal text, and no text of a document can hold a literal `*`, `?` or `${` in a resource
name. Source: ram-language, section 3. Values are written with the operator for equality of the key's type.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from policystudio.analysis.deciding.entries import one_address, unread
from policystudio.analysis.request import WITHOUT_RESOURCE, Request, faults
from policystudio.analysis.requirements.boxes import Point
from policystudio.analysis.requirements.limits import Limits
from policystudio.catalog.lookup import condition_key, nearest
from policystudio.catalog.model import ALL_TYPES, Action, Catalogue
from policystudio.ram import placeholders
from policystudio.ram.finding import shown
from policystudio.ram.patterns import fold, has_wildcard
from policystudio.ram.position import pointer
from policystudio.ram.resources import split


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A request that is not in the document: its index among those given, the place in it, and why."""

    index: int
    request: Request
    pointer: str
    code: str
    detail: str


class Note(NamedTuple):
    """Something that was assumed of a request that is in the document."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that the document allows, as it is written there; `at` are the indices at which it was given, sorted.

    It may have been given in several spellings; `notes` are what was assumed of any of them.
    """

    request: Request
    at: tuple[int, ...]
    notes: tuple[Note, ...]

    @property
    def times(self) -> int:
        """How often it was given."""
        return len(self.at)


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything that was given: what is asked, in the order of its first appearance, and what is left out."""

    asked: tuple[Asked, ...]
    left_out: tuple[LeftOut, ...]


class _Refused(Exception):
    """Carries why a request cannot be written; it never leaves the module."""

    def __init__(self, pointer: str, code: str, detail: str) -> None:
        super().__init__(code)
        self.pointer, self.code, self.detail = pointer, code, detail


def understand(requests: Iterable[Request], catalogue: Catalogue, limits: Limits) -> Understood:
    """What can be written of the requests; each of the others is told. Never raises."""
    found: dict[Point, list[int]] = {}
    notes: dict[Point, dict[Note, None]] = {}
    known: dict[tuple[str, str, tuple[tuple[str, str], ...]], Point] = {}
    left_out: list[LeftOut] = []
    for index, request in enumerate(requests):
        given = (request.action, request.resource, tuple(request.context.items()))
        point = known.get(given)
        try:
            if index >= limits.requests:
                raise _Refused(
                    "", "too-many", f"only the first {limits.requests} requests are read; send fewer"
                )
            if point is None:
                advises = len(left_out) < limits.advised
                point, said = _written(request, catalogue, limits, advises=advises)
                known[given] = point
                notes.setdefault(point, {}).update(dict.fromkeys(said))
        except _Refused as why:
            left_out.append(LeftOut(index, request, why.pointer, why.code, why.detail))
            continue
        found.setdefault(point, []).append(index)
    asked = [Asked(request_of(point), tuple(at), tuple(notes[point])) for point, at in found.items()]
    return Understood(tuple(asked), tuple(left_out))


def point_of(request: Request) -> Point:
    """The request as a point."""
    return Point(request.action, request.resource, tuple(sorted(request.context.items())))


def request_of(point: Point) -> Request:
    """The point as a request."""
    return Request(point.action, point.resource, dict(point.conditions))


def _written(
    request: Request, catalogue: Catalogue, limits: Limits, *, advises: bool
) -> tuple[Point, tuple[Note, ...]]:
    """The request in the words of a document; `advises` tells to look for what was meant. Raises: _Refused."""
    _refuse_sizes(request, limits)
    # Whether an empty resource will do is for the catalogue to say.
    for fault in faults(replace(request, resource=request.resource or WITHOUT_RESOURCE)):
        raise _Refused(*fault)
    action = _action(request.action, catalogue, advises=advises)
    resource, notes = _resource(request.resource, action, catalogue)
    conditions = sorted((key, _value(key, value, catalogue)) for key, value in request.context.items())
    return Point(action.name, resource, tuple(conditions)), notes


def _refuse_sizes(request: Request, limits: Limits) -> None:
    if len(request.context) > limits.keys:
        detail = f"carries {len(request.context)} condition keys; at most {limits.keys} are taken"
        raise _Refused("/context", "too-many-keys", detail)
    texts = [("/action", request.action), ("/resource", request.resource)]
    texts += [
        (pointer("context", key), text) for key, value in request.context.items() for text in (key, value)
    ]
    for at, text in texts:
        if len(text) > limits.characters:
            detail = f"a text of {len(text)} characters; at most {limits.characters} are taken"
            raise _Refused(at[: limits.characters], "too-long", detail)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise _Refused(
                at, "lone-surrogate", "holds half a character, which no document can; type it anew"
            )


def _action(text: str, catalogue: Catalogue, *, advises: bool) -> Action:
    action = catalogue.action(text)
    if action is None:
        if has_wildcard(text):
            detail = f"{shown(text)} is a pattern; ask for each action that is called"
            raise _Refused("/action", "pattern", detail)
        meant = nearest(text, (each.name for each in catalogue.actions.values())) if advises else None
        advice = f"did you mean `{meant}`?" if meant else "look the name up in the catalogue"
        raise _Refused("/action", "unknown-action", f"{shown(text)} is not in the catalogue; {advice}")
    if not action.authorization_required:
        raise _Refused("/action", "needs-no-permission", f"`{action.name}` needs no permission; leave it out")
    return action


def _resource(text: str, action: Action, catalogue: Catalogue) -> tuple[str, tuple[Note, ...]]:
    """The resource as it is written. An operation that has none is allowed on `*` whatever it was said to be on."""
    has_none = set(action.resource_types) == {ALL_TYPES}
    if has_none and text != WITHOUT_RESOURCE:
        detail = f"`{action.name}` has no resource of its own by the catalogue, so it is allowed on `*`"
        return WITHOUT_RESOURCE, (Note("without-resource", detail),)
    if text in ("", WITHOUT_RESOURCE):
        if ALL_TYPES in action.resource_types:
            return WITHOUT_RESOURCE, () if has_none else (_on_everything(action),)
        kinds = [catalogue.resource_types[each] for each in action.resource_types]
        such = " and ".join(f"`{kind.arn_pattern}`" for kind in kinds)
        detail = f"`{action.name}` is called on a resource; name it, such as {such}"
        raise _Refused("/resource", "no-resource", detail)
    return _name(text, catalogue), ()


def _on_everything(action: Action) -> Note:
    detail = f"`{action.name}` is allowed on `*`, which is every resource; name the one that is meant if there is one"
    return Note("on-everything", detail)


def _name(text: str, catalogue: Catalogue) -> str:
    if has_wildcard(text):
        detail = f"{shown(text)} is a pattern; name the resource, a pattern is offered afterwards"
        raise _Refused("/resource", "pattern", detail)
    if any(True for _each in placeholders.find(text)):
        detail = (
            f"{shown(text)} holds a placeholder; name the resource, the placeholder is offered afterwards"
        )
        raise _Refused("/resource", "placeholder", detail)
    fields = split(text)
    if fields is not None and fields.service != catalogue.service:
        detail = f"{shown(text)} is of another service; only resources of `{catalogue.service}` are taken"
        raise _Refused("/resource", "other-service", detail)
    return text


def operator_for(key: str, catalogue: Catalogue) -> str:
    """The operator that says "is one of" of a key; a key that nobody knows is a text."""
    known = condition_key(catalogue, key)
    operators = catalogue.operators.get(known.type, ()) if known is not None else ()
    return operators[0] if operators else catalogue.operators["string"][0]


def takes_several(key: str, catalogue: Catalogue) -> bool:
    """Whether one statement may list several values of the key. Source: ram-language: a Boolean has one."""
    return operator_for(key, catalogue) != "Bool"


def takes_networks(key: str, catalogue: Catalogue) -> bool:
    """Whether the values of the key are addresses, so that a block stands for all of its own."""
    return operator_for(key, catalogue) == "IpAddress"


def _value(key: str, value: str, catalogue: Catalogue) -> str:
    at = pointer("context", key)
    if any(True for text in (key, value) for _each in placeholders.find(text)):
        detail = f"{shown(key)} holds a placeholder, which would be filled in; give the value that was sent"
        raise _Refused(at, "placeholder", detail)
    operator = operator_for(key, catalogue)
    wrong = unread(operator, value)
    if wrong is not None:
        raise _Refused(at, "unreadable-value", f"{shown(value)} is no value of {shown(key)}: {wrong}")
    if operator == "Bool":
        return fold(value)
    if operator == "IpAddress":
        given = one_address(value)
        assert given is not None  # `unread` has just read it
        number = given.network.network_address
        # A document may not write IPv4 inside IPv6, as some versions of the library do.
        return number.exploded if number.version == 6 and "." in str(number) else str(number)
    return value
