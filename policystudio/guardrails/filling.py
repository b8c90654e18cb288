"""Turns the shapes of a guardrail into documents for one target, so that the analysis can read them.

`${account}` and `${region}` become those of the target, as in a source. `${today+30}` in a date is the first moment of
the day that is thirty days from now, in UTC: so "ends within thirty days" is said once and stays right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from policystudio.guardrails.definition import ALL, Definition, Kind, Shape
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from policystudio.ram.render import render_combined

TODAY = re.compile(r"\$\{today\+([0-9]{1,4})\}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A guardrail for one target: each shape as the text of a document with one statement."""

    kind: Kind
    never: str = ""
    unless: tuple[str, ...] = ()
    other: str = ""
    characters: int = 0


def shape_text(shape: Shape, today: date) -> str:
    """The shape as a document that allows exactly it, placeholders of a target still in it."""
    statement: dict[str, object] = {
        "Effect": "Allow",
        "Action": list(shape.actions or (ALL,)),
        "Resource": list(shape.resources or (ALL,)),
    }
    conditions: dict[str, dict[str, list[str]]] = {}
    for entry in shape.conditions:
        values = [with_days(value, today) for value in entry.values]
        conditions.setdefault(entry.operator, {})[entry.key] = values
    if conditions:
        statement["Condition"] = conditions
    return json.dumps({"Version": "1", "Statement": [statement]})


def with_days(value: str, today: date) -> str:
    """The value with a day counted from today written out."""

    def written(match: re.Match[str]) -> str:
        return (today + timedelta(days=int(match[1]))).isoformat() + "T00:00:00Z"

    return TODAY.sub(written, value)


def shape_texts(definition: Definition, today: date) -> Filled:
    """The guardrail with its days written out and the target's placeholders left."""
    return Filled(
        kind=definition.kind,
        never=shape_text(definition.never, today),
        unless=tuple(shape_text(shape, today) for shape in definition.unless),
        other=shape_text(definition.other, today),
        characters=definition.characters,
    )


def fill(unfilled: Filled, account: str, regions: Sequence[str]) -> Filled:
    """The guardrail for one account and the regions that its document is for."""

    def rendered(text: str) -> str:
        return text if "${" not in text else render_combined(shape_document(text), account, regions)

    return Filled(
        unfilled.kind,
        rendered(unfilled.never),
        tuple(map(rendered, unfilled.unless)),
        rendered(unfilled.other),
        unfilled.characters,
    )


def shape_document(text: str) -> Document:
    """What `shape_text` wrote, read."""
    document = parse(text).document
    assert document is not None  # a guardrail is read the same way before it is stored
    return document
