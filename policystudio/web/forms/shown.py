"""What the pages with forms show: a builder's form or the JSON editor, for a new policy or for the next revision.

Form and editor show the same policy, so each can be shown with what was typed in the other.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from policystudio.accounts.selectors import accounts
from policystudio.builders.builder import get
from policystudio.builders.detect import detect
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.models import Policy
from policystudio.policies.selectors import targets_of
from policystudio.review.since import released_judgement
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from policystudio.waivers.selectors import waivers_for
from policystudio.web.forms.beside import OpenForm
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.policy_fields import PolicyFields, matrix
from policystudio.web.forms.result import Result, result_of


def new_form(viewer: Viewer, form: BuilderForm, fields: PolicyFields, show_as: str = "") -> dict[str, Any]:
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
        "result": new_form_result(viewer, form, fields, show_as),
        "action": reverse("builder_new", args=[slug]),
        "preview_url": reverse("builder_preview", args=[slug]),
        "crumbs": [(_("Policies"), reverse("policies")), (_("New policy"), reverse("new_policy"))],
    }


def new_form_result(
    viewer: Viewer, form: BuilderForm, fields: PolicyFields, show_as: str = ""
) -> Result | None:
    """What the form makes, or None while it has problems."""
    source = form.source()
    if source is None:
        return None
    return result_of(
        source,
        standards_of(viewer.team_id),
        team_id=viewer.team_id,
        circumstances=circumstances_of(viewer.team_id),
        targets=fields.targets,
        name=fields.name,
        region_mode=fields.region_mode,
        facts=form.facts(),
        show_as=show_as,
        reasons=fields.reasons,
        explanation=fields.message + fields.description,
        asks_reasons=True,
        form=OpenForm(form),
    )


def edit_form(
    policy: Policy, form: BuilderForm, reasons: dict[str, str], message: str = "", *, version: int | None
) -> dict[str, Any]:
    """What the form for the next revision shows."""
    return {
        "policy": policy,
        "form": form,
        "message": message,
        "version": version if version is not None else policy.version,
        "summary": form.summary,
        "result": edit_form_result(policy, form, reasons, message),
        "action": reverse("edit", args=[policy.pk]),
        "preview_url": reverse("edit_preview", args=[policy.pk]),
        "crumbs": [(_("Policies"), reverse("policies")), (policy.name, reverse("policy", args=[policy.pk]))],
    }


def edit_form_result(
    policy: Policy, form: BuilderForm, reasons: dict[str, str], message: str, show_as: str = ""
) -> Result | None:
    """What the form makes for the policy's targets, or None while it has problems."""
    source = form.source()
    if source is None:
        return None
    return result_of(
        source,
        standards_of(policy.team_id),
        team_id=policy.team_id,
        policy=policy,
        circumstances=circumstances_of(policy.team_id, [policy.pk]),
        targets=targets_of(policy),
        name=policy.name,
        region_mode=policy.region_mode,
        facts=form.facts(),
        show_as=show_as,
        reasons=reasons,
        explanation=message + policy.description,
        asks_reasons=True,
        before=released_judgement(policy),
        waivers=waivers_for(policy),
        form=OpenForm(form),
    )


def new_document(viewer: Viewer, source: str, fields: PolicyFields) -> dict[str, Any]:
    """What the editor for a new policy shows."""
    regions, rows = matrix(list(accounts(viewer)), fields.targets)
    result = new_document_result(viewer, source, fields)
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
        "statements_url": reverse("statements_new"),
        "sentences_url": reverse("sentences_new"),
        "preview_url": reverse("editor_preview"),
        "crumbs": [(_("Policies"), reverse("policies")), (_("New policy"), reverse("new_policy"))],
        **offer(result, reverse_new),
    }


def new_document_result(viewer: Viewer, source: str, fields: PolicyFields, show_as: str = "") -> Result:
    """What the document means for the chosen targets."""
    return result_of(
        source,
        standards_of(viewer.team_id),
        team_id=viewer.team_id,
        circumstances=circumstances_of(viewer.team_id),
        targets=fields.targets,
        name=fields.name,
        region_mode=fields.region_mode,
        show_as=show_as,
        reasons=fields.reasons,
        explanation=fields.message + fields.description,
        asks_reasons=True,
    )


def edit_document(
    policy: Policy, source: str, reasons: dict[str, str], message: str = "", *, version: int | None
) -> dict[str, Any]:
    """What the editor for the next revision shows."""
    result = edit_document_result(policy, source, reasons, message)
    return {
        "policy": policy,
        "source": source,
        "message": message,
        "version": version if version is not None else policy.version,
        "summary": [],
        "result": result,
        "action": reverse("edit_json", args=[policy.pk]),
        "statements_url": reverse("edit_statements", args=[policy.pk]),
        "sentences_url": reverse("edit_sentences", args=[policy.pk]),
        "preview_url": reverse("edit_json_preview", args=[policy.pk]),
        "crumbs": [(_("Policies"), reverse("policies")), (policy.name, reverse("policy", args=[policy.pk]))],
        **offer(result, reverse_edit(policy)),
    }


def edit_document_result(
    policy: Policy, source: str, reasons: dict[str, str], message: str, show_as: str = ""
) -> Result:
    """What the document means for the policy's targets."""
    return result_of(
        source,
        standards_of(policy.team_id),
        team_id=policy.team_id,
        policy=policy,
        circumstances=circumstances_of(policy.team_id, [policy.pk]),
        targets=targets_of(policy),
        name=policy.name,
        region_mode=policy.region_mode,
        show_as=show_as,
        reasons=reasons,
        explanation=message + policy.description,
        asks_reasons=True,
        before=released_judgement(policy),
        waivers=waivers_for(policy),
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
