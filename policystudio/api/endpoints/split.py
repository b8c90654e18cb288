"""`/split/`: a document over RAM's limit as several that together allow and deny the same."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.minimising import split
from policystudio.analysis.minimising.splitting import LIMIT
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.minimise import PATH, PROOF, WHERE, where
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.given import DOCUMENT, given_document
from policystudio.api.operation import Operation
from policystudio.api.shapes import COUNT
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.validation.size import counting

NAME = Text(
    pattern="[A-Za-z0-9-]{1,124}", example="crypto-user", about="The parts are called `<name>-1` and so on."
)
BODY = Shape(
    name="SplitRequest",
    about="Sizes are counted without blanks, after rendering, for the worst of the targets.",
    required={"document": DOCUMENT},
    optional={
        "name": NAME,
        "max_bytes": Integer(minimum=100, maximum=LIMIT, about=f"Of one part; {LIMIT} by default."),
        **WHERE,
    },
)
PART = Shape(
    name="SplitPart",
    required={
        "name": Text(),
        "text": Text(about="Canonical text."),
        "bytes": COUNT,
        "statements": ListOf(item=COUNT, about="Those of the document that stand in it, whole or in part."),
    },
)
SPLIT = Shape(
    name="Split",
    about="`proof` is null where nothing had to be split, or nothing could be.",
    required={
        "parts": ListOf(item=PART, about="All of them have to be attached together."),
        "cut": ListOf(item=COUNT, about="Statements that are in several parts."),
        "too_long": ListOf(item=PATH, about="Statements that cannot be cut to fit; then there are no parts."),
        "too_many": Flag(
            about="Whether there are more parts than can be attached to one user, group or role."
        ),
        "most_attached": COUNT,
        "proof": Null(of=PROOF),
    },
)


class SplitUp(Endpoint):
    """Splits one document. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Split a document that is too long",
            about="Several documents that fit and, attached together, allow and deny the same.",
            body=BODY,
            answer=SPLIT,
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        document = given_document(self, body["document"], "document")
        found = split(
            document,
            max_bytes=body.get("max_bytes", LIMIT),
            measured=counting(*where(body)),
            name=body.get("name", "policy"),
            catalogue=standards_of(self.viewer.team_id).catalogue,
        )
        return self.show(found.as_json())


urlpatterns = [path("split/", SplitUp.as_view(), name="split")]
