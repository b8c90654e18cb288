"""`/export/`: the released documents, byte for byte as they were stored at release.

The single export is the hot way: a plain view without the framework's machinery, one query for the token and one for
the document.
"""

from __future__ import annotations

from itertools import chain

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path
from rest_framework import exceptions
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api import problems
from policystudio.api.authentication import WRONG_TOKEN, bearer_text
from policystudio.api.endpoint import Endpoint, allowed, read_query
from policystudio.api.etags import is_known
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.structures import AnyObject
from policystudio.api.throttling import EXPORT_COST, seconds_to_wait
from policystudio.clients import client_address
from policystudio.errors import ServiceError
from policystudio.exports.format import all_formats
from policystudio.review.exporting import export_one, export_rows
from policystudio.session_team import session_viewer
from policystudio.teams.permissions import Act, require
from policystudio.teams.selectors import viewer_for_token
from policystudio.teams.viewer import Viewer


class ExportOne:
    """The document that is released for a target under a name, and nothing else.

    Permission is checked before `If-None-Match`, so that a 304 tells nothing to those who may not read.
    """

    access = {"GET": Access(Act.EXPORT)}
    operations = {
        "GET": Operation(
            summary="Fetch a released document",
            about="The ETag is the SHA-256 of the body in hexadecimal. 409: stored here, but not released.",
            answer=AnyObject(about="The RAM policy document."),
            has_etag=True,
            errors=(404, 409),
        )
    }

    def __call__(self, request: HttpRequest, account: str, region: str, name: str) -> HttpResponseBase:
        try:
            return self.answer(request, account, region, name)
        except (ServiceError, exceptions.APIException) as error:
            response = problems.handler(error, {})
            assert response is not None  # both kinds are known there
            return response

    def answer(self, request: HttpRequest, account: str, region: str, name: str) -> HttpResponseBase:
        """Raises: NotAllowed; NotReleased; NotFound; InvalidInput; IntegrityBroken."""
        if request.method not in ("GET", "HEAD"):
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers={"Allow": ", ".join(allowed(self.access))})
            return problems.method_not_allowed(str(request.method), allowed(self.access))
        viewer = _viewer(request)
        if viewer is None:
            is_bearer = bearer_text(request) is not None
            return problems.unauthorized(WRONG_TOKEN if is_bearer else "log in, or send a bearer token")
        require(viewer, Act.EXPORT)
        wait = seconds_to_wait(viewer, EXPORT_COST)
        if wait:
            return problems.too_busy(wait)
        if request.META.get("QUERY_STRING"):
            read_query(request, {})
        text, sha256, _ = export_one(viewer, account, region, name)
        tag = f'"{sha256}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}
        if "HTTP_IF_NONE_MATCH" in request.META and is_known(request, tag):
            return HttpResponse(status=304, headers=headers)
        body = text.encode()
        headers["Content-Length"] = str(len(body))
        return HttpResponse(body, content_type="application/json", headers=headers)


def _viewer(request: HttpRequest) -> Viewer | None:
    token = bearer_text(request)
    if token is not None:
        return viewer_for_token(token, client_address(request))
    user = getattr(request, "user", None)
    return session_viewer(request) if user is not None and user.is_authenticated else None


class ExportMany(Endpoint):
    """All released documents of the filter, streamed in blocks with bounded memory."""

    access = {"GET": Access(Act.EXPORT)}
    operations = {
        "GET": Operation(
            summary="Fetch all released documents",
            query={
                "account": Text(max_characters=64, about="Only those for this account."),
                "region": Text(max_characters=64, about="Only those for this region."),
                "format": Text(choices=tuple(all_formats()), default="json", about="How they are written."),
            },
            media_types=tuple(each.content_type for each in all_formats().values()),
        )
    }

    def get(self, request: Request) -> HttpResponseBase:
        chosen = all_formats()[self.query.get("format", "json")]
        written = chosen.write(export_rows(self.viewer, self.query.get("account"), self.query.get("region")))
        # The first block is made here, so that what fails at once is answered like every other failure.
        first = next(written, b"")
        response = StreamingHttpResponse(chain([first], written), content_type=chosen.content_type)
        response["Cache-Control"] = "private, no-cache"
        response["Vary"] = "Authorization, Cookie"
        name = f"policies.{chosen.file_extension}"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


export_single = ExportOne()

urlpatterns = [
    path("export/", ExportMany.as_view(), name="export"),
    path("export/<account:account>/<slug_:region>/<policy_name:name>/", export_single, name="export-one"),
]
