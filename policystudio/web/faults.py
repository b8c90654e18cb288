"""Turns refusals into error pages: the one table from service errors to HTTP status for everything people see.

What happened and what was not changed is said in `templates/errors/<status>.html`; services know nothing of this.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers

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

STATUS: dict[type[ServiceError], int] = {
    NotFound: 404,
    NotAllowed: 403,
    InvalidInput: 422,
    Conflict: 409,
    Stale: 412,
    TooLarge: 413,
    Unavailable: 503,
    ServiceError: 400,
}
# These must be written without the database, so without the frame that asks who is looking.
WITHOUT_FRAME = frozenset({500, 503})


def status_of(error: ServiceError) -> int:
    """The HTTP status for an error, by the nearest of its classes in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def fault(
    request: HttpRequest,
    status: int,
    *,
    message: str = "",
    advice: str = "",
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    """The error page for a status. A 404 carries no message, so that it cannot tell whether the thing exists."""
    context = {
        "status": status,
        "message": "" if status == 404 else message,
        "advice": advice,
        "problems": problems,
        "request_id": request_id(request),
        "path": request.get_full_path(),
    }
    frame = None if status in WITHOUT_FRAME else request
    response = HttpResponse(render_to_string(f"errors/{status}.html", context, request=frame), status=status)
    add_never_cache_headers(response)
    return response


def refusal(request: HttpRequest, error: ServiceError) -> HttpResponse:
    """The error page for what a service refused."""
    status = status_of(error)
    return fault(request, status, message=error.message, advice=error.advice, problems=error.problems)


def request_id(request: HttpRequest) -> str:
    """The id under which this request stands in the log."""
    return str(
        getattr(request, "request_id", "") or structlog.contextvars.get_contextvars().get("request_id", "")
    )
