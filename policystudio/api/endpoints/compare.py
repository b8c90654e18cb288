"""`/compare/`: whether one set of documents allows anything that another does not, and exactly what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.comparing import Answer, Certainty, compare
from policystudio.analysis.deciding import NOT_CONSIDERED, Decision
from policystudio.api.endpoint import Endpoint
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
from policystudio.ram.document import Document
from policystudio.teams.permissions import Act

SIDES = ("before", "after")

BODY = Shape(
    name="CompareRequest",
    about="Each side needs its documents, its policies or both; an empty list is a side that allows nothing.",
    optional={
        "before": DOCUMENTS,
        "after": DOCUMENTS,
        "before_policies": POLICIES,
        "after_policies": POLICIES,
    },
)
_TEXTS = ListOf(item=Text())
NAMES = Shape(
    name="ComparedNames",
    about="What fits one of `any_of`, one of each list of `within`, and none of `but_not`.",
    required={"any_of": _TEXTS, "within": ListOf(item=_TEXTS), "but_not": _TEXTS, "text": Text()},
)
LIMIT = Shape(
    name="ComparedLimit",
    about="Where the key is sent, all of `present` hold (null: it is not sent); `missing` lets it be left out.",
    required={
        "key": Text(),
        "present": Null(
            of=ListOf(
                item=Shape(name="ComparedTest", required={"operator": Text(), "values": _TEXTS}),
            )
        ),
        "missing": Flag(),
        "text": Text(),
    },
)
DECISION = Text(choices=[str(decision) for decision in Decision])
WITNESS = Shape(
    name="ComparedWitness",
    about="A request that shows the difference; it can be sent to `/simulate/` as it is.",
    required={
        "request": Shape(
            name="WitnessRequest",
            required={
                "action": Text(),
                "resource": Text(),
                "context": TextsByName(max_members=1000, max_characters=300_000),
            },
        ),
        "before": DECISION,
        "after": DECISION,
    },
)
CHANGE = Shape(
    name="ComparedChange",
    about="These actions on these resources where all conditions hold. Lines of one list do not overlap.",
    required={
        "actions": NAMES,
        "resources": NAMES,
        "conditions": ListOf(item=LIMIT),
        "known_actions": ListOf(item=Text(), about="The catalogue's actions among them."),
        "has_unlisted_actions": Flag(about="Whether names that nobody lists are among them."),
        "certainty": Text(choices=[str(certainty) for certainty in Certainty]),
        "causes": ListOf(
            item=Shape(
                name="ComparedCause",
                required={"side": Text(choices=SIDES), "document": COUNT, "path": Text()},
            ),
            about="The statements that bring it about, a Deny that went away among them.",
        ),
        "witness": WITNESS,
    },
)
ANSWER = Text(choices=[str(answer) for answer in Answer])
REASON = Shape(
    name="ComparisonReason",
    required={"code": Text(), "dimension": Text(), "patterns": _TEXTS},
)
COMPARISON = Shape(
    name="Comparison",
    about="`complete` tells whether the lists say all of it; `reason` why not, or why an answer is unknown.",
    required={
        "grants_new_access": ANSWER,
        "revokes_access": ANSWER,
        "added": ListOf(item=CHANGE),
        "removed": ListOf(item=CHANGE),
        "complete": Flag(),
        "witness": Null(of=WITNESS),
        "lost": Null(of=WITNESS),
        "reason": Null(of=REASON),
        "reading": Shape(name="ComparisonReading", required={"missing_negated": Flag()}),
        "warnings": ListOf(
            item=Shape(
                name="SideWarning",
                required={"side": Text(choices=SIDES), **WARNING.required},
            )
        ),
        "not_considered": ListOf(item=Text(), about="What may change the answer in the cloud."),
    },
)


class Compare(Endpoint):
    """Compares two sets of documents. Nothing is stored, and no cloud is asked."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Compare two sets of documents",
            about="Says exactly what one side allows that the other does not. 404: no such released document.",
            body=BODY,
            answer=COMPARISON,
            errors=(404,),
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        absent = [side for side in SIDES if side not in body and f"{side}_policies" not in body]
        if absent:
            detail = "send documents, policies or both; an empty list is a side that allows nothing"
            raise InvalidInput([Problem(f"/{side}", detail, "required") for side in absent])
        before, after = (self._documents(body, side) for side in SIDES)
        warnings = [
            {"side": side, **warning}
            for side, documents in (("before", before), ("after", after))
            for warning in placeholder_warnings(documents)
        ]
        compared = compare(before, after).as_json()
        return self.show({**compared, "warnings": warnings, "not_considered": list(NOT_CONSIDERED)})

    def _documents(self, body: Mapping[str, Any], side: str) -> tuple[Document, ...]:
        return (
            *given_documents(self, body.get(side, []), side),
            *stored_documents(self.viewer, body.get(f"{side}_policies", [])),
        )


urlpatterns = [path("compare/", Compare.as_view(), name="compare")]
