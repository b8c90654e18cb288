"""`/derive/`: the smallest document that allows given requests, and what it could be widened to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request as HttpApiRequest

from policystudio.access import Access
from policystudio.analysis.request import Request
from policystudio.analysis.requirements import (
    Limits,
    Pasted,
    State,
    answered,
    counted,
    read_pasted,
    unless_refused,
)
from policystudio.analysis.requirements.adding import RISKS
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.compare import ANSWER, CHANGE, COMPARISON
from policystudio.api.endpoints.simulate import REQUEST
from policystudio.api.fields import MAX_DETAILS, Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.shapes import COUNT
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

LIMITS = Limits()
ID = Text(example="all:key:cn-hangzhou:1234567890123456", about="Stable: the same widening has the same id.")

BODY = Shape(
    name="DeriveRequest",
    about="Either `requests` or `text`; `accepted` are ids of offers, applied in this order.",
    example={
        "requests": [
            {
                "action": "kms:Decrypt",
                "resource": "acs:kms:cn-hangzhou:1234567890123456:key/key-1",
                "context": {"acs:SourceIp": "203.0.113.9"},
            }
        ],
        "accepted": ["network:acs:SourceIp:203.0.113.0/24"],
    },
    optional={
        "requests": ListOf(
            item=REQUEST,
            about=f"As many as a body holds; of more than {LIMITS.requests} the others are left out and told.",
        ),
        "text": Text(
            about="Trail events, messages or lines such as `kms:Decrypt acs:kms:… acs:SourceIp=203.0.113.9`."
        ),
        "accepted": ListOf(item=Text(max_characters=4096), max_items=LIMITS.accepted),
        "with_refused": Flag(
            about="Whether calls of the text that were refused every time are to be allowed too."
        ),
    },
)
_SAID = {"code": Text(), "detail": Text()}
LINE = Shape(
    name="RequiredRequest",
    about="A request that was read, once, with how often it was seen and how often of these it was refused.",
    required={
        "request": REQUEST,
        "times": COUNT,
        "refused": COUNT,
        "state": Text(choices=[str(state) for state in State]),
        "why": Null(of=Shape(name="LeftOutWhy", required={"pointer": Text(), **_SAID})),
        "notes": ListOf(item=Shape(name="RequirementNote", required=_SAID), about="What was assumed of it."),
    },
)
OFFER = Shape(
    name="Generalisation",
    about="A widening and exactly what it adds; without `complete` at most the known actions where it applies.",
    required={
        "id": ID,
        "text": Text(),
        "grants_new_access": ANSWER,
        "added": ListOf(item=CHANGE),
        "complete": Flag(),
        "known_actions": ListOf(item=Text()),
        "gravest_risk": Text(choices=RISKS),
        "reason": COMPARISON.required["reason"],
    },
)
DERIVED = Shape(
    name="Derived",
    about="`document` is text, null when no request can be written. Nothing is widened unless it is accepted.",
    required={
        "document": Null(of=Text()),
        "statements": COUNT,
        "requests": ListOf(item=LINE),
        "not_read": ListOf(
            item=Shape(name="NotRead", required={"start": COUNT, "end": COUNT, **_SAID}),
            about="Pieces of the text that give no request, by code points.",
        ),
        "accepted": ListOf(item=OFFER, about="What each added to the document before it."),
        "offers": ListOf(item=OFFER, about="What each would add to this document."),
        "has_more_offers": Flag(),
        "may_also_need": ListOf(
            item=Shape(
                name="DependentPermission",
                about="Told and never added.",
                required={
                    "action": Text(),
                    "needed_by": Text(),
                    "resource": Text(),
                    "when": Text(),
                    "confidence": Text(),
                    "detail": Text(),
                },
            )
        ),
    },
)


class Derive(Endpoint):
    """Derives a document. Nothing is stored, and no cloud is asked."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Derive a document from requests",
            about="The smallest document that allows the requests and nothing else, with widenings to accept.",
            body=BODY,
            answer=DERIVED,
        )
    }

    def post(self, request: HttpApiRequest) -> HttpResponse:
        body = self.body()
        if ("text" in body) == ("requests" in body):
            problem = "ambiguous" if "text" in body else "required"
            raise InvalidInput([Problem("", "send either requests or text", problem)])
        catalogue = standards_of(self.viewer.team_id).catalogue
        pasted = _given(body) if "requests" in body else read_pasted(body["text"], catalogue)
        accepted = body.get("accepted", [])
        answer = answered(
            pasted,
            (lambda _seen: True) if body.get("with_refused") else unless_refused,
            catalogue=catalogue,
            accepted=accepted,
        )
        used = {each.generalisation.id for each in answer.derived.accepted}
        unused = [
            Problem(
                f"/accepted/{index}",
                "nothing like this is offered for this document",
                "unknown-generalisation",
            )
            for index, each in enumerate(accepted)
            if each not in used or each in accepted[:index]
        ]
        if unused:
            raise InvalidInput(unused[:MAX_DETAILS])
        return self.show(answer.as_json())


def _given(body: Mapping[str, Any]) -> Pasted:
    return counted(
        Request(each["action"], each["resource"], each.get("context", {})) for each in body["requests"]
    )


urlpatterns = [path("derive/", Derive.as_view(), name="derive")]
