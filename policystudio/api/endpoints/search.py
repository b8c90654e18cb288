"""`/search/`: which released documents let somebody do an action on a resource, and under which conditions."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ACCOUNT, COUNT, ID, REGION
from policystudio.api.structures import ListOf, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.ram.document import Condition
from policystudio.ram.reader import JsonObject, JsonString, read
from policystudio.search.answering import Cause, Hit, Verdict, who_may
from policystudio.search.models import SearchedDocument
from policystudio.search.question import Question
from policystudio.teams.permissions import Act

CONDITION = Shape(
    name="OpenCondition",
    required={"operator": Text(), "key": Text(), "values": ListOf(item=Text())},
)
CAUSE = Shape(
    name="CauseOfAnswer",
    about="A statement with a part in the answer; its conditions that the question leaves open must hold for that.",
    required={
        "path": Text(example="/Statement/0"),
        "effect": Text(choices=["Allow", "Deny"]),
        "on_some_resources": Flag(
            about="It speaks of some of the resources that were asked about, not of all."
        ),
        "conditions": ListOf(item=CONDITION),
    },
)
SHOWN = Shape(
    name="WhoMay",
    required={
        "policy": Shape(name="PolicyOfAnswer", required={"id": ID, "name": Text()}),
        "revision": ID,
        "account": ACCOUNT,
        "region": REGION,
        "answer": Text(
            choices=[str(verdict) for verdict in Verdict],
            about="All statements of the document taken together; `denied`: nothing is left of what it allows.",
        ),
        "statements": ListOf(item=CAUSE),
    },
)
QUERY = {
    "action": Text(max_characters=256, example="kms:Decrypt", about="One action; required."),
    "resource": Text(
        max_characters=1024,
        example="acs:kms:cn-hangzhou:1234567890123456:key/key-1",
        about="A resource, or a pattern: then documents that allow it on some of these count too. Left out: any.",
    ),
    "account": Text(max_characters=64, about="Only documents for this account."),
    "region": Text(max_characters=64, about="Only documents for this region."),
    "context": Text(
        max_characters=16_384,
        example='{"acs:SourceIp": "203.0.113.9"}',
        about="What the request carries for sure: a JSON object, condition key to text.",
    ),
    "denied": Text(
        choices=["true", "false"],
        about="`true`: list the documents in which a Deny stands against what an Allow gives.",
    ),
    "complete": Text(
        choices=["true", "false"], about="`true`: the request carries nothing beside `context`."
    ),
}


class Search(Endpoint):
    """Who may do what, over everything that the team exports now."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Find the documents that allow an action",
            about="Documents in which a Deny stands against it are counted, and listed with `denied=true` instead. "
            "`counts` go by single statements; each result is proved over all statements of its document, so that one "
            "that is counted as `under_conditions` may say `always` or `denied`.",
            query=QUERY,
            answer=SHOWN,
            is_paged=True,
            beside_page={
                "counts": Shape(name="CountsOfAnswers", required={str(verdict): COUNT for verdict in Verdict})
            },
        )
    }

    def get(self, request: Request) -> HttpResponse:
        answer = who_may(self.viewer, self._question())
        shown: dict[int, Any] = {}

        def prepare(documents: list[SearchedDocument]) -> None:
            shown.update({hit.document.pk: show(hit) for hit in answer.hits(documents)})

        counts = {str(verdict): count for verdict, count in answer.counts().items()}
        listed = answer.denied if self.query.get("denied") == "true" else answer.documents
        return self.page(
            listed, lambda document: shown[document.pk], Order("pk"), prepare, {"counts": counts}
        )

    def _question(self) -> Question:
        if "action" not in self.query:
            raise InvalidInput([Problem("/action", "say which action, such as `kms:Decrypt`", "required")])
        return Question(
            action=self.query["action"],
            resource=self.query.get("resource"),
            context=_context(self.query.get("context", "{}")),
            is_complete=self.query.get("complete") == "true",
            account=self.query.get("account"),
            region=self.query.get("region"),
        )


def _context(text: str) -> dict[str, str]:
    """Raises: InvalidInput at /context."""
    reading = read(text)
    if not isinstance(reading.value, JsonObject):
        detail = reading.findings[0].message if reading.findings else "must be a JSON object"
        raise InvalidInput([Problem("/context", detail, "not-an-object")])
    found = {}
    for member in reading.value.members:
        if not isinstance(member.value, JsonString):
            raise InvalidInput([Problem("/context", f"`{member.name}` must have a text", "wrong-type")])
        found[member.name] = member.value.text
    return found


def show(hit: Hit) -> dict[str, Any]:
    document = hit.document
    return {
        "policy": {"id": document.policy_id, "name": document.name},
        "revision": document.revision_number,
        "account": document.account,
        "region": document.region,
        "answer": str(hit.verdict),
        "statements": [_cause(cause) for cause in hit.causes],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "path": cause.path,
        "effect": "Allow" if cause.is_allow else "Deny",
        "on_some_resources": cause.is_partial,
        "resources": list(cause.resources),
        "all_but_resources": cause.is_all_but,
        "conditions": [_condition(condition) for condition in cause.limits],
    }


def _condition(condition: Condition) -> dict[str, Any]:
    values = [value.text for value in condition.values]
    return {"operator": condition.operator.text, "key": condition.key.text, "values": values}


urlpatterns = [path("search/", Search.as_view(), name="search")]
