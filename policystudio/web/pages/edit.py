"""The next revision of a policy in a builder's form; one that no builder makes goes to the statement editor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.builders.detect import detect
from policystudio.errors import Conflict, InvalidInput, ServiceError, Stale
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.revise import revise
from policystudio.teams.permissions import Act
from policystudio.web.forms import shown
from policystudio.web.forms.applying import APPLY, JSON, STATEMENTS, apply_in_form
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.policy_fields import typed_reasons
from policystudio.web.forms.revision import (
    SAVED_FORM,
    builder_of,
    form_of,
    stale_context,
    starting_revision,
    typed_version,
)
from policystudio.web.page import Page, PageView
from policystudio.web.pages.builder import FORM, TEMPLATE, answer_preview
from policystudio.web.statements import shown as statements
from policystudio.web.statements.desk import Desk


class Edit(PageView):
    """The next revision in a builder's form; a document that no builder makes goes to the statement editor.

    `?from=` starts from an older revision, which is how one rolls back.
    """

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        revision = starting_revision(self.viewer, policy, request.GET.get("from", ""))
        form, is_detected = form_of(revision)
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        if APPLY in request.GET and (form is None or form.source() != revision.source):
            return self.go(reverse("edit_json", args=[policy.pk]) + query)
        if form is None:
            return self.go(reverse("edit_statements", args=[policy.pk]) + query)
        more = {"is_detected": is_detected, "started_from": revision}
        if APPLY in request.GET:
            return self.applied(policy, form, revision.reasons, "", policy.version, more)
        context = shown.edit_form(policy, form, revision.reasons, version=policy.version)
        return self.page(TEMPLATE, {**context, **more})

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        form = BuilderForm.typed(builder_of(request.POST.get("builder", "")), request.POST)
        wanted = request.POST.get("action")
        reasons, message = (
            typed_reasons(request.POST),
            request.POST.get("message", "").replace("\r\n", "\n").strip(),
        )
        version = typed_version(request)
        if wanted == "detected":
            found = detect(request.POST.get("source", ""))
            if found is not None and found.slug == form.builder.slug:
                form = BuilderForm(form.builder, found.parameters)
            return self.page(TEMPLATE, shown.edit_form(policy, form, reasons, message, version=version))
        if wanted == "json" and not form.problems:
            context = shown.edit_document(policy, form.source() or "", reasons, message, version=version)
            return self.page("editor/editor.html", context)
        if wanted == "statements" and not form.problems:
            desk = Desk.start(form.source() or "")
            context = statements.edit_context(policy, desk, reasons, message, version=version)
            return self.page(statements.TEMPLATE, context)
        if APPLY in request.POST:
            return self.applied(policy, form, reasons, message, version)
        if wanted == "check":
            return self.page(TEMPLATE, shown.edit_form(policy, form, reasons, message, version=version))
        try:
            revision = revise(
                by=self.viewer,
                policy=policy,
                builder=form.builder.slug,
                parameters=form.parameters,
                message=message,
                reasons=reasons,
                expected_version=version,
            )
        except (InvalidInput, Conflict, Stale) as refused:
            return self.again(policy, form, refused, reasons, message, version)
        request.session[SAVED_FORM] = request.path + FORM
        text = _("Saved as revision %(n)d.") % {"n": revision.number}
        return self.go(reverse("policy", args=[policy.pk]), text)

    def applied(
        self,
        policy: Policy,
        form: BuilderForm,
        reasons: dict[str, str],
        message: str,
        version: int | None,
        more: Mapping[str, Any] | None = None,
    ) -> HttpResponse:
        """The form with an offered change made, or the JSON editor where the form cannot show it."""

        def desk(text: str) -> tuple[str, dict[str, Any]]:
            desk = Desk.start(text)
            return statements.TEMPLATE, statements.edit_context(
                policy, desk, reasons, message, version=version
            )

        template, context = apply_in_form(
            self.request,
            form,
            shown.edit_form_result(policy, form, reasons, message),
            lambda changed: (
                TEMPLATE,
                shown.edit_form(policy, changed, reasons, message, version=version),
            ),
            {
                JSON: lambda text: (
                    "editor/editor.html",
                    shown.edit_document(policy, text, reasons, message, version=version),
                ),
                STATEMENTS: desk,
            },
        )
        return self.page(template, {**(more or {}), **context})

    def again(
        self,
        policy: Policy,
        form: BuilderForm,
        refused: ServiceError,
        reasons: dict[str, str],
        message: str,
        version: int | None,
    ) -> HttpResponse:
        """The form with what was typed; when the policy has moved on, with both versions and leave to save on top."""
        if isinstance(refused, Stale):
            context = shown.edit_form(policy, form, reasons, message, version=policy.version)
            context["stale"] = stale_context(policy, form.source() or "")
            return self.page(TEMPLATE, context, status=412)
        again = form.refused(refused.problems) if not form.problems else form
        context = shown.edit_form(policy, again, reasons, message, version=version)
        context["summary"] += [
            ("message", p.detail) for p in refused.problems if not p.pointer.startswith("/parameters")
        ]
        return self.page(TEMPLATE, context, status=422)


class EditPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        form = BuilderForm.typed(builder_of(request.POST.get("builder", "")), request.POST)
        reasons, message = typed_reasons(request.POST), request.POST.get("message", "")
        result = shown.edit_form_result(policy, form, reasons, message, request.POST.get("show_as", ""))
        return answer_preview(self, form, result)


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/edit/", Edit.as_view(), name="edit"),
        path("policies/<int:policy_id>/edit/preview/", EditPreview.as_view(), name="edit_preview"),
    ),
    section="policies",
)
