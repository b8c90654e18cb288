"""`/minimise/`: the same access written shorter, each step with its reason, and the proof."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.comparing.answers import Answer
from policystudio.analysis.minimising import Kind, Scope, minimise
from policystudio.analysis.minimising.words import told
from policystudio.analysis.redundancy import Why
from policystudio.analysis.sentences import Language
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.compare import ANSWER, REASON
from policystudio.api.fields import Flag, Text
from policystudio.api.given import DOCUMENT, given_document
from policystudio.api.operation import Operation
from policystudio.api.shapes import COUNT, REGION_MODE, TARGET
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.ram.render import RegionMode, Target
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.validation.size import counting

WHERE = {
    "targets": ListOf(item=TARGET, max_items=600, about="Where a source with placeholders will go."),
    "region_mode": REGION_MODE,
}
BODY = Shape(
    name="MinimiseRequest",
    example={
        "document": {
            "Version": "1",
            "Statement": [
                {"Effect": "Allow", "Action": "kms:*", "Resource": "*"},
                {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"},
            ],
        }
    },
    required={"document": DOCUMENT},
    optional={
        **WHERE,
        "alone": Flag(
            about="Whether no other policy is attached beside it; only then a Deny that denies nothing may go."
        ),
        "language": Text(choices=[str(each) for each in Language], about="Of the texts; `en` by default."),
    },
)
PATH = Text(example="/Statement/1/Action/0", about="JSON Pointer into the document that was sent.")
STEP = Shape(
    name="MinimiseStep",
    about="`blame` is the statement that is the reason, or that took in another; null where it takes several.",
    required={
        "kind": Text(choices=[str(kind) for kind in Kind]),
        "path": PATH,
        "statement": COUNT,
        "why": Null(of=Text(choices=[str(why) for why in Why])),
        "blame": Null(of=COUNT),
        "conditions": ListOf(item=PATH, about="Conditions that contradict each other."),
        "text": Text(about="The same as a sentence; values of the document stand between backticks."),
    },
)
PROOF = Shape(
    name="SameAccessProof",
    about="The original against the result in both directions; `denies_…` is null where the document stands alone.",
    required={
        "holds": Flag(about="Whether it is proved that nothing changes."),
        "grants_new_access": ANSWER,
        "revokes_access": ANSWER,
        "denies_more": Null(of=Text(choices=[str(answer) for answer in Answer])),
        "denies_less": Null(of=Text(choices=[str(answer) for answer in Answer])),
        "scope": Text(choices=[str(scope) for scope in Scope], about="For which accounts and regions."),
        "reason": Null(of=REASON),
    },
)
MINIMISED = Shape(
    name="Minimised",
    about="`complete` tells that nothing of what is left can go; `reason` says what ran out.",
    required={
        "text": Text(about="The result as canonical text; that of the document where nothing can go."),
        "steps": ListOf(item=STEP),
        "bytes_before": COUNT,
        "bytes_after": COUNT,
        "proof": PROOF,
        "complete": Flag(),
        "reason": Null(of=REASON),
    },
)


class Minimise(Endpoint):
    """Writes one document shorter. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Write a document shorter",
            about="Leaves out what changes nothing and joins statements; proved to allow and deny the same.",
            body=BODY,
            answer=MINIMISED,
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        document = given_document(self, body["document"], "document")
        targets, mode = where(body)
        found = minimise(
            document,
            catalogue=standards_of(self.viewer.team_id).catalogue,
            targets=targets,
            region_mode=mode,
            alone=body.get("alone", False),
        )
        language = Language(body.get("language", Language.ENGLISH))
        count = counting(targets, mode)
        sizes = {"bytes_before": count(document), "bytes_after": count(found.document)}
        return self.show({**told(found, document, language), **sizes})


def where(body: dict[str, Any]) -> tuple[list[Target], RegionMode]:
    """Where the source will go, as the body says."""
    targets = [Target(each["account"], each["region"]) for each in body.get("targets", [])]
    return targets, RegionMode(body.get("region_mode", "separate"))


urlpatterns = [path("minimise/", Minimise.as_view(), name="minimise")]
