"""The addresses of the API: whatever the modules in `endpoints/` declare, and a problem for everything else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from policystudio.api import problems
from policystudio.api.docs import Docs, OpenApi
from policystudio.discovery import discover

app_name = "api"


@csrf_exempt  # otherwise an unsafe method would be 403 before anybody says that there is no such address
def unknown(request: HttpRequest) -> HttpResponse:
    """404, or 400 where the path itself is malformed; with a hint when only the slash at the end is missing."""
    if "\0" in request.path:
        return problems.problem(400, "the character NUL (U+0000) is refused in an address")
    advice = "" if request.path.endswith("/") else "addresses end with a slash"
    return problems.not_found(advice)


def version_1() -> list[URLPattern | URLResolver]:
    """All endpoints, in the order of their files; no address of one can be taken for that of another."""
    found = discover("policystudio.api.endpoints", "urlpatterns", list)
    return [url for urls in found.values() for url in urls]


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/", include(version_1())),
    path("schema/", OpenApi.as_view(), name="schema"),
    path("docs/", Docs.as_view(), name="docs"),
    re_path(r"^", unknown),
]
