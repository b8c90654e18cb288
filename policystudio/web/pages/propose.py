"""Proposes the newest revision of a policy, with the author's reasons for what the validator warns of."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import Conflict, InvalidInput, ServiceError
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, policy_get, targets_of
from policystudio.review.services.propose import propose
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.waivers.selectors import waivers_for
from policystudio.web.forms.policy_fields import typed_reasons
from policystudio.web.forms.result import result_of
from policystudio.web.forms.revision import form_of
from policystudio.web.page import Page, PageView


class Propose(PageView):
    """Opens a review; what keeps the policy from it is shown at its form."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        return self.form(policy_get(self.viewer, policy_id))

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        message, reasons = (
            request.POST.get("message", "").replace("\r\n", "\n").strip(),
            typed_reasons(request.POST),
        )
        try:
            review = propose(by=self.viewer, policy=policy, message=message, reasons=reasons)
        except (InvalidInput, Conflict) as refused:
            return self.form(policy, refused, message, reasons)
        return self.go(f"/reviews/{review.pk}/", _("The review is open."))

    def form(
        self,
        policy: Policy,
        refused: ServiceError | None = None,
        message: str = "",
        reasons: dict[str, str] | None = None,
    ) -> HttpResponse:
        """The form, with what was typed and why it was refused."""
        newest = newest_revision(policy)
        form, is_detected = form_of(newest)
        result = result_of(
            newest.source,
            standards_of(policy.team_id),
            circumstances=circumstances_of(policy.team_id, [policy.pk]),
            targets=targets_of(policy),
            name=policy.name,
            region_mode=policy.region_mode,
            facts=form.facts() if form is not None and not is_detected else None,
            reasons={**newest.reasons, **(reasons or {})},
            explanation=newest.message + policy.description,
            asks_reasons=True,
            waivers=waivers_for(policy),
        )
        problems = (
            [("message" if p.pointer == "/message" else "", p.detail) for p in refused.problems]
            if refused
            else []
        )
        if refused and not problems:
            problems = [("", refused.message)]
        context = {
            "policy": policy,
            "newest": newest,
            "result": result,
            "message": message,
            "summary": problems,
            "crumbs": [
                (_("Policies"), reverse("policies")),
                (policy.name, reverse("policy", args=[policy.pk])),
            ],
        }
        return self.page("policy/propose.html", context, status=422 if refused else 200)


PAGE = Page(
    urls=(path("policies/<int:policy_id>/propose/", Propose.as_view(), name="propose"),), section="policies"
)
