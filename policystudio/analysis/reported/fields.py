"""Takes plain texts out of decoded JSON that may hold anything: bounded, printable, names in any letter case."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from policystudio.analysis.reported.model import Limits
from policystudio.analysis.reported.pieces import decoded

_ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
REPLACED = "�"
_TRUE, _FALSE = ("true", "True"), ("false", "False")


def lower(value: Mapping[str, Any]) -> dict[str, Any]:
    """The members by their names in lower case, as SDKs spell them in several ways."""
    return {name.lower(): item for name, item in value.items()}


def object_in(value: Any) -> dict[str, Any] | None:
    """The object that this is, or that stands in this text as JSON; names in lower case."""
    if isinstance(value, str):
        value = decoded(value)
    return lower(value) if isinstance(value, dict) else None


def text_in(value: Any, limits: Limits) -> str:
    """The text that this is, without what nobody sees; "" for no text or one that is too long."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str) or len(value) > limits.max_value:
        return ""
    return _ODD.sub(REPLACED, value.strip())


def flag_in(value: Any) -> bool | None:
    """What a boolean says, also one that is written as a text."""
    if value is True or value in _TRUE:
        return True
    return False if value is False or value in _FALSE else None
