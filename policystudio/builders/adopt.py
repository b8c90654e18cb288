"""Takes a changed document over into the parameters of the builder that made it: exactly, or not at all.

`detect.py` finds parameters for a document that comes from anywhere; here those that are known already stay as they
are wherever they can, also what the document does not show, such as which key belongs to which secret.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

from policystudio.builders.builder import Builder
from policystudio.builders.seen import see
from policystudio.errors import InvalidInput
from policystudio.ram import placeholders
from policystudio.ram.reader import plain, read


def adopt(builder: Builder, parameters: Mapping[str, Any], text: str) -> dict[str, Any] | None:
    """The parameters with which `builder` makes exactly `text`, as many as can be kept; None when it cannot.

    `parameters` are complete and plain. As in `detect`, the order of members has no meaning, that of lists has.
    """
    reading = read(placeholders.normalise(text))
    if reading.value is None:
        return None
    document = plain(reading.value)
    seen = see(document)
    options = []
    for parameter in builder.parameters:
        known = parameters[parameter.name]
        guesses = [guess for guess in parameter.guesses(seen) if guess != known]
        options.append([(0, known), *((1, guess) for guess in guesses)])
    names = [parameter.name for parameter in builder.parameters]
    for combination in sorted(product(*options), key=lambda chosen: sum(cost for cost, _ in chosen)):
        try:
            built = builder.build(dict(zip(names, (value for _, value in combination), strict=True)))
        except InvalidInput:
            continue
        value = read(built.source).value
        if value is not None and plain(value) == document:
            return built.parameters
    return None
