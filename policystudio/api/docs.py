"""`/api/schema/` and `/api/docs/`: the API described for machines and people. Both are public: they hold no data."""

from __future__ import annotations

from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.generic import View
from rest_framework.request import Request

from policystudio.access import PUBLIC
from policystudio.api import problems
from policystudio.api.answers import answer
from policystudio.api.endpoint import Endpoint, allowed
from policystudio.api.openapi import document_bytes
from policystudio.api.operation import Operation
from policystudio.api.structures import AnyObject


class OpenApi(Endpoint):
    """The OpenAPI 3.1 document."""

    access = {"GET": PUBLIC}
    operations = {
        "GET": Operation(summary="Describe this API", answer=AnyObject(about="An OpenAPI 3.1 document."))
    }

    def get(self, request: Request) -> HttpResponse:
        return answer(document_bytes())


# Swagger UI draws its icons from `data:` addresses.
@method_decorator(csp_update({"img-src": ["data:"]}), name="dispatch")
@method_decorator(ensure_csrf_cookie, name="dispatch")
# It changes nothing, and a method that it lacks is 405 rather than a missing CSRF token.
@method_decorator(csrf_exempt, name="dispatch")
class Docs(View):
    """A page to read and try the API, with Swagger UI from our own origin."""

    access = {"GET": PUBLIC}
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "api/docs.html", {"schema_url": reverse("api:schema")})

    def http_method_not_allowed(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        return problems.method_not_allowed(str(request.method), allowed(self.access))
