"""How grave each code is to the team: the list of all codes, and for admins the form that sets one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.errors import InvalidInput, Stale
from policystudio.ram.finding import Severity
from policystudio.standards.services.reset_severity import reset_severity
from policystudio.standards.services.set_severity import MAX_REASON, set_severity
from policystudio.standards.severities import CodeSeverity, severities, severity_get
from policystudio.teams.permissions import Act
from policystudio.validation.sections import Section, section_of
from policystudio.validation.severities import OFF
from policystudio.web.filtering import filters_of
from policystudio.web.page import Page, PageView
from policystudio.web.pages.accounts import version_of
from policystudio.web.words import said

SHOW = ("set", "gone")
FILTERS = ("q", "severity", "show")
SECTION_NAMES = {
    Section.ACTIONS: gettext_lazy("Actions"),
    Section.RESOURCES: gettext_lazy("Resources"),
    Section.CONDITIONS: gettext_lazy("Conditions"),
    Section.STATEMENTS: gettext_lazy("Statements"),
    Section.DOCUMENT: gettext_lazy("The document as a whole"),
    Section.TEXTS: gettext_lazy("Texts and placeholders"),
    Section.LANGUAGE: gettext_lazy("JSON and the grammar of RAM"),
    Section.GONE: gettext_lazy("Codes that nothing says any more"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """A section of the list; `set_count` are those of its codes that the team has changed."""

    id: str
    name: str
    codes: list[CodeSeverity]
    set_count: int
    is_open: bool


class Severities(PageView):
    """All codes, with what the product and what the team makes of them."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("q", "").strip()
        given, ignored = filters_of(request, {"severity": (*map(str, Severity), OFF), "show": SHOW})
        severity, show = given["severity"], given["show"]
        everything = severities(self.viewer)
        found = [
            each
            for each in everything
            if wanted.lower() in f"{each.code} {each.title}".lower()
            and severity in ("", each.severity)
            and (not show or (each.setting is not None and (show == "set" or each.default is None)))
        ]
        context = {
            "groups": grouped(found, is_open=bool(wanted or severity or show), at=request.GET.get("at", "")),
            "count": len(found),
            "ignored": ignored,
            "back": urlencode({name: v for name in FILTERS if (v := request.GET.get(name, ""))}),
            "set_count": sum(each.setting is not None for each in everything),
            "gone": [each for each in everything if each.default is None],
            "q": wanted,
            "severity": severity,
            "severities": [("", _("any")), *((grade, worded(grade)) for grade in (*map(str, Severity), OFF))],
            "show": show,
            "shows": [
                ("", _("all codes")),
                ("set", _("changed by the team")),
                ("gone", _("changed, but the code is gone")),
            ],
            "may_manage": self.viewer.may(Act.MANAGE_SEVERITIES),
            "api_url": request.build_absolute_uri("/api/v1/severities/?set=yes"),
            "crumbs": [(_("Catalogue"), reverse("catalogue")), (_("Finding codes"), reverse("rules"))],
        }
        return self.page("severities/severities.html", context, fragment="severities/_list.html")


class OneSeverity(PageView):
    """The form of one code."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.MANAGE_SEVERITIES)}

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.form(severity_get(self.viewer, code))

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        found = severity_get(self.viewer, code)
        try:
            set_severity(
                by=self.viewer,
                code=found.code,
                severity=request.POST.get("severity", ""),
                reason=request.POST.get("reason", "").replace("\r\n", "\n").strip(),
                expected_version=version_of(request),
            )
        except Stale:
            return self.form(severity_get(self.viewer, code), is_stale=True, status=412)
        except InvalidInput as refused:
            errors: dict[str, list[str]] = {}
            for problem in refused.problems:
                errors.setdefault(problem.pointer.strip("/"), []).append(problem.detail)
            return self.form(found, errors=errors, status=422)
        return self.go(way_back(request, found.code), _("%(code)s is set.") % {"code": found.code})

    def form(
        self,
        code: CodeSeverity,
        *,
        errors: dict[str, list[str]] | None = None,
        is_stale: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        """The form with what was typed, or with what is set now."""
        found, posted = errors or {}, self.request.POST
        context: dict[str, Any] = {
            "code": code,
            "options": [(grade, worded(grade), about(code, grade)) for grade in code.choices],
            "chosen": posted.get("severity", code.severity),
            "reason": posted.get("reason", code.setting.reason if code.setting else ""),
            "max_reason": MAX_REASON,
            "errors": found,
            "summary": [(name, text) for name, texts in found.items() for text in texts],
            "is_stale": is_stale,
            "now": worded(code.severity),
            "may_manage": self.viewer.may(Act.MANAGE_SEVERITIES),
            "crumbs": [
                (_("Finding codes"), reverse("rules")),
                (_("Severities of the team"), reverse("severities")),
            ],
        }
        return self.page("severities/severity.html", context, status=status)


class ResetSeverity(PageView):
    """Lets the product's severity count again."""

    access = {"POST": Access(Act.MANAGE_SEVERITIES)}

    def post(self, request: HttpRequest, code: str) -> HttpResponseBase:
        found = severity_get(self.viewer, code)
        reset_severity(by=self.viewer, code=found.code, expected_version=version_of(request))
        done = _("%(code)s is as by default again.") % {"code": found.code}
        return self.go(way_back(request, found.code), done)


def way_back(request: HttpRequest, code: str) -> str:
    """The list as it was narrowed, at the code that was changed."""
    kept = {name: value for name in FILTERS if (value := request.GET.get(name, ""))}
    return f"{reverse('severities')}?{urlencode({**kept, 'at': code})}#code-{code}"


def grouped(found: Iterable[CodeSeverity], *, is_open: bool, at: str) -> list[Group]:
    """The codes by section, sections without any left out; the one that holds the code `at` is open in any case."""
    by_section: dict[Section, list[CodeSeverity]] = {section: [] for section in Section}
    for each in found:
        by_section[section_of(each.code)].append(each)
    return [
        Group(
            str(section),
            str(SECTION_NAMES[section]),
            codes,
            sum(code.setting is not None for code in codes),
            is_open or any(code.code == at for code in codes),
        )
        for section, codes in by_section.items()
        if codes
    ]


def worded(severity: str | None) -> str:
    """A severity, `off` or nothing, in the reader's language."""
    if severity == OFF:
        return _("Off")
    return capfirst(said(severity.replace("_", " "))) if severity else ""


def about(code: CodeSeverity, grade: str) -> str:
    """What it means to choose this."""
    words = {
        Severity.ERROR: _("Keeps a policy from being proposed and released, and cannot be waived."),
        Severity.SECURITY_WARNING: _("Needs a written reason from the author."),
        Severity.WARNING: _("Is told, and nothing more."),
        Severity.SUGGESTION: _("Is told, last of all."),
        OFF: _("Is told to nobody."),
    }
    by_default = " " + _("This is the default.") if grade == str(code.default) else ""
    return words[grade] + by_default


PAGE = Page(
    urls=(
        path("severities/", Severities.as_view(), name="severities"),
        path("severities/<str:code>/", OneSeverity.as_view(), name="severity"),
        path("severities/<str:code>/reset/", ResetSeverity.as_view(), name="severity_reset"),
    ),
    section="catalogue",
)
