"""`/escalate/`: what somebody with these documents reaches directly, and what in several steps."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.escalation import LEFT_OUT, Answer, Goal, Kind, escalate
from policystudio.analysis.escalation.model import Life, Material
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.compare import COMPARISON
from policystudio.api.fields import Flag, Text
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
from policystudio.errors import InvalidInput, Problem
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

BODY = Shape(
    name="EscalateRequest",
    about="The documents that one person has, their policies or both; they are judged together.",
    optional={"documents": DOCUMENTS, "policies": POLICIES},
)
STATE = Shape(
    name="EscalationState",
    about="How a key or secret is before the first step.",
    required={
        "tags": ListOf(item=Shape(name="EscalationTag", required={"key": Text(), "value": Text()})),
        "life": Text(choices=[str(life) for life in Life]),
        "deletion_protection": Flag(),
        "material": Text(choices=[str(material) for material in Material]),
    },
)
OBJECT = Shape(
    name="EscalationObject",
    about="`also` are other names that the documents list alike; `key` is where an alias points, or what encrypts "
    "a secret; the alias has no state of its own.",
    required={
        "type": Text(choices=[str(kind) for kind in Kind]),
        "resource": Text(),
        "also": ListOf(item=Text()),
        "state": Null(of=STATE),
        "key": Null(of=Shape(name="EscalationKey", required={"resource": Text(), "state": STATE})),
    },
)
STEP = Shape(
    name="EscalationStep",
    about="`source` says where the facts are from, and what of it is inferred. A step without requests needs none.",
    required={
        "number": COUNT,
        "step": Text(),
        "text": Text(),
        "requests": ListOf(
            item=Shape(
                name="EscalationPermission",
                about="`request` can be sent to `/simulate/` as it is. `allowed_by` is null where the policy of the "
                "key or secret allows it, which an earlier step has set. `while`: what has to hold for it; a null "
                "value must not be sent.",
                required={
                    "request": Shape(
                        name="EscalationRequest",
                        required={
                            "action": Text(),
                            "resource": Text(),
                            "context": TextsByName(max_members=1000, max_characters=300_000),
                        },
                    ),
                    "allowed_by": Null(
                        of=Shape(name="EscalationStatement", required={"document": COUNT, "path": Text()})
                    ),
                    "while": ListOf(
                        item=Shape(
                            name="EscalationAssumption",
                            required={"key": Text(), "value": Null(of=Text())},
                        )
                    ),
                },
            )
        ),
        "source": Text(),
        "inferred": Flag(),
    },
)
ANSWER = Text(choices=[str(answer) for answer in Answer])
GOAL = Shape(
    name="EscalationGoal",
    about="`steps` are the fewest for the first object of `on`; with `unknown` they are there if what is in doubt goes "
    "the holder's way, with `no` there are none.",
    required={
        "goal": Text(choices=[str(goal) for goal in Goal]),
        "answer": ANSWER,
        "on": ListOf(item=OBJECT),
        "steps": ListOf(item=STEP),
    },
)
ESCALATION = Shape(
    name="Escalation",
    about="`answer` is the gravest of all; `reason` is set where the search came to no end. `no` holds for the model, "
    "which leaves out what `left_out` names.",
    required={
        "answer": ANSWER,
        "goals": ListOf(item=GOAL),
        "reason": COMPARISON.required["reason"],
        "reading": COMPARISON.required["reading"],
        "warnings": ListOf(item=WARNING),
        "left_out": ListOf(item=Text()),
    },
)


class Escalate(Endpoint):
    """Searches what is reached in several steps. Nothing is stored, and no cloud is asked."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Find what is reached in several steps",
            about="Says which keys and secrets can be read, used or destroyed, and by which steps. "
            "404: no such released document.",
            body=BODY,
            answer=ESCALATION,
            errors=(404,),
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        if not body.get("documents") and not body.get("policies"):
            raise InvalidInput(
                [Problem("/documents", "send at least one document, or name a policy", "required")]
            )
        documents = (
            *given_documents(self, body.get("documents", []), "documents"),
            *stored_documents(self.viewer, body.get("policies", [])),
        )
        found = escalate(documents, catalogue=standards_of(self.viewer.team_id).catalogue)
        warnings = placeholder_warnings(documents)
        return self.show({**found.as_json(), "warnings": warnings, "left_out": list(LEFT_OUT)})


urlpatterns = [path("escalate/", Escalate.as_view(), name="escalate")]
