"""Waivers: those of the team, one with what may be done with it, and the form that asks for one from a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.errors import Conflict, InvalidInput, NotAllowed, Problem, ServiceError
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get
from policystudio.review.models import Review
from policystudio.review.selectors import ReviewFilters, reviews
from policystudio.teams.permissions import Act
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.selectors import UNUSED, WaiverFilters, findings_of, waiver_get, waivers
from policystudio.waivers.services.decide_waiver import MAX_REMARK, accept_waiver, refuse_waiver
from policystudio.waivers.services.end_waiver import end_waiver
from policystudio.waivers.services.request_waiver import MAX_DAYS, MAX_REASON, request_waiver
from policystudio.waivers.weighing import Judged, today
from policystudio.web.faults import status_of
from policystudio.web.filtering import filters_of
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.paging import cut
from policystudio.web.waivers import waiver_lines

DAYS_OFFERED = 90
DAY_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
STATES = {
    "": gettext_lazy("any"),
    str(State.REQUESTED): gettext_lazy("waits for a reviewer"),
    str(State.ACCEPTED): gettext_lazy("accepted"),
    UNUSED: gettext_lazy("accepted, but nothing needs it"),
    str(State.EXPIRED): gettext_lazy("expired"),
    str(State.REFUSED): gettext_lazy("refused"),
    str(State.ENDED): gettext_lazy("ended"),
}


class Waivers(PageView):
    """The waivers of the team, newest first."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        given, ignored = filters_of(request, {"state": STATES})
        state = given["state"]
        found = waivers(self.viewer, WaiverFilters(state or None))
        page = cut(request, found, field="requested_at", descending=True)
        context = {
            "lines": waiver_lines(self.viewer, page.rows),
            "page": page,
            "ignored": ignored,
            "state": state,
            "states": list(STATES.items()),
            "api_url": request.build_absolute_uri("/api/v1/waivers/"),
        }
        return self.page("waivers/waivers.html", context, fragment="waivers/_list.html")


class WaiverView(PageView):
    """What one waiver's page and its forms share."""

    def show(self, waiver: Waiver, refused: ServiceError | None = None) -> HttpResponse:
        """The page, with why something was refused and what was typed."""
        [line] = waiver_lines(self.viewer, [waiver])
        context = {
            "line": line,
            "review": self.open_review(waiver.policy),
            "refused": refused,
            "remark": self.request.POST.get("remark", ""),
            "max_remark": MAX_REMARK,
            "crumbs": [(_("Waivers"), reverse("waivers"))],
        }
        return self.page("waivers/waiver.html", context, status=status_of(refused) if refused else 200)

    def open_review(self, policy: Policy) -> Review | None:
        """The review that the policy is in."""
        found = reviews(self.viewer, ReviewFilters(policy_id=policy.pk))
        return found.filter(state=Review.Stored.OPEN).first()

    def run(
        self, waiver_id: int, service: Callable[..., Waiver], done: str, **given: str
    ) -> HttpResponseBase:
        """The answer to a form of this page, or of another that `to` names; what is refused is shown here."""
        waiver = waiver_get(self.viewer, waiver_id)
        try:
            service(by=self.viewer, waiver=waiver, **given)
        except (Conflict, InvalidInput, NotAllowed) as refused:
            return self.show(waiver_get(self.viewer, waiver_id), refused)
        return self.go(self.way_back(waiver), done)

    def way_back(self, waiver: Waiver) -> str:
        """The page on which the form stood."""
        came_from = self.request.POST.get("to", "")
        review = self.open_review(waiver.policy) if came_from == "review" else None
        if review is not None:
            return f"{reverse('review', args=[review.pk])}#waivers"
        if came_from == "policy":
            return f"{reverse('policy', args=[waiver.policy_id])}?tab=waivers"
        return reverse("waiver", args=[waiver.pk])

    def remark(self) -> str:
        """What the reviewer typed."""
        return self.request.POST.get("remark", "").replace("\r\n", "\n").strip()


class WaiverPage(WaiverView):
    """One waiver with everything about it, and the forms for it."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, waiver_id: int) -> HttpResponse:
        return self.show(waiver_get(self.viewer, waiver_id))


class Accept(WaiverView):
    """The finding is waived from now on."""

    access = {"POST": Access(Act.REVIEW)}

    def post(self, request: HttpRequest, waiver_id: int) -> HttpResponseBase:
        return self.run(waiver_id, accept_waiver, _("The waiver is accepted."), remark=self.remark())


class Refuse(WaiverView):
    """The finding stays open."""

    access = {"POST": Access(Act.REVIEW)}

    def post(self, request: HttpRequest, waiver_id: int) -> HttpResponseBase:
        return self.run(waiver_id, refuse_waiver, _("The waiver is refused."), remark=self.remark())


class End(WaiverView):
    """The finding is open again, or nobody is asked any more."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, waiver_id: int) -> HttpResponseBase:
        return self.run(waiver_id, end_waiver, _("The waiver has ended."))


class NewWaiver(PageView):
    """Asks for a waiver of the finding that the address names, one of the newest revision."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        findings = findings_of(policy)
        found = self.meant(findings)
        if found is None:
            return self.choice(policy, findings)
        reason = found.waiver.reason if found.waiver else ""
        until = (today() + timedelta(days=DAYS_OFFERED)).isoformat()
        return self.form(policy, found, reason, until)

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        findings = findings_of(policy)
        found = self.meant(findings)
        if found is None:
            is_missing = not request.GET.get("fingerprint")
            return self.choice(policy, findings, is_missing=is_missing, status=422 if is_missing else 409)
        reason = request.POST.get("reason", "").replace("\r\n", "\n").strip()
        until = request.POST.get("until", "")
        try:
            waiver = request_waiver(
                by=self.viewer,
                policy=policy,
                code=found.finding.code,
                fingerprint=found.fingerprint,
                reason=reason,
                until=day_of(until),
            )
        except (InvalidInput, Conflict) as refused:
            return self.form(policy, found, reason, until, refused)
        return self.go(reverse("waiver", args=[waiver.pk]), _("The waiver waits for a reviewer."))

    def meant(self, findings: Sequence[Judged]) -> Judged | None:
        """The one that the address names, unless there is none such any more."""
        wanted = self.request.GET.get("fingerprint", "")
        return next((each for each in findings if each.fingerprint == wanted), None)

    def choice(
        self, policy: Policy, findings: Sequence[Judged], *, is_missing: bool = False, status: int = 200
    ) -> HttpResponse:
        """The findings to choose from, where the address names none that is there; `is_missing` when a form was sent
        that names none at all."""
        context = {
            "policy": policy,
            "findings": [each for each in findings if each.may_be_waived],
            "is_missing": is_missing,
            "is_gone": bool(self.request.GET.get("fingerprint")),
            "crumbs": crumbs(policy),
        }
        return self.page("waivers/choose.html", context, status=status)

    def form(
        self, policy: Policy, found: Judged, reason: str, until: str, refused: ServiceError | None = None
    ) -> HttpResponse:
        """The form with what was typed."""
        errors: dict[str, list[str]] = {}
        for problem in refused.problems if refused else ():
            name = problem.pointer.strip("/")
            errors.setdefault(name if name in ("reason", "until") else "form", []).append(problem.detail)
        if refused and not refused.problems:
            errors["form"] = [f"{refused.message}: {refused.advice}" if refused.advice else refused.message]
        context: dict[str, Any] = {
            "policy": policy,
            "judged": found,
            "reason": reason,
            "until": until,
            "first": today().isoformat(),
            "last": (today() + timedelta(days=MAX_DAYS)).isoformat(),
            "max_reason": MAX_REASON,
            "errors": errors,
            "summary": [("" if n == "form" else n, text) for n, texts in errors.items() for text in texts],
            "crumbs": crumbs(policy),
        }
        return self.page("waivers/new.html", context, status=status_of(refused) if refused else 200)


def crumbs(policy: Policy) -> list[tuple[str, str]]:
    """The way to a page below a policy."""
    return [(_("Policies"), reverse("policies")), (policy.name, reverse("policy", args=[policy.pk]))]


def day_of(text: str) -> date:
    """The day that was typed. Raises: InvalidInput at /until."""
    try:
        return date.fromisoformat(text if DAY_FORM.fullmatch(text) else "")
    except ValueError:
        raise InvalidInput([Problem("/until", _("must be a day such as 2026-01-31"), "wrong-form")]) from None


PAGE = Page(
    urls=(
        path("waivers/", Waivers.as_view(), name="waivers"),
        path("waivers/<int:waiver_id>/", WaiverPage.as_view(), name="waiver"),
        path("waivers/<int:waiver_id>/accept/", Accept.as_view(), name="waiver_accept"),
        path("waivers/<int:waiver_id>/refuse/", Refuse.as_view(), name="waiver_refuse"),
        path("waivers/<int:waiver_id>/end/", End.as_view(), name="waiver_end"),
        path("policies/<int:policy_id>/waivers/new/", NewWaiver.as_view(), name="new_waiver"),
    ),
    menu=MenuEntry(label=gettext_lazy("Waivers"), icon="clock", order=35, url_name="waivers", shortcut="g w"),
)
