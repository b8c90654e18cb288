"""Writes answers as JSON: compact, UTF-8, times in UTC with `Z`.

What the members are is decided by the endpoints; refusals are written in `problems.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse

from policystudio.api.operation import JSON


def timestamp(at: datetime | None) -> str | None:
    """The moment as RFC 3339 in UTC, to the microsecond."""
    return None if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def json_bytes(data: Any) -> bytes:
    """The text of plain values; anything else is a bug of the endpoint and raises."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def answer(
    body: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None, content_type: str = JSON
) -> HttpResponse:
    """An answer that no shared cache may keep."""
    response = HttpResponse(body, status=status, content_type=content_type, headers=headers)
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Authorization, Cookie"
    return response
