"""`/diagnose/`: why a request was refused, read from what is pasted, and the smallest change that would allow it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request as HttpApiRequest

from policystudio.access import Access
from policystudio.analysis.deciding import NOT_CONSIDERED
from policystudio.analysis.repairing import Cause, Suspect, Way, diagnose
from policystudio.analysis.reported import Kind, Limits, Read, Reported, read_reported
from policystudio.analysis.request import Request, faults
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.compare import COMPARISON, DECISION
from policystudio.api.endpoints.simulate import ANSWER as SIMULATION
from policystudio.api.endpoints.simulate import REQUEST
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.given import (
    DOCUMENTS,
    POLICIES,
    WARNING,
    given_documents,
    placeholder_warnings,
    stored_documents,
)
from policystudio.api.operation import Operation
from policystudio.api.shapes import COUNT
from policystudio.api.structures import ListOf, Null, Shape, TextsByName
from policystudio.catalog.model import Catalogue
from policystudio.errors import InvalidInput, Problem
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

LIMITS = Limits(max_reported=200)

BODY = Shape(
    name="DiagnoseRequest",
    about="At least one of `text` and `request`; with both, `text` tells who refused. Documents are attached together.",
    example={
        "text": "Forbidden.NoPermission: kms:Decrypt on acs:kms:cn-hangzhou:1234567890123456:key/key-1",
        "documents": ['{"Version": "1", "Statement": []}'],
    },
    optional={
        "text": Text(
            about="An error, a decoded diagnostic, trail events, or a line such as `kms:Decrypt acs:kms:…`."
        ),
        "request": REQUEST,
        "which": Integer(
            minimum=0, maximum=LIMITS.max_reported, about="Which of `understood`; the likeliest if left out."
        ),
        "documents": DOCUMENTS,
        "policies": POLICIES,
    },
)
_PLACE = {"start": COUNT, "end": COUNT}
_SAID = {"code": Text(), "detail": Text()}
REPORTED = Shape(
    name="ReportedRequest",
    about="What one piece of the text says, by code points; empty where it says nothing.",
    required={
        "kind": Text(choices=[str(kind) for kind in Kind]),
        "action": Text(),
        "resource": Text(),
        "relative_id": Text(
            about="The end of the resource where region or account are not said, as `key/key-1`."
        ),
        "context": TextsByName(max_members=LIMITS.max_keys, max_characters=LIMITS.max_value),
        "refused": Null(of=Flag()),
        "denial": Null(of=DECISION),
        "policy_type": Text(about="RAM's word for the kind of policy that refused."),
        "matched": ListOf(
            item=Shape(
                name="MatchedPolicy",
                required={"name": Text(), "type": Text(), "effect": Text(), "attached_to": Text()},
            )
        ),
        "notes": ListOf(
            item=Shape(name="ReportedNote", required={**_SAID, **_PLACE}),
            about="What was assumed, or is missing.",
        ),
        **_PLACE,
    },
)
_STATEMENT = {"document": COUNT, "path": Text(about="JSON Pointer into the document.")}
REPAIR = Shape(
    name="Repair",
    about="One change; `document` is null for a new one. `comparison` says exactly what it adds.",
    required={
        "document": Null(of=COUNT),
        "way": Text(choices=[str(way) for way in Way]),
        "path": Text(),
        "value": Text(),
        "detail": Text(),
        "text": Text(about="The document afterwards."),
        "comparison": Shape(
            name="RepairComparison",
            required={
                name: field
                for name, field in COMPARISON.required.items()
                if name not in ("warnings", "not_considered")
            },
        ),
    },
)
DIAGNOSIS = Shape(
    name="Diagnosis",
    about="The first of `repairs` is the smallest change that was found. A Deny is never changed.",
    required={
        "request": REQUEST,
        "cause": Text(choices=[str(cause) for cause in Cause]),
        "decision": DECISION,
        "denying": ListOf(item=Shape(name="DenyingStatement", required=_STATEMENT)),
        "near": SIMULATION.required["near"],
        "untold": ListOf(
            item=Text(), about="Condition keys that a near miss asks for and the request does not tell."
        ),
        "reason": SIMULATION.required["reason"],
        "suspects": ListOf(
            item=Shape(
                name="Suspect",
                required={
                    "code": Text(choices=[str(suspect) for suspect in Suspect]),
                    "said": Flag(about="Whether the refusal says so itself."),
                    "detail": Text(),
                },
            ),
            about="What else can refuse, and is not in these documents.",
        ),
        "repairs": ListOf(item=REPAIR),
        "smallest": Flag(
            about="Whether no other single change is known to allow less, all having been compared."
        ),
        "obstacle": Null(of=Text(), about="Why no change can allow exactly this."),
        "reading": SIMULATION.required["reading"],
    },
)
ANSWER = Shape(
    name="DiagnoseAnswer",
    about="`diagnosis` is null where no whole request was understood; `understood` says what is missing.",
    required={
        "understood": ListOf(item=REPORTED),
        "left": ListOf(
            item=Shape(name="LeftPiece", required={**_PLACE, **_SAID}), about="Pieces that say nothing."
        ),
        "which": Null(of=COUNT),
        "diagnosis": Null(of=DIAGNOSIS),
        "warnings": ListOf(item=WARNING),
        "not_considered": ListOf(item=Text(), about="What may change the answer in the cloud."),
    },
)


class Diagnose(Endpoint):
    """Diagnoses a refusal. Nothing is stored, and no cloud is asked."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Diagnose a refusal",
            about="Says why a request was refused and what would allow exactly it. 404: no such released document.",
            body=BODY,
            answer=ANSWER,
            errors=(404,),
        )
    }

    def post(self, request: HttpApiRequest) -> HttpResponse:
        body = self.body()
        catalogue = standards_of(self.viewer.team_id).catalogue
        read, which = _read(body, catalogue)
        asked = _asked(body, read, which)
        documents = (
            *given_documents(self, body.get("documents", []), "documents"),
            *stored_documents(self.viewer, body.get("policies", [])),
        )
        reported = None if which is None else read.reported[which]
        found = None if asked is None else diagnose(documents, asked, reported, catalogue=catalogue)
        return self.show(
            {
                "understood": [each.as_json() for each in read.reported],
                "left": [each._asdict() for each in read.left],
                "which": which,
                "diagnosis": None if found is None else found.as_json(),
                "warnings": placeholder_warnings(documents),
                "not_considered": list(NOT_CONSIDERED),
            }
        )


def _read(body: Mapping[str, Any], catalogue: Catalogue) -> tuple[Read, int | None]:
    """What the text says, and which of it counts. Raises: InvalidInput for no question and for no such report."""
    if "text" not in body and "request" not in body:
        raise InvalidInput([Problem("/text", "send text, request or both", "required")])
    read = read_reported(body.get("text", ""), catalogue=catalogue, limits=LIMITS)
    which: int | None = body.get("which", read.likeliest)
    if which is not None and which >= len(read.reported):
        detail = f"the text speaks of {len(read.reported)} requests, counted from 0"
        raise InvalidInput([Problem("/which", detail, "no-such-request")])
    return read, which


def _asked(body: Mapping[str, Any], read: Read, which: int | None) -> Request | None:
    """The request that was sent, else that of the text. Raises: InvalidInput when what was sent is none."""
    if "request" not in body:
        reported: Reported | None = None if which is None else read.reported[which]
        return None if reported is None else reported.dated.request
    sent = body["request"]
    request = Request(sent["action"], sent["resource"], sent.get("context", {}))
    problems = [Problem(f"/request{fault.pointer}", fault.detail, fault.code) for fault in faults(request)]
    if problems:
        raise InvalidInput(problems)
    return request


urlpatterns = [path("diagnose/", Diagnose.as_view(), name="diagnose")]
