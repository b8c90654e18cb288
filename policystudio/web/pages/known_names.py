"""Names that the team has seen work and that the catalogue does not hold: the list, adding one, and removing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from policystudio.access import Access
from policystudio.catalog.team import RISK_LEVELS, is_held
from policystudio.errors import Conflict, InvalidInput
from policystudio.policies.name_uses import name_uses
from policystudio.standards.known_names import is_held_by_now, known_name_get, known_names, namesake
from policystudio.standards.models import KnownName
from policystudio.standards.services.add_known_name import MAX_NAME, MAX_NOTE, access_levels, add_known_name
from policystudio.standards.services.remove_known_name import remove_known_name
from policystudio.teams.permissions import Act
from policystudio.web.page import Page, PageView, add_problems
from policystudio.web.pages.accounts import version_of
from policystudio.web.pages.catalogue import CatalogueView
from policystudio.web.words import said


class NameForm(forms.Form):
    """What is typed; the service judges it. What is left empty is unknown."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            (KnownName.Kind.ACTION, gettext_lazy("An action")),
            (KnownName.Kind.CONDITION_KEY, gettext_lazy("A condition key")),
        ],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy(
            "In full, for example kms:SpinKey. A condition key that ends in / has a free tail, as kms:tag/ has."
        ),
        max_length=MAX_NAME,
    )
    note = forms.CharField(
        label=gettext_lazy("Where it was seen"),
        help_text=gettext_lazy("For example: release notes of July, tried in the sandbox account."),
        max_length=MAX_NOTE,
        widget=forms.Textarea,
    )
    seen_on = forms.DateField(
        label=gettext_lazy("Seen to work on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    access_level = forms.ChoiceField(
        label=gettext_lazy("Access level"),
        help_text=gettext_lazy("Only for an action."),
        required=False,
    )
    risk = forms.ChoiceField(
        label=gettext_lazy("Risk"),
        help_text=gettext_lazy("Only for an action. An unknown risk is taken as high."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = ("", _("unknown"))
        for field, values in (("access_level", access_levels()), ("risk", RISK_LEVELS)):
            choice = self.fields[field]
            assert isinstance(choice, forms.ChoiceField)
            choice.choices = [unknown, *((value, said(value)) for value in values)]


class KnownNames(CatalogueView):
    """The team's own names, with who added each and why."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "lines": [(name, is_held_by_now(name)) for name in known_names(self.viewer)],
            "may_manage": self.viewer.may(Act.MANAGE_NAMES),
        }
        return self.part("known_names", "known_names/known_names.html", context)


class NewKnownName(CatalogueView):
    """Adds one; a finding that calls a name unknown leads here with the name filled in.

    Everybody may open the page, so that an author can send its address to a reviewer.
    """

    access = {"GET": Access(Act.READ), "POST": Access(Act.MANAGE_NAMES)}

    def get(self, request: HttpRequest) -> HttpResponse:
        kind, name = request.GET.get("kind", ""), request.GET.get("name", "")[:MAX_NAME]
        kind = kind if kind in KnownName.Kind.values else str(KnownName.Kind.ACTION)
        first = {"kind": kind, "name": name, "seen_on": timezone.localdate().isoformat()}
        return self._form(NameForm(initial=first), [])

    def post(self, request: HttpRequest) -> HttpResponseBase:
        form, types = NameForm(request.POST), request.POST.getlist("resource_types")
        if not form.is_valid():
            return self._form(form, types, status=422)
        try:
            name = add_known_name(by=self.viewer, resource_types=types, **form.cleaned_data)
        except (InvalidInput, Conflict) as refused:
            errors = _refusal(form, refused)
            return self._form(form, types, type_errors=errors, status=422)
        return self.go(reverse("known_names"), _("%(name)s is added.") % {"name": name.name})

    def _form(
        self, form: NameForm, chosen: list[str], *, type_errors: tuple[str, ...] = (), status: int = 200
    ) -> HttpResponse:
        asked = str(form["name"].value() or "")
        is_key = form["kind"].value() == KnownName.Kind.CONDITION_KEY
        types = [(t.id, said(t.label), t.id in chosen) for t in self.catalogue.resource_types.values()]
        context = {
            "form": form,
            "types": types,
            "type_errors": type_errors,
            "type_summary": [("resource_types", text) for text in type_errors],
            "asked": asked,
            "namesake": namesake(self.viewer, str(form["kind"].value()), asked) if asked else None,
            "is_known": status == 200 and is_held(self.catalogue, asked, is_condition_key=is_key),
            "may_manage": self.viewer.may(Act.MANAGE_NAMES),
            "crumbs": [
                (_("Catalogue"), reverse("catalogue")),
                (_("Added by your team"), reverse("known_names")),
            ],
        }
        return self.page("known_names/new.html", context, status=status)


class RemoveKnownName(PageView):
    """Takes one back, after saying who uses it."""

    access = {"GET": Access(Act.MANAGE_NAMES), "POST": Access(Act.MANAGE_NAMES)}

    def get(self, request: HttpRequest, name_id: int) -> HttpResponse:
        name = known_name_get(self.viewer, name_id)
        uses = name_uses(self.viewer, name.name, is_condition_key=name.is_condition_key)
        context = {
            "name": name,
            "uses": uses,
            "naming": sum(use.is_named for use in uses),
            "is_held": is_held_by_now(name),
            "crumbs": [
                (_("Catalogue"), reverse("catalogue")),
                (_("Added by your team"), reverse("known_names")),
            ],
        }
        return self.page("known_names/remove.html", context)

    def post(self, request: HttpRequest, name_id: int) -> HttpResponseBase:
        name = known_name_get(self.viewer, name_id)
        remove_known_name(by=self.viewer, name=name, expected_version=version_of(request))
        return self.go(reverse("known_names"), self._removed(name))

    def _removed(self, name: KnownName) -> str:
        """What was done, and how many policies are warned now."""
        done = _("%(name)s is removed.") % {"name": name.name}
        uses = name_uses(self.viewer, name.name, is_condition_key=name.is_condition_key)
        naming = sum(use.is_named for use in uses)
        if not naming or is_held_by_now(name):
            return done
        warned = ngettext(
            "%(n)d policy names it and is warned of it again.",
            "%(n)d policies name it and are warned of it again.",
            naming,
        )
        return f"{done} {warned % {'n': naming}}"


def _refusal(form: NameForm, refused: InvalidInput | Conflict) -> tuple[str, ...]:
    """Put the problems at their fields; those of resource types are returned."""
    if isinstance(refused, Conflict):
        form.add_error("name", f"{refused.message}. {refused.advice}".strip(" ."))
        return ()
    of_types = [p for p in refused.problems if p.pointer.startswith("/resource_types")]
    add_problems(form, InvalidInput([p for p in refused.problems if p not in of_types]))
    return tuple(p.detail for p in of_types)


PAGE = Page(
    urls=(
        path("catalogue/names/", KnownNames.as_view(), name="known_names"),
        path("catalogue/names/new/", NewKnownName.as_view(), name="new_known_name"),
        path("catalogue/names/<int:name_id>/remove/", RemoveKnownName.as_view(), name="known_name_remove"),
    ),
    section="catalogue",
)
