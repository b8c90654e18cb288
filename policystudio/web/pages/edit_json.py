"""The next revision of a policy as a document in the JSON editor."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import Conflict, InvalidInput, Stale
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.revise import revise
from policystudio.teams.permissions import Act
from policystudio.web.forms import shown
from policystudio.web.forms.applying import APPLY, apply_in_text
from policystudio.web.forms.policy_fields import typed_reasons
from policystudio.web.forms.revision import (
    SAVED_FORM,
    stale_context,
    starting_revision,
    typed_source,
    typed_version,
)
from policystudio.web.page import Page, PageView
from policystudio.web.pages.editor import FORM, TEMPLATE, source_lines


class EditText(PageView):
    """The next revision as a document."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        revision = starting_revision(self.viewer, policy, request.GET.get("from", ""))
        if APPLY in request.GET:
            context = self.applied(policy, revision.source, revision.reasons, "", policy.version)
        else:
            context = shown.edit_document(policy, revision.source, revision.reasons, version=policy.version)
        return self.page(TEMPLATE, {**context, "started_from": revision})

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        source, reasons = typed_source(request), typed_reasons(request.POST)
        message, version = (
            request.POST.get("message", "").replace("\r\n", "\n").strip(),
            typed_version(request),
        )
        if APPLY in request.POST:
            return self.page(TEMPLATE, self.applied(policy, source, reasons, message, version))
        if request.POST.get("action") == "check":
            return self.page(TEMPLATE, shown.edit_document(policy, source, reasons, message, version=version))
        try:
            revision = revise(
                by=self.viewer,
                policy=policy,
                source=source,
                message=message,
                reasons=reasons,
                expected_version=version,
            )
        except Stale:
            context = shown.edit_document(policy, source, reasons, message, version=policy.version)
            context["stale"] = stale_context(policy, source)
            return self.page(TEMPLATE, context, status=412)
        except (InvalidInput, Conflict) as refused:
            context = shown.edit_document(policy, source, reasons, message, version=version)
            context["summary"] += source_lines(refused)
            return self.page(TEMPLATE, context, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        text = _("Saved as revision %(n)d.") % {"n": revision.number}
        return self.go(reverse("policy", args=[policy.pk]), text)

    def applied(
        self, policy: Policy, source: str, reasons: dict[str, str], message: str, version: int | None
    ) -> dict[str, Any]:
        """The editor with an offered change made."""
        return apply_in_text(
            self.request,
            source,
            shown.edit_document_result(policy, source, reasons, message),
            lambda text: shown.edit_document(policy, text, reasons, message, version=version),
        )


class EditTextPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        reasons, message = typed_reasons(request.POST), request.POST.get("message", "")
        result = shown.edit_document_result(
            policy, typed_source(request), reasons, message, request.POST.get("show_as", "")
        )
        return self.page(
            "editor/_result.html",
            {
                "result": result,
                "preview_url": request.path,
                **shown.offer(result, shown.reverse_edit(policy)),
            },
        )


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/edit/json/", EditText.as_view(), name="edit_json"),
        path(
            "policies/<int:policy_id>/edit/json/preview/", EditTextPreview.as_view(), name="edit_json_preview"
        ),
    ),
    section="policies",
)
