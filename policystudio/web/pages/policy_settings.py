"""Name, description, region mode and targets of a policy; and its deletion."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.errors import Conflict, InvalidInput, Stale
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get, targets_of
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.teams.permissions import Act
from policystudio.web.forms.policy_fields import PolicyFields, matrix
from policystudio.web.forms.revision import typed_version
from policystudio.web.page import Page, PageView


class Settings(PageView):
    """Name, description, region mode and targets; saved only over the version that was opened."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        fields = PolicyFields(policy.name, policy.description, policy.region_mode, tuple(targets_of(policy)))
        return self.form(policy, fields)

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        version = typed_version(request)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        try:
            if request.POST.get("part") == "targets":
                kept = targets_of(policy)
                fields = PolicyFields(policy.name, policy.description, policy.region_mode, fields.targets)
                set_targets(
                    by=self.viewer, policy=policy, targets=fields.sent_targets, expected_version=version
                )
                done = (
                    _("The targets are saved.") if kept != list(fields.targets) else _("Nothing was changed.")
                )
            else:
                fields = PolicyFields(
                    fields.name, fields.description, fields.region_mode, tuple(targets_of(policy))
                )
                update_policy(
                    by=self.viewer,
                    policy=policy,
                    expected_version=version,
                    name=fields.name,
                    description=fields.description,
                    region_mode=fields.region_mode,
                )
                done = _("The settings are saved.")
        except Stale:
            return self.form(policy, fields, is_stale=True)
        except (InvalidInput, Conflict) as refused:
            return self.form(policy, fields.refused(refused.problems), status=422)
        return self.go(reverse("policy", args=[policy.pk]), done)

    def form(
        self, policy: Policy, fields: PolicyFields, *, is_stale: bool = False, status: int = 200
    ) -> HttpResponse:
        """The form with what was typed; when stale, beside what is stored now."""
        regions, rows = matrix(list(accounts(self.viewer)), fields.targets)
        context = {
            "policy": policy,
            "stored": policy_get(self.viewer, policy.pk),
            "stored_targets": targets_of(policy),
            "fields": fields,
            "errors": fields.errors(),
            "summary": fields.summary,
            "regions": regions,
            "rows": rows,
            "is_stale": is_stale,
            "crumbs": [
                (_("Policies"), reverse("policies")),
                (policy.name, reverse("policy", args=[policy.pk])),
            ],
        }
        return self.page("policy/settings.html", context, status=412 if is_stale else status)


class Delete(PageView):
    """Takes a policy out of sight, after asking; a released one, or one in review, is refused by the service."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        delete_policy(by=self.viewer, policy=policy, expected_version=typed_version(request))
        return self.go(reverse("policies"), _("%(name)s is deleted.") % {"name": policy.name})


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/settings/", Settings.as_view(), name="policy_settings"),
        path("policies/<int:policy_id>/delete/", Delete.as_view(), name="policy_delete"),
    ),
    section="policies",
)
