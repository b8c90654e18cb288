"""The statement editor for a new policy: statement by statement, over the catalogue, with the JSON beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.catalog import expand
from policystudio.editing.apply import apply
from policystudio.editing.operations.add_statement import AddStatement
from policystudio.errors import Conflict, InvalidInput
from policystudio.policies.services.create_policy import create_policy
from policystudio.ram.canonical import text_of
from policystudio.ram.patterns import has_wildcard
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.forms import shown
from policystudio.web.forms.applying import APPLY, apply_in_text
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.forms.revision import SAVED_FORM, typed_source
from policystudio.web.page import Beginning, Page, PageView
from policystudio.web.pages.editor import source_lines
from policystudio.web.statements.desk import Desk
from policystudio.web.statements.leaving import BUILDER, JSON, SENTENCES, sent_on, wanted_editor
from policystudio.web.statements.shown import CHANGE, TEMPLATE, changed, new_context

FORM = "#statement-form"
MAX_PATTERN = 200


class NewStatements(PageView):
    """A new policy from its statements; without script, every button of a card sends the whole form here."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest) -> HttpResponse:
        start = apply(text_of({"Version": "1", "Statement": []}), AddStatement()).text
        return self.page(TEMPLATE, new_context(self.viewer, Desk.start(start), PolicyFields()))

    def post(self, request: HttpRequest) -> HttpResponse:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        desk = after_button(self, request)
        if APPLY in request.POST:
            result = shown.new_document_result(self.viewer, desk.source, fields)
            found = apply_in_text(
                request,
                desk.source,
                result,
                lambda text: new_context(self.viewer, desk.with_text(text), fields),
            )
            return self.page(TEMPLATE, found)
        to = wanted_editor(request)
        if not to and is_question(request):
            return self.page(TEMPLATE, new_context(self.viewer, desk, fields))
        left = desk.pending(standards_of(self.viewer.team_id).catalogue)
        if left:
            found = new_context(self.viewer, desk.stopped(left), fields)
            found["summary"] += left.items()
            return self.page(TEMPLATE, found, status=422)
        if to in (JSON, SENTENCES):
            return sent_on(reverse("editor" if to == JSON else "sentences_new"))
        if to == BUILDER:
            result = shown.new_document_result(self.viewer, desk.source, fields)
            offer = shown.offer(result, shown.reverse_new)
            return sent_on(offer.get("offered_url", reverse("editor")))
        try:
            policy = create_policy(
                by=self.viewer,
                name=fields.name,
                description=fields.description,
                source=desk.source,
                targets=fields.sent_targets,
                region_mode=fields.region_mode,
                message=fields.message,
                reasons=fields.reasons,
            )
        except (InvalidInput, Conflict) as refused:
            found = new_context(self.viewer, desk, fields.refused(refused.problems))
            found["summary"] += source_lines(refused)
            return self.page(TEMPLATE, found, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        return self.go(reverse("policy", args=[policy.pk]), _("The policy is saved as revision 1."))


class NewChange(PageView):
    """The cards and the result after one change, or after the JSON was edited."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest) -> HttpResponse:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        found = new_context(self.viewer, after_button(self, request), fields)
        return self.page(CHANGE, changed(found))


class ExpandPattern(PageView):
    """What a pattern of actions stands for, while it is typed."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        # The field is named after its statement, and is the only one that is sent.
        names = [name for name in request.GET if name == "pattern" or name.endswith(".pattern")]
        text = request.GET.get(names[0], "")[:MAX_PATTERN] if names else ""
        catalogue = standards_of(self.viewer.team_id).catalogue
        last = (text.replace(",", " ").split() or [""])[-1]
        found = {"pattern": last, "is_pattern": has_wildcard(last), "reach": expand(catalogue, last)}
        return self.page("statements/_reach.html", found)


def is_question(request: HttpRequest) -> bool:
    """Whether the form was sent to be shown again, and not to be saved."""
    return "do" in request.POST or request.POST.get("action") == "check"


def after_button(view: PageView, request: HttpRequest) -> Desk:
    """The editor as it was sent, after the button that sent it."""
    desk = Desk.sent(request.POST, typed_source(request))
    command = request.POST.get("do", "")
    return desk.do(command, standards_of(view.viewer.team_id).catalogue) if command else desk


PAGE = Page(
    urls=(
        path("policies/new/custom/", NewStatements.as_view(), name="statements_new"),
        path("policies/new/custom/change/", NewChange.as_view(), name="statements_new_change"),
        path("policies/editor/expand/", ExpandPattern.as_view(), name="statements_expand"),
    ),
    section="policies",
    beginning=Beginning(
        gettext_lazy("Build from statements"),
        gettext_lazy(
            "Any policy, statement by statement: choose actions from the "
            "catalogue, resources and conditions in forms, with the JSON beside them."
        ),
        order=10,
        url_name="statements_new",
        example=gettext_lazy("Two services with different rights in one policy, or a Deny beside an Allow."),
    ),
)
