"""A RAM policy document as frozen values, each text knowing its place.

Made by `parse.py` alone; what a document means is decided by `evaluate` and the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from policystudio.ram.position import Source
from policystudio.ram.reader import JsonObject


class Effect(StrEnum):
    ALLOW = "Allow"
    DENY = "Deny"


class Kind(StrEnum):
    """What a document is for. Source: ram-language, sections 1 and 5."""

    IDENTITY = "identity"
    TRUST = "trust"
    KEY_POLICY = "key-policy"


class Text(NamedTuple):
    """A string of the document, with its JSON Pointer and its offsets, the quotes included."""

    text: str
    path: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Condition:
    """One operator applied to one key; `values` are alternatives.

    `is_list` tells whether the values stood in a list, as some findings speak of that.
    """

    operator: Text
    key: Text
    values: tuple[Text, ...]
    path: str
    is_list: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement; a single text and a list of one are the same. `start` and `end` are the offsets of its braces."""

    index: int
    path: str
    start: int
    end: int
    effect: Effect
    actions: tuple[Text, ...]
    not_actions: tuple[Text, ...]
    resources: tuple[Text, ...]
    not_resources: tuple[Text, ...]
    conditions: tuple[Condition, ...]
    sid: Text | None

    @property
    def is_allow(self) -> bool:
        return self.effect is Effect.ALLOW


@dataclass(frozen=True, slots=True)
class Document:
    """A document without structural faults. `value` is the JSON it was read from, in the author's order."""

    source: Source
    value: JsonObject
    statements: tuple[Statement, ...]
    kind: Kind = Kind.IDENTITY
