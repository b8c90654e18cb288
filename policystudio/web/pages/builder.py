"""A builder's form for a new policy: what is typed, its result while one types, and saving it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path, register_converter, reverse
from django.urls.converters import SlugConverter
from django.utils.translation import gettext as _

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.builders.detect import detect
from policystudio.errors import Conflict, InvalidInput
from policystudio.policies.services.create_policy import create_policy
from policystudio.teams.permissions import Act
from policystudio.web.forms import shown
from policystudio.web.forms.applying import APPLY, JSON, STATEMENTS, apply_in_form
from policystudio.web.forms.beside import slots
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.forms.result import Result
from policystudio.web.forms.revision import SAVED_FORM, builder_of
from policystudio.web.page import Page, PageView
from policystudio.web.statements import shown as statements
from policystudio.web.statements.desk import Desk

TEMPLATE = "builder/builder.html"
FORM = "#builder-form"


class NewFromBuilder(PageView):
    """The form for a new policy; `action` json or statements shows the same policy in that editor."""

    access = {"GET": Access(Act.WRITE), "POST": Access(Act.WRITE)}

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BuilderForm.start(builder_of(slug))
        return self.page(TEMPLATE, shown.new_form(self.viewer, form, PolicyFields()))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BuilderForm.typed(builder_of(slug), request.POST)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        wanted = request.POST.get("action")
        if wanted == "detected":
            found = detect(request.POST.get("source", ""))
            if found is not None and found.slug == slug:
                form = BuilderForm(form.builder, found.parameters)
            return self.page(TEMPLATE, shown.new_form(self.viewer, form, fields))
        if wanted == "json" and not form.problems:
            return self.page(
                "editor/editor.html", shown.new_document(self.viewer, form.source() or "", fields)
            )
        if wanted == "statements" and not form.problems:
            desk = Desk.start(form.source() or "")
            return self.page(statements.TEMPLATE, statements.new_context(self.viewer, desk, fields))
        if APPLY in request.POST:
            return self.applied(form, fields)
        if wanted == "check":
            return self.page(TEMPLATE, shown.new_form(self.viewer, form, fields))
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
            context = shown.new_form(
                self.viewer, form.refused(problems) if not form.problems else form, fields.refused(problems)
            )
            return self.page(TEMPLATE, context, status=422)
        request.session[SAVED_FORM] = request.path + FORM
        return self.go(reverse("policy", args=[policy.pk]), _("The policy is saved as revision 1."))

    def applied(self, form: BuilderForm, fields: PolicyFields) -> HttpResponse:
        """The form with an offered change made, or another editor where the form cannot show it."""
        template, context = apply_in_form(
            self.request,
            form,
            shown.new_form_result(self.viewer, form, fields),
            lambda changed: (TEMPLATE, shown.new_form(self.viewer, changed, fields)),
            {
                JSON: lambda text: (
                    "editor/editor.html",
                    shown.new_document(self.viewer, text, fields),
                ),
                STATEMENTS: lambda text: (
                    statements.TEMPLATE,
                    statements.new_context(self.viewer, Desk.start(text), fields),
                ),
            },
        )
        return self.page(template, context)


class NewPreview(PageView):
    """The result pane while one types."""

    access = {"POST": Access(Act.WRITE)}

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = BuilderForm.typed(builder_of(slug), request.POST)
        fields = PolicyFields.typed(request.POST, accounts(self.viewer))
        return answer_preview(
            self, form, shown.new_form_result(self.viewer, form, fields, request.POST.get("show_as", ""))
        )


def answer_preview(view: PageView, form: BuilderForm, result: Result | None) -> HttpResponse:
    """The new result, or, while the form has problems, only those, so that the last good result stays."""
    if result is None:
        response = view.page("builder/_problems.html", {"summary": form.summary})
        response["HX-Retarget"], response["HX-Reswap"] = "#result-problems", "outerHTML"
        return response
    context = {"result": result, "slots": slots(form), "preview_url": view.request.path}
    return view.page("builder/_preview.html", context)


class BuilderConverter(SlugConverter):
    """The slug of a builder. `custom` and `sentences` are editors, found whatever the order of pages."""

    regex = r"(?!(?:custom|sentences)/)[-a-zA-Z0-9_]+"


register_converter(BuilderConverter, "builder")

PAGE = Page(
    urls=(
        path("policies/new/<builder:slug>/", NewFromBuilder.as_view(), name="builder_new"),
        path("policies/new/<builder:slug>/preview/", NewPreview.as_view(), name="builder_preview"),
    ),
    section="policies",
)
