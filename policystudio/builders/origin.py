"""Finds the parameter that a place of a builder's document comes from: exactly, or not at all.

Nothing is noted while building. Each value of the parameters is changed in turn, the document is built again, and what
is gone from it came from that value. What a form does with the answer is left to the pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policystudio.builders.builder import Builder
from policystudio.builders.parameters.parameter import Parameter
from policystudio.errors import InvalidInput
from policystudio.ram.position import pointer, pointer_parts

Way = tuple[str | int, ...]
"""The way to a value in the parameters: the name of one, then names of members and indexes of entries."""

Entry = tuple[str, ...]
"""A text with the list or member that holds it, or a list or an object by itself."""

MAX_VALUES = 400
"""With more values than this in the parameters nothing is sought; a form holds a few dozen."""

# Below the elements of a statement; above, a place speaks of what the parameters make together.
_ELEMENT_PARTS = 3
_UNLIKE = ("203.0.113.77", "2001:db8::77", "2001-01-01T00:00:00Z", "2999-01-01T00:00:00Z", ["origin"])
"""What may stand in place of an address, a moment and the word that means all."""


@dataclass(frozen=True, slots=True)
class _Probe:
    """What was gone when the value at `way` was another one."""

    way: Way
    gone: frozenset[Entry]


class Origins:
    """The origins of all places of one document."""

    def __init__(self, builder: Builder, parameters: Mapping[str, Any]) -> None:
        """`parameters` are complete and plain. Raises: InvalidInput, as `Builder.build`."""
        self._document = _document(builder, parameters)
        self._entries = frozenset(_entries(self._document, ()))
        self._probes = list(self._probed(builder, dict(parameters)))

    def of(self, path: str) -> Way | None:
        """The way to the value from which the place at the JSON Pointer `path` comes.

        A text comes from the value without which it would not stand there, a list or an object from what all of it
        comes from. None when nothing does, several parameters have their share, or the place is a whole statement.
        """
        parts = pointer_parts(path)
        value, holder = self._document, None
        for part in parts:
            holder, value = value, _step(value, part)
        return None if value is None or len(parts) < _ELEMENT_PARTS else self._origin(parts, value, holder)

    def _origin(self, parts: list[str], value: Any, holder: Any) -> Way | None:
        if isinstance(value, dict | list):
            entry: Entry = (pointer(*parts),)
        else:
            entry = (pointer(*(parts[:-1] if isinstance(holder, list) else parts)), json.dumps(value))
        found = [probe for probe in self._probes if entry in probe.gone]
        if found or not isinstance(value, dict | list):
            # A value without which more would be gone is further away: a tag's key takes the tag's values with it.
            return _shared([p.way for p in found if not any(other.gone < p.gone for other in found)])
        inner = (
            value.items() if isinstance(value, dict) else ((str(i), entry) for i, entry in enumerate(value))
        )
        origins = [self._origin([*parts, name], each, value) for name, each in inner]
        return _shared([way for way in origins if way is not None]) if None not in origins else None

    def _probed(self, builder: Builder, parameters: dict[str, Any]) -> Iterator[_Probe]:
        leaves = [
            (parameter, way, value)
            for parameter in builder.parameters
            for way, value in _leaves(parameters.get(parameter.name), (parameter.name,))
        ]
        for parameter, way, value in leaves if len(leaves) <= MAX_VALUES else ():
            for other in _others(parameter, value):
                try:
                    document = _document(builder, _with(parameters, way, other))
                except InvalidInput:
                    continue
                yield _Probe(way, self._entries - frozenset(_entries(document, ())))
                break


def _step(value: Any, part: str) -> Any:
    """The member or entry called `part`, or None; a document that a builder makes holds no null."""
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
        return value[int(part)]
    return None


def _document(builder: Builder, parameters: Mapping[str, Any]) -> Any:
    return json.loads(builder.build(parameters).source)


def _entries(value: Any, parts: Way) -> Iterator[Entry]:
    """Every entry of a document. Where in its list a text stands does not matter: lists move up."""
    place = pointer(*parts)
    if isinstance(value, dict):
        yield (place,)
        for name, inner in value.items():
            yield from _entries(inner, (*parts, name))
    elif isinstance(value, list):
        yield (place,)
        for index, inner in enumerate(value):
            if isinstance(inner, dict | list):
                yield from _entries(inner, (*parts, index))
            else:
                yield place, json.dumps(inner)
    else:
        yield place, json.dumps(value)


def _leaves(value: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    """The single values of a parameter."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*way, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*way, index))
    else:
        yield way, value


def _others(parameter: Parameter, value: Any) -> Iterator[Any]:
    """What could be given instead, the nearest first; `_GONE` leaves the value out. The builder says what it takes."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        choices = getattr(parameter, "choices", ())
        yield from (choice.value for choice in choices if choice.value != value)
        yield from (value + "0", "0" + value, *_UNLIKE)
        yield _GONE


_GONE = object()


def _with(value: Any, way: Way, other: Any) -> Any:
    """A copy of the parameters with another value at `way`."""
    if not way:
        return other
    first, rest = way[0], way[1:]
    if isinstance(value, list):
        inner = [_with(entry, rest, other) if index == first else entry for index, entry in enumerate(value)]
        return [entry for entry in inner if entry is not _GONE]
    return {name: _with(entry, rest, other) if name == first else entry for name, entry in value.items()}


def _shared(ways: list[Way]) -> Way | None:
    """What the ways have in common from the start on, or None when that is nothing."""
    if not ways:
        return None
    shared = ways[0]
    for way in ways[1:]:
        length = 0
        while length < min(len(shared), len(way)) and shared[length] == way[length]:
            length += 1
        shared = shared[:length]
    return shared or None
