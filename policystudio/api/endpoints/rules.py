"""`/rules/`: what each code of a finding means, why it matters and what to do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.structures import AnyObject, ListOf, Shape
from policystudio.errors import NotFound
from policystudio.ram.finding import Severity
from policystudio.teams.permissions import Act
from policystudio.validation.registry import Documentation, all_documentation, documentation

SHOWN = Shape(
    name="Rule",
    required={
        "code": Text(),
        "severity": Text(choices=[str(severity) for severity in Severity]),
        "title": Text(),
        "text": Text(),
        "why": Text(),
        "what_to_do": Text(),
        "former_codes": ListOf(item=Text()),
        "triggers": ListOf(item=AnyObject(), about="Documents that show the finding."),
        "clean": ListOf(item=AnyObject(), about="Documents that do not."),
    },
)


def show_rule(page: Documentation) -> dict[str, Any]:
    rule = page.rule
    return {
        "code": page.code,
        "severity": str(page.severity),
        "title": page.title,
        "text": page.text,
        "why": page.why,
        "what_to_do": page.what_to_do,
        "former_codes": list(page.former_codes),
        "triggers": [] if rule is None else [example.document() for example in rule.triggers],
        "clean": [] if rule is None else [example.document() for example in rule.clean],
    }


class Rules(Endpoint):
    """All codes, by name."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="List what the validator can say", answer=SHOWN, is_paged=True)}

    def get(self, request: Request) -> HttpResponse:
        return self.page(tuple(all_documentation().values()), show_rule)


class OneRule(Endpoint):
    """One code; a former code leads to the rule that has it now."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show what a code means", answer=SHOWN, errors=(404,))}

    def get(self, request: Request, code: str) -> HttpResponse:
        page = documentation(code)
        if page is None:
            raise NotFound("there is no such code")
        return self.show(show_rule(page))


urlpatterns = [
    path("rules/", Rules.as_view(), name="rules"),
    path("rules/<slug_:code>/", OneRule.as_view(), name="rule"),
]
