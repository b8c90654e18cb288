"""Documents to write shorter, and what is left of them."""

from __future__ import annotations

import json
from typing import Any

from policystudio.analysis.minimising import Minimised, minimise
from tests.analysis.comparing.generating import given


def shortened(*statements: dict[str, Any], **more: Any) -> Minimised:
    return minimise(given({"Version": "1", "Statement": list(statements)}), **more)


def allow(
    action: Any = "kms:Decrypt", resource: Any = "*", effect: str = "Allow", **more: Any
) -> dict[str, Any]:
    return {"Effect": effect, "Action": action, "Resource": resource, **more}


def left(found: Minimised) -> list[dict[str, Any]]:
    statements: list[dict[str, Any]] = json.loads(found.text)["Statement"]
    return statements


def texts(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(texts, value.values()))
    return set().union(*map(texts, value)) if isinstance(value, list) else {value}
