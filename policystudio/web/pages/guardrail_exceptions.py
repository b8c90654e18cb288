"""Exceptions from guardrails: asking for one, granting or refusing it, and ending it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import Conflict, InvalidInput, NotAllowed, Problem, ServiceError
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.selectors import exemption_get, guardrail_get
from policystudio.guardrails.services.decide_exemption import (
    end_exemption,
    grant_exemption,
    refuse_exemption,
)
from policystudio.guardrails.services.request_exemption import MAX_DAYS, MAX_REASON, request_exemption
from policystudio.guardrails.words import sentence
from policystudio.policies.selectors import policies, policy_get
from policystudio.review.models import Review
from policystudio.review.selectors import ReviewFilters, reviews
from policystudio.teams.permissions import Act
from policystudio.web.faults import status_of
from policystudio.web.page import Page, PageView
from policystudio.web.pages.guardrails import GuardrailView, crumbs, is_number
from policystudio.web.pages.waivers import day_of

DAYS_OFFERED = 30


class NewException(PageView):
    """Asks that a policy, which the address names, may break the guardrail for a while."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, guardrail_id: int) -> HttpResponse:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        until = (timezone.localdate() + timedelta(days=DAYS_OFFERED)).isoformat()
        return self.form(guardrail, request.GET.get("policy", ""), "", until)

    def post(self, request: HttpRequest, guardrail_id: int) -> HttpResponseBase:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        wanted, until = request.POST.get("policy", ""), request.POST.get("until", "")
        reason = request.POST.get("reason", "").replace("\r\n", "\n").strip()
        if not is_number(wanted):
            missing = InvalidInput([Problem("/policy", _("choose a policy"), "required")])
            return self.form(guardrail, "", reason, until, missing)
        policy = policy_get(self.viewer, int(wanted))
        try:
            request_exemption(
                by=self.viewer, guardrail=guardrail, policy=policy, reason=reason, until=day_of(until)
            )
        except (InvalidInput, Conflict) as refused:
            return self.form(guardrail, wanted, reason, until, refused)
        review = (
            reviews(self.viewer, ReviewFilters(policy_id=policy.pk)).filter(state=Review.Stored.OPEN).first()
        )
        to = (
            f"{reverse('review', args=[review.pk])}#guardrails"
            if review
            else reverse("guardrail", args=[guardrail.pk])
        )
        return self.go(to, _("The exception waits for an admin."))

    def form(
        self, guardrail: Guardrail, policy: str, reason: str, until: str, refused: ServiceError | None = None
    ) -> HttpResponse:
        """The form with what was typed."""
        errors: dict[str, list[str]] = {}
        for problem in refused.problems if refused else ():
            errors.setdefault(problem.pointer.strip("/"), []).append(problem.detail)
        if refused and not refused.problems:
            errors["form"] = [f"{refused.message}: {refused.advice}" if refused.advice else refused.message]
        context = {
            "guardrail": guardrail,
            "sentence": sentence(guardrail.enforced or guardrail.definition),
            "policy": policy,
            "policies": [(str(each.pk), each.name) for each in policies(self.viewer)],
            "reason": reason,
            "until": until,
            "first": timezone.localdate().isoformat(),
            "last": (timezone.localdate() + timedelta(days=MAX_DAYS)).isoformat(),
            "max_reason": MAX_REASON,
            "errors": errors,
            "summary": [("" if n == "form" else n, text) for n, texts in errors.items() for text in texts],
            "crumbs": [*crumbs(), (guardrail.name, reverse("guardrail", args=[guardrail.pk]))],
        }
        return self.page("guardrails/except.html", context, status=status_of(refused) if refused else 200)


class ExceptionView(GuardrailView):
    """What the forms for one exception share."""

    def decide(
        self, exemption_id: int, service: Callable[..., Exemption], done: str, **given: str
    ) -> HttpResponseBase:
        """Done by the service; back to the review or guardrail on which the form stood."""
        exemption = exemption_get(self.viewer, exemption_id)
        try:
            service(by=self.viewer, exemption=exemption, **given)
        except (Conflict, InvalidInput, NotAllowed) as refused:
            return self.show(guardrail_get(self.viewer, exemption.guardrail_id), refused)
        if self.request.POST.get("to") == "review":
            found = reviews(self.viewer, ReviewFilters(policy_id=exemption.policy_id))
            review = found.filter(state=Review.Stored.OPEN).first()
            if review is not None:
                return self.go(f"{reverse('review', args=[review.pk])}#guardrails", done)
        return self.go(reverse("guardrail", args=[exemption.guardrail_id]), done)

    def remark(self) -> str:
        """What the admin typed."""
        return self.request.POST.get("remark", "").replace("\r\n", "\n").strip()


class Grant(ExceptionView):
    """The policy may break the guardrail until the day."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}

    def post(self, request: HttpRequest, exemption_id: int) -> HttpResponseBase:
        return self.decide(
            exemption_id, grant_exemption, _("The exception is granted."), remark=self.remark()
        )


class Refuse(ExceptionView):
    """The guardrail goes on standing in the way."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}

    def post(self, request: HttpRequest, exemption_id: int) -> HttpResponseBase:
        return self.decide(
            exemption_id, refuse_exemption, _("The exception is refused."), remark=self.remark()
        )


class End(ExceptionView):
    """The guardrail stands in the way again."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, exemption_id: int) -> HttpResponseBase:
        return self.decide(exemption_id, end_exemption, _("The exception has ended."))


PAGE = Page(
    urls=(
        path("guardrails/<int:guardrail_id>/except/", NewException.as_view(), name="new_exception"),
        path("exceptions/<int:exemption_id>/grant/", Grant.as_view(), name="exception_grant"),
        path("exceptions/<int:exemption_id>/refuse/", Refuse.as_view(), name="exception_refuse"),
        path("exceptions/<int:exemption_id>/end/", End.as_view(), name="exception_end"),
    ),
    section="guardrails",
)
