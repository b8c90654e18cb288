"""`/schema/document/`: the JSON Schema of a RAM policy document, for editors and other tools; open to everybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import PUBLIC
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.structures import AnyObject
from policystudio.ram.document import Kind
from policystudio.ram.schema import document_schema


class DocumentSchema(Endpoint):
    """What the validator checks first; the rules on meaning are at `/rules/`."""

    access = {"GET": PUBLIC}
    operations = {
        "GET": Operation(
            summary="Show the JSON Schema of a policy document",
            query={"kind": Text(choices=[str(kind) for kind in Kind], default=str(Kind.IDENTITY))},
            answer=AnyObject(about="A JSON Schema, draft 2020-12."),
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.show(document_schema(Kind(self.query.get("kind", Kind.IDENTITY))))


urlpatterns = [path("schema/document/", DocumentSchema.as_view(), name="document-schema")]
