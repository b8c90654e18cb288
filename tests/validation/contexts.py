"""A few statements as what rules look at, without judging them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from policystudio.catalog import load
from policystudio.catalog.model import Action
from policystudio.ram.document import Text
from policystudio.validation.context import Context
from tests.reading import document

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HERE = "acs:kms:cn-hangzhou:1234567890123456"
PLAIN: Mapping[str, Any] = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": f"{HERE}:key/a"}


def statement(**members: Any) -> dict[str, Any]:
    """`PLAIN` with other members; the negation of an element takes its place."""
    left = {name: value for name, value in PLAIN.items() if f"Not{name}" not in members}
    return {**left, **members}


def about(*statements: Mapping[str, Any], **surroundings: Any) -> Context:
    """The context of a document of these statements."""
    text = json.dumps({"Version": "1", "Statement": list(statements)}, ensure_ascii=False)
    return Context(document(text), load(), surroundings.pop("now", NOON), **surroundings)


def action(name: str) -> Action:
    """An action of the catalogue, by its name without the prefix."""
    found = load().action(f"kms:{name}")
    assert found is not None
    return found


def text(written: str) -> Text:
    """An entry that stands nowhere in particular."""
    return Text(written, "/Statement/0/Action", 0, 0)
