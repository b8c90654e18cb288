"""Writes boxes as a document: as text for people and RAM, and as statements for the comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from policystudio.analysis.requirements.asked import operator_for
from policystudio.analysis.requirements.boxes import Box
from policystudio.catalog.model import Catalogue
from policystudio.ram.canonical import text_of
from policystudio.ram.document import Condition, Document, Effect, Statement, Text
from policystudio.ram.position import Source, pointer
from policystudio.ram.reader import JsonObject


def source_of(boxes: Sequence[Box], catalogue: Catalogue) -> str:
    """The canonical text of the source; one statement for each box, in their order."""
    return text_of({"Version": "1", "Statement": [_statement(box, catalogue) for box in boxes]})


def as_document(boxes: Sequence[Box], catalogue: Catalogue) -> Document:
    """The statements as they would be read from the text; places in a text they have none.

    Reading the text gives the same, but takes longer and ends where a document is too long to be stored.
    """
    statements = tuple(_read(index, box, catalogue) for index, box in enumerate(boxes))
    return Document(Source(""), JsonObject(0, 0, ()), statements)


def _statement(box: Box, catalogue: Catalogue) -> dict[str, Any]:
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Action": _actions(box, catalogue),
        "Resource": sorted(box.resources),
    }
    condition: dict[str, dict[str, list[str]]] = {}
    for key, values in box.conditions:
        condition.setdefault(operator_for(key, catalogue), {})[key] = sorted(values)
    if condition:
        statement["Condition"] = condition
    return statement


def _actions(box: Box, catalogue: Catalogue) -> list[str]:
    return [action.name for action in catalogue.actions.values() if action.name in box.actions]


def _read(index: int, box: Box, catalogue: Catalogue) -> Statement:
    path = pointer("Statement", index)
    conditions = []
    for key, values in box.conditions:
        operator = operator_for(key, catalogue)
        at = path + pointer("Condition", operator, key)
        conditions.append(Condition(_text(operator), _text(key), _texts(sorted(values)), at, is_list=True))
    return Statement(
        index=index,
        path=path,
        start=0,
        end=0,
        effect=Effect.ALLOW,
        actions=_texts(_actions(box, catalogue)),
        not_actions=(),
        resources=_texts(sorted(box.resources)),
        not_resources=(),
        conditions=tuple(conditions),
        sid=None,
    )


def _texts(texts: Iterable[str]) -> tuple[Text, ...]:
    return tuple(map(_text, texts))


def _text(text: str) -> Text:
    return Text(text, "", 0, 0)
