"""`/validate/`: the validator, as pages, review and release use it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import override
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.guardrails import BROKEN, show_broken
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.places import PLACE, target_of
from policystudio.api.shapes import FINDINGS, ID, REGION_MODE, SIZE, TARGET, show_findings, show_size
from policystudio.api.structures import AnyObject, ListOf, Null, Shape
from policystudio.errors import InvalidInput, Problem
from policystudio.guardrails.blocking import breaches
from policystudio.guardrails.breaking import Subject
from policystudio.guardrails.selectors import environments_of, in_force
from policystudio.policies.circumstances import circumstances_of
from policystudio.ram.render import RegionMode, Target
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.validation.kinds import kind_of

REQUEST = Shape(
    name="ValidateRequest",
    about="Either `text` or `document`. Account and region, or `targets`, say what it will be rendered for.",
    example={
        "text": '{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}]}',
        "account": "1234567890123456",
        "region": "cn-hangzhou",
    },
    optional={
        "text": Text(about="The document or source, judged exactly as typed: line and column refer to it."),
        "document": AnyObject(about="The same as an object; its canonical text is judged."),
        **PLACE,
        "targets": ListOf(item=TARGET, max_items=600),
        "name": Null(of=Text(max_characters=1000), about="The policy's name, judged too."),
        "region_mode": REGION_MODE,
    },
)
BREACH = Shape(
    name="GuardrailBreach",
    required={"guardrail": ID, "name": Text(), "broken": ListOf(item=BROKEN)},
)
ANSWER = Shape(
    name="Validation",
    about="`valid` says that there is no finding of severity error.",
    required={
        "valid": Flag(),
        "findings": FINDINGS,
        "size": SIZE,
        "guardrails": ListOf(
            item=BREACH,
            about="The team's guardrails in force that a release to these targets would break; none without targets.",
        ),
    },
)


class Validate(Endpoint):
    """Answers 200 whatever the document is like, as long as the request is well-formed. Nothing is stored."""

    access = {"POST": Access(Act.READ)}
    operations = {
        "POST": Operation(
            summary="Judge a document",
            about="200 also for a document full of errors. Nothing is stored.",
            body=REQUEST,
            answer=ANSWER,
        )
    }

    def post(self, request: Request) -> HttpResponse:
        body = self.body()
        if ("text" in body) == ("document" in body):
            problem = "ambiguous" if "text" in body else "required"
            raise InvalidInput([Problem("", "send either text or document", problem)])
        text = body["text"] if "text" in body else self.document_text(body["document"], "document")
        target = target_of(body)
        targets = [Target(each["account"], each["region"]) for each in body.get("targets", [])]
        every = targets if target is None else [target, *targets]
        judged = standards_of(self.viewer.team_id).validate(
            text,
            now=timezone.now(),
            **circumstances_of(self.viewer.team_id),
            targets=every,
            name=body.get("name"),
            region_mode=body.get("region_mode", "separate"),
            kind=kind_of(text),
        )
        return self.show(
            {
                "valid": judged.is_valid,
                "findings": show_findings(judged.findings),
                "size": show_size(judged),
                "guardrails": self._guardrails(body, text, every) if judged.document is not None else [],
            }
        )

    def _guardrails(self, body: dict[str, Any], text: str, targets: list[Target]) -> list[dict[str, Any]]:
        """What a release of the text to the targets would break."""
        team, mode = self.viewer.team_id, RegionMode(body.get("region_mode", "separate"))
        rules = in_force([team])[team]
        if not rules or not targets:
            return []
        subject = Subject(body.get("name") or "", text, tuple(sorted(set(targets))), mode)
        with override("en"):
            return [
                {
                    "guardrail": breach.guardrail.pk,
                    "name": breach.guardrail.name,
                    "broken": show_broken(breach.definition.kind, breach.found),
                }
                for breach in breaches(rules, subject, environments_of(team))
            ]


urlpatterns = [path("validate/", Validate.as_view(), name="validate")]
