"""`/severities/`: how grave each code of a finding is to the team."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.shapes import MOMENT, SEVERITY, USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.standards.services.reset_severity import reset_severity
from policystudio.standards.services.set_severity import MAX_REASON, set_severity
from policystudio.standards.severities import CodeSeverity, severities, severity_get
from policystudio.teams.permissions import Act
from policystudio.validation.severities import OFF

GRADE = Text(choices=[*SEVERITY.choices, OFF])
REASON = Text(min_characters=1, max_characters=MAX_REASON, is_judged_elsewhere=True)
SHOWN = Shape(
    name="CodeSeverity",
    about="`default` is null for a code that the product no longer has; then `severity` is null too.",
    required={
        "code": Text(),
        "title": Text(),
        "default": Null(of=SEVERITY),
        "severity": Null(of=GRADE, about="What counts for the team now."),
        "choices": ListOf(
            item=GRADE, about="What may be set; empty for what RAM refuses, which stays an error."
        ),
        "setting": Null(
            of=Shape(
                name="SeveritySetting",
                required={"severity": GRADE, "reason": Text(), "set_by": USERNAME, "set_at": MOMENT},
            )
        ),
    },
)
NEW = Shape(
    name="SeveritySettingNew",
    example={"severity": "error", "reason": "our auditors ask for it"},
    required={"severity": Text(choices=GRADE.choices, is_judged_elsewhere=True), "reason": REASON},
)
FILTERS = {"set": Text(choices=["yes", "no"], about="Only codes that the team has, or has not, set.")}


def show_severity(code: CodeSeverity) -> dict[str, Any]:
    setting = code.setting
    return {
        "code": code.code,
        "title": code.title,
        "default": None if code.default is None else str(code.default),
        "severity": code.severity,
        "choices": list(code.choices),
        "setting": None
        if setting is None
        else {
            "severity": setting.severity,
            "reason": setting.reason,
            "set_by": setting.set_by_name,
            "set_at": timestamp(setting.set_at),
        },
    }


class Severities(Endpoint):
    """Every code, and every setting of a code that is gone."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="List how grave each code is to the team", query=FILTERS, answer=SHOWN, is_paged=True
        )
    }

    def get(self, request: Request) -> HttpResponse:
        wanted = self.query.get("set")
        found = [
            each
            for each in severities(self.viewer)
            if wanted is None or (each.setting is not None) == (wanted == "yes")
        ]
        return self.page(tuple(found), show_severity)


class OneSeverity(Endpoint):
    """One code; what is set counts at once, for drafts, open reviews and releases."""

    access = {
        "GET": Access(Act.READ),
        "PUT": Access(Act.MANAGE_SEVERITIES),
        "DELETE": Access(Act.MANAGE_SEVERITIES),
    }
    operations = {
        "GET": Operation(summary="Show how grave a code is", answer=SHOWN, has_etag=True, errors=(404,)),
        "PUT": Operation(
            summary="Set how grave a code is",
            about="Never below an error for what RAM refuses; a security warning never below a warning.",
            body=NEW,
            answer=SHOWN,
            has_etag=True,
            needs_match=True,
            errors=(404,),
        ),
        "DELETE": Operation(
            summary="Let the default count again", status=204, needs_match=True, errors=(404,)
        ),
    }

    def get(self, request: Request, code: str) -> HttpResponse:
        found = severity_get(self.viewer, code)
        return self.show(show_severity(found), version=found.version)

    def put(self, request: Request, code: str) -> HttpResponse:
        found, body = severity_get(self.viewer, code), self.body()
        expected = self.expected_version(show_severity(found), found.version)
        found = set_severity(by=self.viewer, code=found.code, expected_version=expected, **body)
        return self.show(show_severity(found), version=found.version)

    def delete(self, request: Request, code: str) -> HttpResponse:
        found = severity_get(self.viewer, code)
        return self.remove(show_severity(found), found.version, reset_severity, code=found.code)


urlpatterns = [
    path("severities/", Severities.as_view(), name="severities"),
    path("severities/<slug_:code>/", OneSeverity.as_view(), name="severity"),
]
