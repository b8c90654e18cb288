"""Reads the body of every request with the core's exact reader; no framework's JSON parser runs before it.

What the members of a body must be is described in `fields.py` and by each endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO, Any

from django.http import HttpRequest
from rest_framework.parsers import BaseParser

from policystudio.api.fields import kind_of
from policystudio.api.problems import UnsupportedBody
from policystudio.errors import InvalidInput, Problem, TooLarge
from policystudio.ram.canonical import canonical
from policystudio.ram.reader import BODY_LIMITS, Json, JsonObject, plain, read_bytes

# A parameter is a token or a quoted text; of parameters only charset is looked at.
_JSON = re.compile(r"application/(?:[a-z0-9!#$&^_.+-]+\+)?json", re.IGNORECASE)
_CHARSET = re.compile(r';\s*charset\s*=\s*"?([^";]*)"?', re.IGNORECASE)


class ExactJSONParser(BaseParser):
    """For code that asks the framework for `request.data`; the endpoints call `body_of`."""

    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """The body as plain values."""
        assert parser_context is not None  # the framework always gives one
        return body_of(parser_context["request"]._request)


def body_bytes(request: HttpRequest) -> bytes:
    """The whole body. Raises: TooLarge past the limit, also when no length was announced."""
    cached: bytes | None = getattr(request, "_api_body", None)
    if cached is None:
        cached = _read(request)
        request._api_body = cached  # type: ignore[attr-defined]
    return cached


def _read(request: HttpRequest) -> bytes:
    limit = BODY_LIMITS.max_bytes
    announced = request.META.get("CONTENT_LENGTH") or ""
    if announced.isascii() and announced.isdigit() and int(announced) > limit:
        raise _too_large(limit)
    stream: Any = request
    if not announced and request.META.get("wsgi.input_terminated"):
        # A chunked body: the framework would take the missing length for an empty body.
        stream = request.META["wsgi.input"]
    pieces: list[bytes] = []
    rest = limit + 1
    while rest > 0:
        piece = stream.read(min(rest, 64 * 1024))
        if not piece:
            break
        pieces.append(piece)
        rest -= len(piece)
    if rest <= 0:
        raise _too_large(limit)
    return b"".join(pieces)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"the body is over {limit // 1024} KiB, the most that is read", advice="send less at a time"
    )


def body_of(request: HttpRequest, *, may_be_empty: bool = False) -> dict[str, Any] | list[Any]:
    """The body as plain values, `{}` for none where that is allowed; numbers are not rounded.

    Raises: TooLarge; UnsupportedBody when it is announced as something else than JSON in UTF-8; InvalidInput with the
    place of the fault, or when it is no object or list.
    """
    data = body_bytes(request)
    if not data and may_be_empty:
        return {}
    if not data:
        raise InvalidInput([Problem("", "a body is needed", "required")])
    refuse_other_content(request)
    reading = read_bytes(data, BODY_LIMITS)
    if reading.value is None:
        raise InvalidInput(
            [
                Problem(f.path or "", f"line {f.line}, column {f.column}: {f.message}", f.code)
                for f in reading.findings
            ]
        )
    request._api_value = reading.value  # type: ignore[attr-defined]
    value = plain(reading.value)
    if not isinstance(value, dict | list):
        raise InvalidInput([Problem("", f"the body must be an object, not {kind_of(value)}", "wrong-type")])
    return value


def canonical_member(request: HttpRequest, *path: str | int) -> str:
    """The canonical text of a part of the body that was read, its numbers digit for digit."""
    value: Json = request._api_value  # type: ignore[attr-defined]
    for step in path:
        inner = value.get(str(step)) if isinstance(value, JsonObject) else value.items[int(step)]  # type: ignore[union-attr]
        assert inner is not None  # the caller has just read it as a plain value
        value = inner
    return canonical(value)


def refuse_other_content(request: HttpRequest) -> None:
    """Raises: UnsupportedBody unless the content type is JSON in UTF-8."""
    header = str(request.META.get("CONTENT_TYPE", ""))
    media_type, _, _ = header.partition(";")
    if _JSON.fullmatch(media_type.strip()) is None:
        raise UnsupportedBody(
            "the body must be application/json", advice="send `Content-Type: application/json`"
        )
    charsets = _CHARSET.findall(header)
    if any(charset.strip().lower() not in ("utf-8", "utf8") for charset in charsets):
        raise UnsupportedBody("the body must be in UTF-8", advice="leave the charset out, or say utf-8")
