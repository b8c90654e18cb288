"""The next revision of a policy in the statement editor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.errors import Conflict, InvalidInput, Stale
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.revise import revise
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.forms import shown
from policystudio.web.forms.applying import APPLY, apply_in_text
from policystudio.web.forms.policy_fields import typed_reasons
from policystudio.web.forms.revision import SAVED_FORM, stale_context, starting_revision, typed_version
from policystudio.web.page import Page, PageView
from policystudio.web.pages.editor import source_lines
from policystudio.web.pages.statements import FORM, after_button, is_question
from policystudio.web.statements.desk import Desk
from policystudio.web.statements.leaving import BUILDER, JSON, SENTENCES, sent_on, wanted_editor
from policystudio.web.statements.shown import CHANGE, TEMPLATE, changed, edit_context

_EDITORS = {BUILDER: "edit", JSON: "edit_json", SENTENCES: "edit_sentences"}


class EditStatements(PageView):
    """The next revision, statement by statement. `?from=` starts from an older revision."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        revision = starting_revision(self.viewer, policy, request.GET.get("from", ""))
        desk = Desk.start(revision.source)
        found = edit_context(policy, desk, revision.reasons, version=policy.version)
        return self.page(TEMPLATE, {**found, "started_from": revision})

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        reasons, message = typed_reasons(request.POST), typed_message(request)
        version = typed_version(request)
        desk = after_button(self, request)
        if APPLY in request.POST:
            found = apply_in_text(
                request,
                desk.source,
                shown.edit_document_result(policy, desk.source, reasons, message),
                lambda text: edit_context(policy, desk.with_text(text), reasons, message, version=version),
            )
            return self.page(TEMPLATE, found)
        to = wanted_editor(request)
        if not to and is_question(request):
            return self.page(TEMPLATE, edit_context(policy, desk, reasons, message, version=version))
        left = desk.pending(standards_of(policy.team_id).catalogue)
        if left:
            found = edit_context(policy, desk.stopped(left), reasons, message, version=version)
            found["summary"] += left.items()
            return self.page(TEMPLATE, found, status=422)
        if to:
            return sent_on(reverse(_EDITORS[to], args=[policy.pk]))
        try:
            revision = revise(
                by=self.viewer,
                policy=policy,
                source=desk.source,
                message=message,
                reasons=reasons,
                expected_version=version,
            )
        except Stale:
            found = edit_context(policy, desk, reasons, message, version=policy.version)
            found["stale"] = stale_context(policy, desk.source)
            return self.page(TEMPLATE, found, status=412)
        except (InvalidInput, Conflict) as refused:
            found = edit_context(policy, desk, reasons, message, version=version)
            found["summary"] += source_lines(refused)
            return self.page(TEMPLATE, found, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        text = _("Saved as revision %(n)d.") % {"n": revision.number}
        return self.go(reverse("policy", args=[policy.pk]), text)


class EditChange(PageView):
    """The cards and the result after one change, or after the JSON was edited."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        found = edit_context(
            policy,
            after_button(self, request),
            typed_reasons(request.POST),
            typed_message(request),
            version=typed_version(request),
        )
        return self.page(CHANGE, changed(found))


def typed_message(request: HttpRequest) -> str:
    """The message of the revision as it is stored."""
    return request.POST.get("message", "").replace("\r\n", "\n").strip()


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/edit/statements/", EditStatements.as_view(), name="edit_statements"),
        path(
            "policies/<int:policy_id>/edit/statements/change/",
            EditChange.as_view(),
            name="edit_statements_change",
        ),
    ),
    section="policies",
)
