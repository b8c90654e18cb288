"""The next revision of a policy in sentences."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.analysis.sentences import Language
from policystudio.catalog.model import Catalogue
from policystudio.errors import Conflict, InvalidInput, Stale
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.revise import revise
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.forms import shown
from policystudio.web.forms.policy_fields import typed_reasons
from policystudio.web.forms.revision import (
    SAVED_FORM,
    stale_context,
    starting_revision,
    typed_source,
    typed_version,
)
from policystudio.web.forms.written import CHOOSE, FIELD, Written
from policystudio.web.languages import sentence_language
from policystudio.web.page import Page, PageView
from policystudio.web.pages.editor import source_lines
from policystudio.web.pages.sentences import FORM, RESULT, SAY, TEMPLATE, unread
from policystudio.web.statements.leaving import sent_on

_EDITORS = {"json": "edit_json", "statements": "edit_statements"}


class EditSentences(PageView):
    """The form, with the sentences of a revision; every button of it works without script."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        revision = starting_revision(self.viewer, policy, request.GET.get("from", ""))
        written = Written.of_document(revision.source, sentence_language(), _catalogue(policy))
        if written is None:
            return self.go(reverse("edit_json", args=[policy.pk]))
        found = context(policy, written, revision.reasons, version=policy.version)
        return self.page(TEMPLATE, {**found, "started_from": revision})

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        reasons, version = typed_reasons(request.POST), typed_version(request)
        message = request.POST.get("message", "").replace("\r\n", "\n").strip()

        def shown_with(written: Written, *, is_asked: bool = True) -> dict[str, Any]:
            return context(policy, written, reasons, message, version=version, is_asked=is_asked)

        if "source" in request.POST and FIELD not in request.POST:
            said = Written.of_document(typed_source(request), sentence_language(), _catalogue(policy))
            # What cannot be said stays where it was typed.
            if said is None:
                return sent_on(reverse("edit_json", args=[policy.pk]))
            return self.page(TEMPLATE, shown_with(said))
        written = Written.sent(request.POST, _catalogue(policy))
        if request.POST.get(SAY) in list(Language):
            return self.page(TEMPLATE, shown_with(written.translated(Language(request.POST[SAY]))))
        to = _EDITORS.get(request.GET.get("to", ""))
        if not to and (CHOOSE in request.POST or request.POST.get("action") == "check"):
            return self.page(TEMPLATE, shown_with(written))
        source = written.found.source
        if source is None:
            return self.page(TEMPLATE, unread(shown_with(written)), status=422)
        if to:
            return sent_on(reverse(to, args=[policy.pk]))
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
            found = context(policy, written, reasons, message, version=policy.version)
            found["stale"] = stale_context(policy, source)
            return self.page(TEMPLATE, found, status=412)
        except (InvalidInput, Conflict) as refused:
            found = shown_with(written, is_asked=False)
            found["summary"] += [(FIELD, text) for _id, text in source_lines(refused)]
            return self.page(TEMPLATE, found, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        text = _("Saved as revision %(n)d.") % {"n": revision.number}
        return self.go(reverse("policy", args=[policy.pk]), text)


class EditSentencesPreview(PageView):
    """Result and problems while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        found = context(
            policy,
            Written.sent(request.POST, _catalogue(policy)),
            typed_reasons(request.POST),
            request.POST.get("message", ""),
            version=typed_version(request),
            show_as=request.POST.get("show_as", ""),
        )
        return self.page(RESULT, {**found, "is_swapped": True})


def context(
    policy: Policy,
    written: Written,
    reasons: dict[str, str],
    message: str = "",
    *,
    version: int | None,
    show_as: str = "",
    is_asked: bool = False,
) -> dict[str, Any]:
    """What the page shows; as for a new policy, but its targets are known."""
    source = written.found.source
    found = shown.edit_document(policy, source or "", reasons, message, version=version)
    if source is None:
        found["result"] = None
    elif show_as:
        found["result"] = shown.edit_document_result(policy, source, reasons, message, show_as)
    return {
        **found,
        "written": written,
        "source": source,
        "is_asked": is_asked,
        "action": reverse("edit_sentences", args=[policy.pk]),
        "preview_url": reverse("edit_sentences_preview", args=[policy.pk]),
    }


def _catalogue(policy: Policy) -> Catalogue:
    return standards_of(policy.team_id).catalogue


PAGE = Page(
    urls=(
        path("policies/<int:policy_id>/edit/sentences/", EditSentences.as_view(), name="edit_sentences"),
        path(
            "policies/<int:policy_id>/edit/sentences/preview/",
            EditSentencesPreview.as_view(),
            name="edit_sentences_preview",
        ),
    ),
    section="policies",
)
