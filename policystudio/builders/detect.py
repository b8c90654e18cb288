"""Finds the builder and the parameters that make a given document: exactly, or not at all.

Each parameter guesses from what the document mentions, the builder builds, and only an equal document counts: every
value, lists in their order; the order of members in an object has no meaning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from policystudio.builders.builder import Builder, Built, all_builders
from policystudio.builders.seen import Seen, see
from policystudio.errors import InvalidInput
from policystudio.ram import placeholders
from policystudio.ram.reader import plain, read


@dataclass(frozen=True, slots=True)
class Detected:
    """The builder that makes a document, and the parameters in their plain form."""

    slug: str
    parameters: dict[str, Any]


def detect(text: str) -> Detected | None:
    """The builder for the source `text`, or None when no builder makes it, or it cannot be read.

    Decision: where two builders make the same document (all of KMS from chosen addresses, keys with chosen tags), the
    one that needs fewer extra conditions is taken, as it was made for that; then the documentation's order decides.
    """
    reading = read(placeholders.normalise(text))
    if reading.value is None:
        return None
    document = plain(reading.value)
    seen = see(document)
    found = [
        (builder, built)
        for builder in all_builders().values()
        for built in _attempts(builder, seen, document)
    ]
    if not found:
        return None
    builder, built = min(found, key=lambda pair: len(pair[1].parameters[pair[0].conditions.name]))
    return Detected(builder.slug, built.parameters)


def _attempts(builder: Builder, seen: Seen, document: Any) -> Iterator[Built]:
    """The first set of guessed parameters, if any, from which `builder` makes the document."""
    guesses = (list(parameter.guesses(seen)) for parameter in builder.parameters)
    for combination in product(*guesses):
        names = (parameter.name for parameter in builder.parameters)
        try:
            built = builder.build(dict(zip(names, combination, strict=True)))
        except InvalidInput:
            continue
        value = read(built.source).value
        if value is not None and plain(value) == document:
            yield built
            return
