"""A new policy from the requests that it must allow: typed, or read out of pasted trail events."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policystudio.access import Access
from policystudio.analysis.requirements.as_tests import as_tests
from policystudio.analysis.testing.files import MAX_TESTS, written
from policystudio.teams.permissions import Act
from policystudio.web.asking.requirements import Shown, Typed, line_for, pairs, typed, with_line
from policystudio.web.forms import shown
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.page import Beginning, Page, PageView
from policystudio.web.pages.simulator import catalogue_of

NEW = ("new_action", "new_resource", "new_context")
EXAMPLE = "kms:Decrypt acs:kms:cn-hangzhou:1234567890123456:key/key-1 acs:SourceIp=203.0.113.9"


class Requirements(PageView):
    """Reads what the form holds and shows what comes of it. Nothing is stored."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(Typed(), {})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = typed(request.POST)
        new = {name: request.POST.get(name, "").strip() for name in NEW}
        if request.POST.get("action") != "add":
            return self._page(form, new)
        if not new["new_action"]:
            return self._page(form, new, [("new_action", _("Say which action is called."))])
        line = line_for(new["new_action"], new["new_resource"], list(pairs(new["new_context"])))
        return self._page(with_line(form, line), {})

    def _page(
        self, form: Typed, new: dict[str, str], wrong: list[tuple[str, str]] | None = None
    ) -> HttpResponse:
        catalogue = catalogue_of(self.viewer)
        found = Shown(form, catalogue) if form.text.strip() else None
        summary = list(wrong or [])
        if found is None and self.request.method == "POST" and not summary:
            summary.append(("text", _("Paste or type at least one request.")))
        context = {
            "form": form,
            "new": new,
            "found": found,
            "summary": summary,
            "errors": {field: [text] for field, text in summary},
            "example": EXAMPLE,
            "max_tests": MAX_TESTS,
            "actions": list(catalogue.actions.values()),
            "crumbs": [(_("Policies"), reverse("policies")), (_("New policy"), reverse("new_policy"))],
        }
        if found is not None and found.source:
            result = shown.new_document_result(self.viewer, found.source, PolicyFields())
            context |= {
                "result": result,
                "targets": found.targets(self.viewer),
                "message": _message(found),
            }
        return self.page("requirements/requirements.html", context, status=422 if summary else 200)


class RequirementTests(PageView):
    """The requests that the document allows as a file of tests, to be added to the policy once it is saved."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest) -> HttpResponse:
        found = Shown(typed(request.POST), catalogue_of(self.viewer))
        answer = HttpResponse(written(as_tests(found.answer.derived.asked)), content_type="application/json")
        answer["Content-Disposition"] = 'attachment; filename="requests.tests.json"'
        return answer


def _message(found: Shown) -> str:
    """What the first revision says of itself."""
    said = ngettext("Derived from %(n)d request.", "Derived from %(n)d requests.", found.allowed) % {
        "n": found.allowed
    }
    if found.accepted:
        said += " " + _("Widened: %(what)s") % {"what": "; ".join(each.text for each in found.accepted)}
    return said


PAGE = Page(
    urls=(
        path("policies/requests/", Requirements.as_view(), name="requirements"),
        path("policies/requests/tests/", RequirementTests.as_view(), name="requirements_tests"),
    ),
    section="policies",
    beginning=Beginning(
        gettext_lazy("From requests"),
        gettext_lazy(
            "Paste what a program calls, as lines or trail events: the smallest document that allows this and nothing "
            "else, with every widening offered by itself."
        ),
        order=30,
        url_name="requirements",
        example=gettext_lazy("a service has run for a week, and its policy shall allow what it did."),
    ),
)
