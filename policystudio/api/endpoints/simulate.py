"""`/simulate/`: what a request gets from given or stored documents, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request as HttpApiRequest

from policystudio.access import Access
from policystudio.analysis.deciding import NOT_CONSIDERED, Decision, Outcome, evaluate
from policystudio.analysis.request import Request, cautions, faults, text_of
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Field, Flag, Schemas, Text, kind_of, wrong_type
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
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.document import Effect
from policystudio.ram.position import pointer
from policystudio.teams.permissions import Act

MAX_KEYS = 100
MAX_ACTION = 256
MAX_CHARACTERS = 1024
MOST_KEYS = 10_000
MOST_CHARACTERS = 256 * 1024
"""As much as a document can hold, so that every request that a comparison shows can be asked here; stored is less."""


@dataclass(frozen=True, kw_only=True)
class Context(Field):
    """The keys that a request carries, each with one value; numbers and booleans are turned into their text."""

    max_keys: int = MAX_KEYS
    max_characters: int = MAX_CHARACTERS

    def read(self, value: Any, at: str, problems: list[Problem]) -> dict[str, str] | None:
        if not isinstance(value, dict):
            problems.append(wrong_type(at, "an object", value))
            return None
        if len(value) > self.max_keys:
            problems.append(Problem(at, f"has {len(value)} members; at most {self.max_keys}", "too-many"))
            return None
        read: dict[str, str] = {}
        for key, given in value.items():
            text = text_of(given)
            if text is None:
                detail = f"must be a text, a number or a boolean, not {kind_of(given)}"
                if isinstance(given, list):
                    detail += "; what several values for one key mean is documented nowhere"
                problems.append(Problem(at + pointer(key), detail, "wrong-type"))
            else:
                one = Text(max_characters=self.max_characters)
                read[key] = one.read(text, at + pointer(key), problems) or ""
        return read

    def type_schema(self, schemas: Schemas) -> dict[str, Any]:
        one = {"type": ["string", "number", "boolean"], "maxLength": self.max_characters}
        return {"type": "object", "maxProperties": self.max_keys, "additionalProperties": one}


def _request(name: str, about: str, *, action: int, characters: int, keys: int) -> Shape:
    return Shape(
        name=name,
        about=about,
        required={
            "action": Text(max_characters=action, example="kms:Decrypt"),
            "resource": Text(
                max_characters=characters, example="acs:kms:cn-hangzhou:1234567890123456:key/key-1"
            ),
        },
        optional={
            "context": Context(
                about="Condition key to value; a key that is left out is missing from the request.",
                example={"acs:SourceIp": "203.0.113.9"},
                max_keys=keys,
                max_characters=characters,
            )
        },
    )


_ABOUT = "The resource is a full name, or `*` for an operation that has none of its own."
REQUEST = _request("RequestToJudge", _ABOUT, action=MAX_ACTION, characters=MAX_CHARACTERS, keys=MAX_KEYS)
ASKED = _request(
    "RequestToAsk",
    f"{_ABOUT} As long as a document can be.",
    action=MOST_CHARACTERS,
    characters=MOST_CHARACTERS,
    keys=MOST_KEYS,
)
BODY = Shape(
    name="SimulateRequest",
    about="The documents are attached together; at least one of `documents` and `policies` is sent.",
    required={"request": ASKED},
    optional={"documents": DOCUMENTS, "policies": POLICIES},
)
_STATEMENT = {
    "document": COUNT,
    "path": Text(about="JSON Pointer into the document."),
    "effect": Text(choices=[str(effect) for effect in Effect]),
}
OUTCOME = Text(choices=[str(outcome) for outcome in Outcome])
ELEMENT = Shape(
    name="TracedElement",
    about="An action list, a resource list or one condition entry; `by` is the entry or value that decided.",
    required={
        "element": Text(choices=["action", "resource", "condition"]),
        "path": Text(),
        "outcome": OUTCOME,
        "operator": Null(of=Text()),
        "key": Null(of=Text()),
        "by": Null(of=Shape(name="DecidingEntry", required={"path": Text(), "text": Text()})),
        "detail": Text(),
    },
)
ANSWER = Shape(
    name="Simulation",
    about="`document` counts the documents from 0, those of `policies` after those of `documents`.",
    required={
        "decision": Text(choices=[str(decision) for decision in Decision]),
        "matched": ListOf(
            item=Shape(name="MatchedStatement", required=_STATEMENT),
            about="Statements that match, Denies first.",
        ),
        "trace": ListOf(
            item=Shape(
                name="TracedStatement",
                required={
                    **_STATEMENT,
                    "sid": Null(of=Text()),
                    "outcome": OUTCOME,
                    "elements": ListOf(item=ELEMENT),
                },
            ),
            about="Every statement, also those after the decision was clear.",
        ),
        "near": ListOf(
            item=Shape(
                name="NearMiss",
                required={
                    "document": COUNT,
                    "path": Text(),
                    "failing": ListOf(item=Text()),
                    "text": Text(),
                },
            ),
            about="Allow statements that nearly match, the nearest first.",
        ),
        "reason": Null(
            of=Shape(
                name="UnknownReason",
                required={"document": COUNT, "path": Text(), "code": Text(), "detail": Text()},
            ),
            about="What is to blame where the decision is unknown.",
        ),
        "reading": Shape(name="Reading", required={"missing_negated": Flag()}),
        "warnings": ListOf(item=WARNING),
        "request_warnings": ListOf(
            item=Shape(name="RequestWarning", required={"pointer": Text(), "code": Text(), "detail": Text()}),
            about="What is hardly meant so, such as a wildcard, which is a letter like any other in a request.",
        ),
        "not_considered": ListOf(item=Text(), about="What may change the answer in the cloud."),
    },
)


class Simulate(Endpoint):
    """Judges one request. Nothing is stored, and no cloud is asked."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Simulate a request",
            about="Decides whether documents allow a request, and says why. 404: no such released document.",
            body=BODY,
            answer=ANSWER,
            errors=(404,),
        )
    }

    def post(self, request: HttpApiRequest) -> HttpResponse:
        body = self.body()
        asked = _asked(body)
        documents = (
            *given_documents(self, body.get("documents", []), "documents"),
            *stored_documents(self.viewer, body.get("policies", [])),
        )
        return self.show(
            {
                **evaluate(documents, asked).as_json(),
                "warnings": placeholder_warnings(documents),
                "request_warnings": [
                    {**each._asdict(), "pointer": f"/request{each.pointer}"} for each in cautions(asked)
                ],
                "not_considered": list(NOT_CONSIDERED),
            }
        )


def _asked(body: Mapping[str, Any]) -> Request:
    """The request of a body that was read. Raises: InvalidInput when it is none, or there are no documents."""
    sent = body["request"]
    request = Request(sent["action"], sent["resource"], sent.get("context", {}))
    problems = [Problem(f"/request{f.pointer}", f.detail, f.code) for f in faults(request)]
    if "documents" not in body and "policies" not in body:
        problems.append(Problem("/documents", "send documents, policies or both", "required"))
    if problems:
        raise InvalidInput(problems)
    return request


urlpatterns = [path("simulate/", Simulate.as_view(), name="simulate")]
