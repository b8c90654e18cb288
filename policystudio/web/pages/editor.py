"""The JSON editor: for a document that no builder makes, or for those who would rather write.

The document is judged as it is typed; a document that a builder could have made is offered in that builder's form.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.builders.builder import get
from policystudio.builders.detect import detect
from policystudio.catalog import load
from policystudio.errors import Conflict, InvalidInput, Stale
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get, targets_of
from policystudio.policies.services.create_policy import create_policy
from policystudio.policies.services.revise import revise
from policystudio.ram.canonical import text_of
from policystudio.ram.render import Target
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.forms.policy_fields import PolicyFields, matrix, typed_reasons
from policystudio.web.forms.result import Result, result_of
from policystudio.web.page import Page, PageView
from policystudio.web.pages.builder import SAVED_FORM, stale_context, starting_revision, typed_version

TEMPLATE = "editor/editor.html"
FORM = "#json-form"
START = text_of(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["kms:DescribeKey"],
                "Resource": ["acs:kms:${region}:${account}:key/*"],
            }
        ],
    }
)


class NewFromText(PageView):
    """A new policy from a document that is written or pasted."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(TEMPLATE, new_context(self.viewer, START, PolicyFields()))

    def post(self, request: HttpRequest) -> HttpResponse:
        source = typed_source(request)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        if request.POST.get("action") == "check":
            return self.page(TEMPLATE, new_context(self.viewer, source, fields))
        try:
            policy = create_policy(
                by=self.viewer,
                name=fields.name,
                description=fields.description,
                source=source,
                targets=fields.sent_targets,
                region_mode=fields.region_mode,
                message=fields.message,
                reasons=fields.reasons,
            )
        except (InvalidInput, Conflict) as refused:
            context = new_context(self.viewer, source, fields.refused(refused.problems))
            context["summary"] += source_lines(refused)
            return self.page(TEMPLATE, context, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        return self.go(reverse("policy", args=[policy.pk]), _("The policy is saved as revision 1."))


class NewTextPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest) -> HttpResponse:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        result = new_result(typed_source(request), fields, request.POST.get("show_as", ""))
        return self.page(
            "editor/_result.html",
            {"result": result, "preview_url": request.path, **offer(result, reverse_new)},
        )


class EditText(PageView):
    """The next revision as a document."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        revision = starting_revision(self.viewer, policy, request.GET.get("from", ""))
        context = edit_context(policy, revision.source, revision.reasons, version=policy.version)
        return self.page(TEMPLATE, {**context, "started_from": revision})

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        source, reasons = typed_source(request), typed_reasons(request.POST)
        message, version = (
            request.POST.get("message", "").replace("\r\n", "\n").strip(),
            typed_version(request),
        )
        if request.POST.get("action") == "check":
            return self.page(TEMPLATE, edit_context(policy, source, reasons, message, version=version))
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
            context = edit_context(policy, source, reasons, message, version=policy.version)
            context["stale"] = stale_context(policy, source)
            return self.page(TEMPLATE, context, status=412)
        except (InvalidInput, Conflict) as refused:
            context = edit_context(policy, source, reasons, message, version=version)
            context["summary"] += source_lines(refused)
            return self.page(TEMPLATE, context, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        text = _("Saved as revision %(n)d.") % {"n": revision.number}
        return self.go(reverse("policy", args=[policy.pk]), text)


class EditTextPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        reasons, message = typed_reasons(request.POST), request.POST.get("message", "")
        result = edit_result(policy, typed_source(request), reasons, message, request.POST.get("show_as", ""))
        return self.page(
            "editor/_result.html",
            {"result": result, "preview_url": request.path, **offer(result, reverse_edit(policy))},
        )


class Validate(PageView):
    """What the editor asks while one types: findings with places in the text, as JSON."""

    access = {"POST": Access(Act.READ)}

    def post(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("text", "").replace("\r\n", "\n")
        result = result_of(text, targets=_targets(request), name=request.POST.get("name", ""))
        return JsonResponse({"findings": [finding.as_json() for finding in result.validation.findings]})


class Completions(PageView):
    """Actions, resources and condition keys of the catalogue, each with a line of explanation."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = load()
        types = [kind for kind in catalogue.resource_types.values() if kind.kind != "any"]
        return JsonResponse(
            {
                "actions": [{"name": a.name, "info": a.description} for a in catalogue.actions.values()],
                "resources": [{"name": t.arn_pattern, "info": t.label} for t in types],
                "keys": [
                    {"name": k.prefix or k.key, "info": k.description}
                    for k in catalogue.condition_keys.values()
                ],
            }
        )


def new_context(viewer: Viewer, source: str, fields: PolicyFields) -> dict[str, Any]:
    """What the editor for a new policy shows."""
    regions, rows = matrix(list(accounts(viewer)), fields.targets)
    result = new_result(source, fields)
    return {
        "source": source,
        "fields": fields,
        "message": fields.message,
        "errors": fields.errors(),
        "summary": fields.summary,
        "regions": regions,
        "rows": rows,
        "result": result,
        "action": reverse("editor"),
        "preview_url": reverse("editor_preview"),
        "crumbs": [(_("Policies"), reverse("policies")), (_("New policy"), reverse("new_policy"))],
        **offer(result, reverse_new),
    }


def new_result(source: str, fields: PolicyFields, show_as: str = "") -> Result:
    """What the document means for the chosen targets."""
    return result_of(
        source,
        targets=fields.targets,
        name=fields.name,
        region_mode=fields.region_mode,
        show_as=show_as,
        reasons=fields.reasons,
        explanation=fields.message + fields.description,
        asks_reasons=True,
    )


def edit_context(
    policy: Policy, source: str, reasons: dict[str, str], message: str = "", *, version: int | None
) -> dict[str, Any]:
    """What the editor for the next revision shows."""
    result = edit_result(policy, source, reasons, message)
    return {
        "policy": policy,
        "source": source,
        "message": message,
        "version": version if version is not None else policy.version,
        "summary": [],
        "result": result,
        "action": reverse("edit_json", args=[policy.pk]),
        "preview_url": reverse("edit_json_preview", args=[policy.pk]),
        "crumbs": [(_("Policies"), reverse("policies")), (policy.name, reverse("policy", args=[policy.pk]))],
        **offer(result, reverse_edit(policy)),
    }


def edit_result(
    policy: Policy, source: str, reasons: dict[str, str], message: str, show_as: str = ""
) -> Result:
    """What the document means for the policy's targets."""
    return result_of(
        source,
        targets=targets_of(policy),
        name=policy.name,
        region_mode=policy.region_mode,
        show_as=show_as,
        reasons=reasons,
        explanation=message + policy.description,
        asks_reasons=True,
    )


def offer(result: Result, address_of: Any) -> dict[str, Any]:
    """The builder that makes exactly this document, to be offered; nothing while it has faults."""
    found = detect(result.validation.text) if result.validation.document is not None else None
    builder = get(found.slug) if found else None
    return {"offered": builder, "offered_url": address_of(builder.slug)} if builder else {}


def reverse_new(slug: str) -> str:
    """Where the form of a builder for a new policy is."""
    return reverse("builder_new", args=[slug])


def reverse_edit(policy: Policy) -> Any:
    """Where the form for the next revision is, whatever the builder."""
    return lambda slug: reverse("edit", args=[policy.pk])


def source_lines(refused: InvalidInput | Conflict) -> list[tuple[str, str]]:
    """The problems of the source for the list on top of the form."""
    return [("source", p.detail) for p in refused.problems if p.pointer.startswith("/source")]


def typed_source(request: HttpRequest) -> str:
    """The document as typed. Forms send CR LF for a line end, and a line end is all that this can mean in JSON."""
    return request.POST.get("source", "").replace("\r\n", "\n")


def _targets(request: HttpRequest) -> list[Target]:
    pairs = (text.partition("|") for text in request.POST.getlist("targets"))
    return [Target(account, region) for account, _bar, region in pairs if account.isdigit() and region]


PAGE = Page(
    urls=(
        path("policies/editor/", NewFromText.as_view(), name="editor"),
        path("policies/editor/preview/", NewTextPreview.as_view(), name="editor_preview"),
        path("policies/editor/validate/", Validate.as_view(), name="editor_validate"),
        path("policies/editor/completions/", Completions.as_view(), name="editor_completions"),
        path("policies/<int:policy_id>/edit/json/", EditText.as_view(), name="edit_json"),
        path(
            "policies/<int:policy_id>/edit/json/preview/", EditTextPreview.as_view(), name="edit_json_preview"
        ),
    )
)
