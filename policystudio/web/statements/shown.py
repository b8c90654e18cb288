"""What the pages of the statement editor show: what the JSON editor shows of the same text, and the cards."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from policystudio.policies.models import Policy
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from policystudio.web.forms import shown
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.statements.cards import context
from policystudio.web.statements.desk import Desk
from policystudio.web.statements.leaving import BUILDER

TEMPLATE = "statements/statements.html"
CHANGE = "statements/_change.html"
MAX_FINDINGS_AT_ONCE = 30
"""With more, the answer to a change brings the cards alone, and the result follows in a request of its own."""


def new_context(viewer: Viewer, desk: Desk, fields: PolicyFields) -> dict[str, Any]:
    """What the statement editor for a new policy shows."""
    found = shown.new_document(viewer, desk.source, fields)
    return {
        **found,
        **_by_here(found, reverse("statements_new")),
        **context(desk, found["result"], standards_of(viewer.team_id).catalogue),
        "action": reverse("statements_new"),
        "change_url": reverse("statements_new_change"),
    }


def edit_context(
    policy: Policy, desk: Desk, reasons: dict[str, str], message: str = "", *, version: int | None
) -> dict[str, Any]:
    """What the statement editor for the next revision shows."""
    found = shown.edit_document(policy, desk.source, reasons, message, version=version)
    return {
        **found,
        **_by_here(found, reverse("edit_statements", args=[policy.pk])),
        **context(desk, found["result"], standards_of(policy.team_id).catalogue),
        "action": reverse("edit_statements", args=[policy.pk]),
        "change_url": reverse("edit_statements_change", args=[policy.pk]),
    }


def _by_here(found: dict[str, Any], action: str) -> dict[str, str]:
    """The form goes to an offered builder by way of this editor, which looks whether something waits to be applied."""
    return {"offered_url": f"{action}?to={BUILDER}"} if "offered_url" in found else {}


def changed(found: dict[str, Any]) -> dict[str, Any]:
    """What the answer to one change shows, of what the whole page would."""
    return {**found, "is_result_later": found["result"].finding_count > MAX_FINDINGS_AT_ONCE}
