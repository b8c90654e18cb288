"""Short ways to write statements and to ask about them."""

from __future__ import annotations

import json
from typing import Any

from policystudio.analysis.deciding import STATED, Evaluation, Reading, Trace, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request, faults
from policystudio.ram.document import Document

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"


def statement(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/*", **more}


def read(*statements: Any) -> Document:
    parsed = read_given(json.dumps({"Version": "1", "Statement": list(statements)}, ensure_ascii=False))
    assert parsed.document is not None, parsed.findings
    return parsed.document


def asked(
    *statements: Any,
    action: str = "kms:Decrypt",
    resource: str = KEY,
    context: dict[str, str] | None = None,
    reading: Reading = STATED,
) -> Evaluation:
    """What the statements of one document say."""
    request = Request(action, resource, context or {})
    assert not faults(request)
    return evaluate([read(*statements)], request, reading=reading)


def told(trace: Trace) -> list[tuple[str, str]]:
    """Outcome and words of each element."""
    return [(str(element.outcome), element.detail) for element in trace.elements]
