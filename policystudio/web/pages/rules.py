"""The documentation of every code that the validator says, each at its own address."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import NotFound
from policystudio.ram.finding import Severity
from policystudio.standards.selectors import standards_of
from policystudio.standards.severities import severity_get
from policystudio.teams.permissions import Act
from policystudio.validation.registry import all_documentation, documentation
from policystudio.validation.rule import Example
from policystudio.web.filtering import filters_of
from policystudio.web.page import Page, PageView
from policystudio.web.pages.catalogue import tabs
from policystudio.web.words import said


class Rules(PageView):
    """All codes, by severity, with search."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("q", "").strip().lower()
        given, ignored = filters_of(request, {"severity": [str(each) for each in Severity]})
        severity = given["severity"]
        pages = [
            page
            for page in all_documentation().values()
            if wanted in f"{page.code} {page.title}".lower() and severity in ("", str(page.severity))
        ]
        groups = [(str(each), [page for page in pages if page.severity is each]) for each in Severity]
        severities = [("", _("any")), *((str(each), said(str(each).replace("_", " "))) for each in Severity)]
        context = {
            "groups": [(name, found) for name, found in groups if found],
            "count": len(pages),
            "ignored": ignored,
            "q": request.GET.get("q", ""),
            "severity": severity,
            "severities": severities,
            "tabs": tabs("rules", standards_of(self.viewer.team_id).catalogue),
        }
        return self.page("rules/rules.html", context, fragment="rules/_list.html")


class RulePage(PageView):
    """One code: what is wrong, why it matters, what to do, and examples; a former code shows today's page."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        page = documentation(code)
        if page is None:
            raise NotFound("there is no such code")
        rule = page.rule
        context = {
            "page": page,
            "asked": code,
            "own": severity_get(self.viewer, page.code),
            "may_set": self.viewer.may(Act.MANAGE_SEVERITIES),
            "triggers": [example_text(example) for example in rule.triggers] if rule else [],
            "clean": [example_text(example) for example in rule.clean] if rule else [],
            "crumbs": [(_("Catalogue"), reverse("catalogue")), (_("Finding codes"), reverse("rules"))],
        }
        return self.page("rules/rule.html", context)


def example_text(example: Example) -> str:
    """The example as it was written: a statement, several, or a document; what was left out is harmless."""
    plain: Any = example.of
    return json.dumps(plain, indent=2, ensure_ascii=False) + "\n"


PAGE = Page(
    urls=(
        path("rules/", Rules.as_view(), name="rules"),
        path("rules/<slug:code>/", RulePage.as_view(), name="rule"),
    ),
    section="catalogue",
)
