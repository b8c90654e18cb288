"""The JSON editor for a new policy, and what the editor asks while one types.

The document is judged as it is typed; a document that a builder could have made is offered in that builder's form.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.errors import Conflict, InvalidInput
from policystudio.policies.circumstances import circumstances_of
from policystudio.policies.selectors import policy_get
from policystudio.policies.services.create_policy import create_policy
from policystudio.ram.canonical import text_of
from policystudio.ram.render import Target
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import waivers_for
from policystudio.web.forms import shown
from policystudio.web.forms.applying import APPLY, apply_in_text
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.forms.result import result_of
from policystudio.web.forms.revision import SAVED_FORM, typed_source
from policystudio.web.page import Beginning, Page, PageView

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
        return self.page(TEMPLATE, shown.new_document(self.viewer, START, PolicyFields()))

    def post(self, request: HttpRequest) -> HttpResponse:
        source = typed_source(request)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        if APPLY in request.POST:
            result = shown.new_document_result(self.viewer, source, fields)
            context = apply_in_text(
                request, source, result, lambda text: shown.new_document(self.viewer, text, fields)
            )
            return self.page(TEMPLATE, context)
        if request.POST.get("action") == "check":
            return self.page(TEMPLATE, shown.new_document(self.viewer, source, fields))
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
            context = shown.new_document(self.viewer, source, fields.refused(refused.problems))
            context["summary"] += source_lines(refused)
            return self.page(TEMPLATE, context, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        return self.go(reverse("policy", args=[policy.pk]), _("The policy is saved as revision 1."))


class NewTextPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest) -> HttpResponse:
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        result = shown.new_document_result(
            self.viewer, typed_source(request), fields, request.POST.get("show_as", "")
        )
        return self.page(
            "editor/_result.html",
            {"result": result, "preview_url": request.path, **shown.offer(result, shown.reverse_new)},
        )


class Validate(PageView):
    """What the editor asks while one types: open findings with places in the text, as JSON.

    `policy` is that of the revision that is edited, whose waived findings get no sign.
    """

    access = {"POST": Access(Act.READ)}

    def post(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("text", "").replace("\r\n", "\n")
        result = result_of(
            text,
            standards_of(self.viewer.team_id),
            circumstances=circumstances_of(self.viewer.team_id),
            targets=_targets(request),
            name=request.POST.get("name", ""),
            waivers=_waivers(self.viewer, request.POST.get("policy", "")),
        )
        return JsonResponse({"findings": [finding.as_json() for finding in result.open_findings]})


class Completions(PageView):
    """Actions, resources and condition keys of the catalogue, each with a line of explanation."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = standards_of(self.viewer.team_id).catalogue
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


def source_lines(refused: InvalidInput | Conflict) -> list[tuple[str, str]]:
    """The problems of the source for the list on top of the form."""
    return [("source", p.detail) for p in refused.problems if p.pointer.startswith("/source")]


def _waivers(viewer: Viewer, number: str) -> list[Waiver] | None:
    """Raises: NotFound for a policy that the viewer may not see."""
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return waivers_for(policy_get(viewer, int(number))) if is_number else None


def _targets(request: HttpRequest) -> list[Target]:
    pairs = (text.partition("|") for text in request.POST.getlist("targets"))
    return [Target(account, region) for account, _bar, region in pairs if account.isdigit() and region]


PAGE = Page(
    urls=(
        path("policies/editor/", NewFromText.as_view(), name="editor"),
        path("policies/editor/preview/", NewTextPreview.as_view(), name="editor_preview"),
        path("policies/editor/validate/", Validate.as_view(), name="editor_validate"),
        path("policies/editor/completions/", Completions.as_view(), name="editor_completions"),
    ),
    section="policies",
    beginning=Beginning(
        gettext_lazy("Write or paste a document"),
        gettext_lazy(
            "The JSON editor, with findings while you type. A document that a "
            "builder could have made can be opened in its form."
        ),
        order=40,
        url_name="editor",
    ),
)
