"""A builder's form: for a new policy, and for the next revision of one that a builder can make.

The form and its result are made in `web.forms`; what may be saved is decided by the services.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.builders.builder import Builder, get
from policystudio.builders.detect import detect
from policystudio.errors import Conflict, InvalidInput, NotFound, ServiceError, Stale
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision, policy_get, revision_get, targets_of
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.revise import revise
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.diff import compare
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.policy_fields import PolicyFields, matrix, typed_reasons
from policystudio.web.forms.result import Result, result_of
from policystudio.web.page import Page, PageView

TEMPLATE = "builder/builder.html"
FORM = "#builder-form"
SAVED_FORM = "saved_form"
"""Session key: the form that was just saved, whose draft in the browser is done with."""


def new_context(viewer: Viewer, form: BuilderForm, fields: PolicyFields, show_as: str = "") -> dict[str, Any]:
    """What the form for a new policy shows."""
    of_team = list(accounts(viewer))
    regions, rows = matrix(of_team, fields.targets)
    slug = form.builder.slug
    return {
        "form": form,
        "fields": fields,
        "message": fields.message,
        "errors": fields.errors(),
        "summary": [*fields.summary, *form.summary],
        "regions": regions,
        "rows": rows,
        "result": new_result(form, fields, show_as),
        "action": reverse("builder_new", args=[slug]),
        "preview_url": reverse("builder_preview", args=[slug]),
        "crumbs": [(_("Policies"), reverse("policies")), (_("New policy"), reverse("new_policy"))],
    }


def new_result(form: BuilderForm, fields: PolicyFields, show_as: str = "") -> Result | None:
    """What the form makes, or None while it has problems."""
    source = form.source()
    if source is None:
        return None
    return result_of(
        source,
        targets=fields.targets,
        name=fields.name,
        region_mode=fields.region_mode,
        facts=form.facts(),
        show_as=show_as,
        reasons=fields.reasons,
        explanation=fields.message + fields.description,
        asks_reasons=True,
    )


class NewFromBuilder(PageView):
    """The form for a new policy; `action` json shows the same policy in the JSON editor instead of saving it."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BuilderForm.start(builder_of(slug))
        return self.page(TEMPLATE, new_context(self.viewer, form, PolicyFields()))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BuilderForm.typed(builder_of(slug), request.POST)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        wanted = request.POST.get("action")
        if wanted == "detected":
            found = detect(request.POST.get("source", ""))
            if found is not None and found.slug == slug:
                form = BuilderForm(form.builder, found.parameters)
            return self.page(TEMPLATE, new_context(self.viewer, form, fields))
        if wanted == "json" and not form.problems:
            from policystudio.web.pages.editor import new_context as editor_context

            return self.page("editor/editor.html", editor_context(self.viewer, form.source() or "", fields))
        if wanted == "check":
            return self.page(TEMPLATE, new_context(self.viewer, form, fields))
        try:
            policy = create_policy(
                by=self.viewer,
                name=fields.name,
                description=fields.description,
                builder=slug,
                parameters=form.parameters,
                targets=fields.sent_targets,
                region_mode=fields.region_mode,
                message=fields.message,
                reasons=fields.reasons,
            )
        except (InvalidInput, Conflict) as refused:
            problems = refused.problems
            context = new_context(
                self.viewer, form.refused(problems) if not form.problems else form, fields.refused(problems)
            )
            return self.page(TEMPLATE, context, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        return self.go(reverse("policy", args=[policy.pk]), _("The policy is saved as revision 1."))


class NewPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BuilderForm.typed(builder_of(slug), request.POST)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        return answer_preview(self, form, new_result(form, fields, request.POST.get("show_as", "")))


def answer_preview(view: PageView, form: BuilderForm, result: Result | None) -> HttpResponse:
    """The new result, or, while the form has problems, only those, so that the last good result stays."""
    if result is None:
        response = view.page("builder/_problems.html", {"summary": form.summary})
        response["HX-Retarget"], response["HX-Reswap"] = "#result-problems", "outerHTML"
        return response
    return view.page("builder/_result.html", {"result": result, "preview_url": view.request.path})


class Edit(PageView):
    """The next revision in a builder's form; a document that no builder makes goes to the JSON editor.

    `?from=` starts from an older revision, which is how one rolls back.
    """

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponseBase:
        policy = policy_get(self.viewer, policy_id)
        revision = starting_revision(self.viewer, policy, request.GET.get("from", ""))
        form, is_detected = form_of(revision)
        if form is None:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return self.go(reverse("edit_json", args=[policy.pk]) + query)
        context = edit_context(policy, form, revision.reasons, version=policy.version)
        return self.page(TEMPLATE, {**context, "is_detected": is_detected, "started_from": revision})

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
            return self.page(TEMPLATE, edit_context(policy, form, reasons, message, version=version))
        if wanted == "json" and not form.problems:
            from policystudio.web.pages.editor import edit_context as editor_context

            context = editor_context(policy, form.source() or "", reasons, message, version=version)
            return self.page("editor/editor.html", context)
        if wanted == "check":
            return self.page(TEMPLATE, edit_context(policy, form, reasons, message, version=version))
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
            context = edit_context(policy, form, reasons, message, version=policy.version)
            context["stale"] = stale_context(policy, form.source() or "")
            return self.page(TEMPLATE, context, status=412)
        shown = form.refused(refused.problems) if not form.problems else form
        context = edit_context(policy, shown, reasons, message, version=version)
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
        result = edit_result(policy, form, reasons, message, request.POST.get("show_as", ""))
        return answer_preview(self, form, result)


def edit_context(
    policy: Policy, form: BuilderForm, reasons: dict[str, str], message: str = "", *, version: int | None
) -> dict[str, Any]:
    """What the form for the next revision shows."""
    return {
        "policy": policy,
        "form": form,
        "message": message,
        "version": version if version is not None else policy.version,
        "summary": form.summary,
        "result": edit_result(policy, form, reasons, message),
        "action": reverse("edit", args=[policy.pk]),
        "preview_url": reverse("edit_preview", args=[policy.pk]),
        "crumbs": [(_("Policies"), reverse("policies")), (policy.name, reverse("policy", args=[policy.pk]))],
    }


def edit_result(
    policy: Policy, form: BuilderForm, reasons: dict[str, str], message: str, show_as: str = ""
) -> Result | None:
    """What the form makes for the policy's targets, or None while it has problems."""
    source = form.source()
    if source is None:
        return None
    return result_of(
        source,
        targets=targets_of(policy),
        name=policy.name,
        region_mode=policy.region_mode,
        facts=form.facts(),
        show_as=show_as,
        reasons=reasons,
        explanation=message + policy.description,
        asks_reasons=True,
    )


def form_of(revision: Revision) -> tuple[BuilderForm | None, bool]:
    """The form that made the revision, or could have made it (then True); None when no builder makes it."""
    builder = get(revision.builder)
    if builder is not None and revision.parameters is not None:
        form = BuilderForm(builder, revision.parameters)
        try:
            if builder.build(revision.parameters).source == revision.source:
                return form, False
        except InvalidInput:
            pass  # written for an older form of this builder; the document decides
    found = detect(revision.source)
    detected = get(found.slug) if found else None
    return (BuilderForm(detected, found.parameters), True) if found and detected else (None, False)


def starting_revision(viewer: Viewer, policy: Policy, number: str) -> Revision:
    """The revision that editing starts from: the newest, or the one that was asked for."""
    if number.isascii() and number.isdigit() and len(number) < 7:
        return revision_get(viewer, policy.pk, int(number))
    return newest_revision(policy)


def stale_context(policy: Policy, typed: str) -> dict[str, Any]:
    """Both versions, when somebody else has saved meanwhile."""
    stored = newest_revision(policy)
    return {"revision": stored, "diff": compare(stored.source, typed)}


def typed_version(request: HttpRequest) -> int | None:
    """The version of the policy that the form was opened with."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def builder_of(slug: str) -> Builder:
    """Raises: NotFound for a builder that does not exist."""
    builder = get(slug)
    if builder is None:
        raise NotFound("there is no such builder")
    return builder


PAGE = Page(
    urls=(
        path("policies/new/<slug:slug>/", NewFromBuilder.as_view(), name="builder_new"),
        path("policies/new/<slug:slug>/preview/", NewPreview.as_view(), name="builder_preview"),
        path("policies/<int:policy_id>/edit/", Edit.as_view(), name="edit"),
        path("policies/<int:policy_id>/edit/preview/", EditPreview.as_view(), name="edit_preview"),
    )
)
