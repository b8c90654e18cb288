"""A new policy from sentences: what they say as JSON beside them, and what may come next while one types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import complete
from policystudio.errors import Conflict, InvalidInput
from policystudio.policies.services.create_policy import create_policy
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.forms import shown
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.forms.revision import SAVED_FORM, typed_source
from policystudio.web.forms.written import CHOOSE, FIELD, LANGUAGE, Written
from policystudio.web.languages import sentence_language
from policystudio.web.page import Beginning, Page, PageView
from policystudio.web.pages.editor import source_lines
from policystudio.web.statements.leaving import sent_on

TEMPLATE, RESULT = "sentences/sentences.html", "sentences/_result.html"
FORM = "#sentence-form"
SAY = "say"
"""The button that says the sentences in another language; its value is the language."""
_EDITORS = {"json": "editor", "statements": "statements_new"}


class NewSentences(PageView):
    """The form; every button of it works without script."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        written = Written("", sentence_language(), standards_of(self.viewer.team_id).catalogue)
        return self.page(TEMPLATE, context(self.viewer, written, PolicyFields()))

    def post(self, request: HttpRequest) -> HttpResponse:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        catalogue = standards_of(self.viewer.team_id).catalogue
        if "source" in request.POST and FIELD not in request.POST:
            written = Written.of_document(typed_source(request), sentence_language(), catalogue)
            # What cannot be said stays where it was typed.
            if written is None:
                return sent_on(reverse("editor"))
            return self.page(TEMPLATE, context(self.viewer, written, fields))
        written = Written.sent(request.POST, catalogue)
        if request.POST.get(SAY) in list(Language):
            written = written.translated(Language(request.POST[SAY]))
            return self.page(TEMPLATE, context(self.viewer, written, fields, is_asked=True))
        to = _EDITORS.get(request.GET.get("to", ""))
        if not to and (CHOOSE in request.POST or request.POST.get("action") == "check"):
            return self.page(TEMPLATE, context(self.viewer, written, fields, is_asked=True))
        source = written.found.source
        if source is None:
            return self.page(
                TEMPLATE, unread(context(self.viewer, written, fields, is_asked=True)), status=422
            )
        if to:
            return sent_on(reverse(to))
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
            found = context(self.viewer, written, fields.refused(refused.problems))
            found["summary"] += [(FIELD, text) for _id, text in source_lines(refused)]
            return self.page(TEMPLATE, found, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        return self.go(reverse("policy", args=[policy.pk]), _("The policy is saved as revision 1."))


class SentencesPreview(PageView):
    """Result and problems while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest) -> HttpResponse:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        written = Written.sent(request.POST, standards_of(self.viewer.team_id).catalogue)
        found = context(self.viewer, written, fields, request.POST.get("show_as", ""))
        return self.page(RESULT, {**found, "is_swapped": True})


class SentenceCompletions(PageView):
    """What may stand at the cursor, as JSON. Offsets count code points."""

    access = {"POST": Access(Act.READ)}

    def post(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("text", "").replace("\r\n", "\n")
        cursor = request.POST.get("cursor", "")
        language = request.POST.get(LANGUAGE, "")
        at = int(cursor) if cursor.isascii() and cursor.isdigit() and len(cursor) < 7 else len(text)
        found = complete(
            text,
            at,
            Language(language) if language in list(Language) else sentence_language(),
            standards_of(self.viewer.team_id).catalogue,
        )
        return JsonResponse(
            {
                "completions": [
                    {"text": each.text, "start": each.start, "end": each.end, "about": each.about}
                    for each in found
                ]
            }
        )


def context(
    viewer: Viewer, written: Written, fields: PolicyFields, show_as: str = "", *, is_asked: bool = False
) -> dict[str, Any]:
    """What the page shows. `is_asked`: somebody pressed a button and waits for what is wrong, which takes the focus."""
    source = written.found.source
    found = shown.new_document(viewer, source or "", fields)
    if source is None:
        found["result"] = None
    elif show_as:
        found["result"] = shown.new_document_result(viewer, source, fields, show_as)
    return {
        **found,
        "written": written,
        "source": source,
        "is_asked": is_asked,
        "action": reverse("sentences_new"),
        "preview_url": reverse("sentences_preview"),
    }


def unread(found: dict[str, Any]) -> dict[str, Any]:
    """The page of sentences that were to be used but cannot be read."""
    text = _("the sentences cannot be read yet; what is wrong is said below them")
    return {**found, "summary": [*found["summary"], (FIELD, text)]}


PAGE = Page(
    urls=(
        path("policies/new/sentences/", NewSentences.as_view(), name="sentences_new"),
        path("policies/new/sentences/preview/", SentencesPreview.as_view(), name="sentences_preview"),
        path(
            "policies/new/sentences/completions/", SentenceCompletions.as_view(), name="sentences_completions"
        ),
    ),
    section="policies",
    beginning=Beginning(
        gettext_lazy("Write in sentences"),
        gettext_lazy(
            "Say in plain words who may do what, and see the document that says the same. Words are "
            "offered while you type; what could be read in two ways is asked, never guessed."
        ),
        order=20,
        url_name="sentences_new",
        example=gettext_lazy("Allows decrypting with every key in the target's region and account."),
    ),
)
