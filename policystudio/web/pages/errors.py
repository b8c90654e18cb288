"""The answers when something goes wrong outside a view: no such page, a bug, a missing CSRF token.

What services refuse is translated in `web/faults.py`; addresses below /api/ answer in their own form.
"""

from __future__ import annotations

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse

from policystudio.web.faults import fault
from policystudio.web.page import Page

PAGE = Page()


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what the browser sent could not be understood; 413 when it was too much."""
    return fault(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for what Django itself denies."""
    return fault(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what does not exist and what one may not see."""
    return fault(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for a bug, and 503 when the database cannot be reached: that one passes by itself."""
    is_database_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return fault(request, 503 if is_database_away else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's secret is missing or old; the reason is for the log, not for whoever may have forged it."""
    return fault(request, 403, message="csrf")
