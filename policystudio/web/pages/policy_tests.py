"""The tests of one policy: what came of them, how good they are, offered ones to take, and files of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from policystudio.access import Access
from policystudio.analysis.testing.files import Filed, read_tests
from policystudio.cases.filed import file_of
from policystudio.cases.selectors import cases_of
from policystudio.cases.services.add_case import act_on
from policystudio.cases.services.import_cases import import_cases
from policystudio.errors import Conflict, InvalidInput, Problem, ServiceError
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get, revision_get
from policystudio.review.chosen import NEWEST, RELEASED
from policystudio.review.tested import ask_at
from policystudio.teams.permissions import Act
from policystudio.web.faults import status_of
from policystudio.web.page import Page, PageView
from policystudio.web.pages.policy import overview
from policystudio.web.tested import BRIEFLY, LONGER, lines_of, offers_of, score_lines, unpacked

MAX_CHOSEN = 50


class TestsView(PageView):
    """What the page and its forms share: showing it, with what was refused."""

    def show(self, policy: Policy, *, refused: ServiceError | None = None) -> HttpResponse:
        query = self.request.GET
        has_release = policy.released_number is not None
        revision = RELEASED if query.get("revision") == RELEASED and has_release else NEWEST
        bearing = cases_of([policy])[policy.pk]
        context = {**overview(self, policy), "tab": "tests", "refused": refused, "cases": bearing}
        context |= {"asked_revision": revision, "has_release": has_release, "base": address(policy)}
        context["may_test_team"] = self.viewer.may(act_on(None))
        try:
            found = ask_at(self.viewer, policy.pk, bearing, revision)
        except InvalidInput as unreadable:
            context["unreadable"] = unreadable.message
        else:
            shown = revision_get(self.viewer, policy.pk, found.number)
            milliseconds = LONGER if query.get("look") == "longer" else BRIEFLY
            context |= {
                "tests": lines_of(policy, found.number, found.results),
                "number": found.number,
                "score": score_lines(found, shown, milliseconds),
                "offers": offers_of(found, bearing),
            }
        return self.page("policy/policy.html", context, status=status_of(refused) if refused else 200)


class PolicyTests(TestsView):
    """The page; `?revision=` is `newest` or `released`, `?look=longer` gives the score more time."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        return self.show(policy_get(self.viewer, policy_id))


class AddTests(TestsView):
    """Takes offered tests, each as the form had it; the service judges all of it."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        return self.take(policy, unpacked(request.POST.getlist("test")[:MAX_CHOSEN]))

    def take(self, policy: Policy, filed: Sequence[Filed] | ServiceError) -> HttpResponseBase:
        """Adds the tests, or shows the page with what was wrong."""
        try:
            if isinstance(filed, ServiceError):
                raise filed
            done = import_cases(by=self.viewer, policy=policy, filed=filed)
        except (InvalidInput, Conflict) as refused:
            return self.show(policy, refused=refused)
        said = ngettext("%(n)d test is added.", "%(n)d tests are added.", len(done.added)) % {
            "n": len(done.added)
        }
        if done.unchanged:
            said += " " + ngettext(
                "%(n)d was there already.", "%(n)d were there already.", done.unchanged
            ) % {"n": done.unchanged}
        return self.go(address(policy), said)


class ImportTests(AddTests):
    """Takes a file of tests."""

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        upload: Any = request.FILES.get("file")
        try:
            text = upload.read().decode("utf-8") if upload else ""
        except UnicodeDecodeError as error:
            detail = _("Byte %(n)d is not UTF-8; save the file as UTF-8.") % {"n": error.start}
            return self.take(policy, InvalidInput([Problem("", detail, "not-utf-8")]))
        found = read_tests(text)
        if found.faults:
            return self.take(policy, InvalidInput([_placed(fault) for fault in found.faults[:MAX_CHOSEN]]))
        return self.take(policy, found.tests)


class ExportTests(PageView):
    """The policy's own tests as a file; those for every policy of the team are no part of it."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        answer = HttpResponse(file_of(self.viewer, policy), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="{policy.name}.tests.json"'
        return answer


def address(policy: Policy) -> str:
    """Where the page is."""
    return reverse("policy_tests", args=[policy.pk])


def _placed(fault: Any) -> Problem:
    place = _("line %(line)s, column %(column)s") % {"line": fault.line, "column": fault.column}
    return Problem(fault.pointer, f"{place}: {fault.detail}", fault.code)


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/tests/", PolicyTests.as_view(), name="policy_tests"),
        path("policies/<int:policy_id>/tests/add/", AddTests.as_view(), name="policy_tests_add"),
        path("policies/<int:policy_id>/tests/import/", ImportTests.as_view(), name="policy_tests_import"),
        path("policies/<int:policy_id>/tests/export/", ExportTests.as_view(), name="policy_tests_export"),
    ),
    section="policies",
)
