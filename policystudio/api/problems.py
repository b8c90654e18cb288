"""Writes every refusal as RFC 9457 `application/problem+json`: the one table from errors to HTTP status.

What is refused, and in which words, is decided by whoever raises. A traceback, path or statement never leaves here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from policystudio.api.fields import MAX_DETAILS
from policystudio.errors import (
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    Problem,
    ServiceError,
    Stale,
    TooLarge,
    Unavailable,
)
from policystudio.teams.services.answer_once import KeyReused

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
MAX_CHARACTERS = 2000

STATUS: dict[type[ServiceError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    InvalidInput: 400,
    KeyReused: 422,
    Conflict: 409,
    Stale: 412,
    TooLarge: 413,
    Unavailable: 503,
    ServiceError: 500,
}


class MatchRequired(ServiceError):
    """A change came without `If-Match`."""

    code = "match-required"
    title = "If-Match is required"


class UnsupportedBody(ServiceError):
    """The body is not JSON in UTF-8."""

    code = "unsupported-media-type"
    title = "Unsupported media type"


STATUS |= {MatchRequired: 428, UnsupportedBody: 415}


def status_of(error: ServiceError) -> int:
    """The HTTP status for an error, by the nearest of its classes in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problem(
    status: int,
    detail: str,
    *,
    code: str = "",
    title: str = "",
    errors: Sequence[Problem] = (),
    advice: str = "",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The answer for one refusal. `code` defaults to the words of the status."""
    phrase = HTTPStatus(status).phrase
    code = code or phrase.lower().replace(" ", "-")
    body: dict[str, Any] = {
        "type": f"urn:policystudio:problem:{code}",
        "title": title or phrase,
        "status": status,
        "detail": plain_words(detail),
        "code": code,
    }
    if errors:
        body["errors"] = [
            {"pointer": plain_words(p.pointer), "detail": plain_words(p.detail), "code": p.code}
            for p in errors[:MAX_DETAILS]
        ]
    if advice:
        body["advice"] = plain_words(advice)
    text = json.dumps(body, ensure_ascii=False)
    response = HttpResponse(text.encode(), status=status, content_type=CONTENT_TYPE, headers=headers)
    response["Cache-Control"] = "no-store"
    return response


def plain_words(text: str) -> str:
    """`text` cut to a length and safe to show: what cannot be seen or encoded becomes U+XXXX."""
    cut = text if len(text) <= MAX_CHARACTERS else text[:MAX_CHARACTERS] + "…"
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in cut)


def refusal(error: ServiceError) -> HttpResponse:
    """The answer to what a service refused."""
    status = status_of(error)
    if status >= 500:
        log.error("api_unavailable", code=error.code, detail=error.message)
    return problem(
        status, error.message, code=error.code, title=error.title, errors=error.problems, advice=error.advice
    )


def unauthorized(detail: str) -> HttpResponse:
    """401 with the challenge that RFC 9110 asks for."""
    headers = {"WWW-Authenticate": 'Bearer realm="Policy Studio"'}
    return problem(401, detail, advice="send `Authorization: Bearer <token>`, or log in", headers=headers)


def not_found(advice: str = "") -> HttpResponse:
    """No such address."""
    return problem(404, "there is no such address", title=NotFound.title, advice=advice)


def too_busy(wait_seconds: float) -> HttpResponse:
    """429 with the whole seconds to wait."""
    seconds = max(1, int(wait_seconds + 0.999))
    headers = {"Retry-After": str(seconds)}
    return problem(429, f"too many requests; wait {seconds} s", headers=headers)


def failure(error: BaseException) -> HttpResponse:
    """503 when the database does not answer, 500 for a bug; the log has the rest."""
    if isinstance(error, OperationalError | InterfaceError):
        log.error("database_unavailable", exc_info=error)
        headers = {"Retry-After": "5"}
        detail = "the database does not answer; nothing was changed"
        return problem(503, detail, code=Unavailable.code, title=Unavailable.title, headers=headers)
    log.error("api_failure", exc_info=error)
    return problem(
        500, "something went wrong on our side; nothing was changed", advice="tell the operator X-Request-ID"
    )


def handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Django REST framework's exception handler; None lets a bug rise to the middleware, which answers 500."""
    match error:
        case ServiceError():
            return refusal(error)
        case Http404():
            return not_found()
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return unauthorized(str(error.detail))
        case exceptions.MethodNotAllowed():
            return method_not_allowed(str(context["request"].method), context["view"].allowed_methods)
        case exceptions.NotAcceptable():
            return problem(406, "this address offers no form of the answer that `Accept` asks for")
        case exceptions.Throttled():
            return too_busy(getattr(error, "wait", None) or 1)
        case exceptions.PermissionDenied() | PermissionDenied():
            return problem(
                403, str(getattr(error, "detail", "") or "this is not allowed"), title=NotAllowed.title
            )
        case exceptions.APIException():
            return problem(error.status_code, str(error.detail))
        case RequestDataTooBig():
            return problem(413, "the body is too large", code=TooLarge.code, title=TooLarge.title)
        case SuspiciousOperation():
            return problem(400, "the request is malformed")
        case DatabaseError() if isinstance(error, OperationalError | InterfaceError):
            return failure(error)
    return None


def method_not_allowed(method: str, allowed: Sequence[str]) -> HttpResponse:
    """405 with `Allow`."""
    names = ", ".join(allowed)
    return problem(405, f"{method} is not possible here; possible are {names}", headers={"Allow": names})


def for_status(status: int) -> HttpResponse:
    """The problem for an error answer that Django made itself, such as the 400 for a wrong Host."""
    if status == 404:
        return not_found()
    words = {400: "the request is malformed", 403: "this is not allowed", 413: "the body is too large"}
    return problem(status, words.get(status, "the request failed; nothing was changed"))
