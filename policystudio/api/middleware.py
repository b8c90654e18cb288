"""Keeps everything below `/api/` in the API's own manner: problems for every error, and a short way for exports.

What an endpoint refuses by itself is written by `problems.py` and passes unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from policystudio.api import problems
from policystudio.api.authentication import bearer_text
from policystudio.api.endpoints.export import export_single

PREFIX = "/api/"
_EXPORT = re.compile(
    r"/api/v1/export/(?P<account>[0-9]{1,20})/(?P<region>[a-z0-9-]{1,64})/(?P<name>[A-Za-z0-9-]{1,128})/"
)


class ApiRequests:
    """Middleware, directly after the one for transport security.

    An export with a bearer token needs no session, cookie, language or page header, so it skips the rest of the chain;
    the host is checked here as the chain would have done.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        if bearer_text(request) is not None:
            # A cookie beside the token counts for nothing, so nobody need load or prolong its session.
            request.COOKIES = {}
            match = _EXPORT.fullmatch(request.path_info)
            if match is not None:
                return self._export(request, match)
        response = self.get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != problems.CONTENT_TYPE:
            return problems.for_status(response.status_code)
        return response

    def _export(self, request: HttpRequest, match: re.Match[str]) -> HttpResponseBase:
        try:
            request.get_host()
            return export_single(request, **match.groupdict())
        except Exception as error:  # noqa: BLE001  (the edge of this chain, as the framework is of the other)
            return self._failed(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A bug or a database that is gone, below `/api/`."""
        return self._failed(request, error) if request.path_info.startswith(PREFIX) else None

    def _failed(self, request: HttpRequest, error: Exception) -> HttpResponse:
        response = problems.handler(error, {})
        if response is None:
            # The test client and monitors hear of it as usual.
            got_request_exception.send(sender=type(self), request=request)
            response = problems.failure(error)
        return response
