"""Guardrails: those of the team, one with what it stops, the form that writes one, and exceptions from one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.errors import Conflict, InvalidInput, NotAllowed, ServiceError, Stale
from policystudio.guardrails.definition import Kind
from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.preview import preview
from policystudio.guardrails.ready import ready_guardrails
from policystudio.guardrails.selectors import exemptions, guardrail_get, guardrails
from policystudio.guardrails.services.decide_exemption import (
    MAX_REMARK,
)
from policystudio.guardrails.services.switch_guardrail import remove_guardrail, switch_off, switch_on
from policystudio.guardrails.services.write_guardrail import (
    MAX_NAME,
    MAX_WHY,
    change_guardrail,
    create_guardrail,
)
from policystudio.guardrails.void import unknown_actions
from policystudio.guardrails.words import sentence
from policystudio.teams.permissions import Act
from policystudio.web.faults import status_of
from policystudio.web.forms.guardrail_form import GuardrailForm, typed
from policystudio.web.guardrails import broken_lines, exemption_lines, newest_shown, released_shown
from policystudio.web.page import MenuEntry, Page, PageView

MAX_SHOWN = 50
KINDS = {
    Kind.NEVER: (
        gettext_lazy("Never allow …, except …"),
        gettext_lazy("Checked for every possible request, and shown with one that breaks it."),
    ),
    Kind.SEPARATION: (
        gettext_lazy("Never both in one policy"),
        gettext_lazy("Two sets of requests that no document may allow together."),
    ),
    Kind.DENY_FLOOR: (
        gettext_lazy("Always denied"),
        gettext_lazy("What every document has to deny by statements of its own."),
    ),
    Kind.EXACT_ACTIONS: (
        gettext_lazy("Exact action names"),
        gettext_lazy("No wildcard in what is allowed. Looks at what is written, not at requests."),
    ),
    Kind.LONG_NAMES: (
        gettext_lazy("Resources by name"),
        gettext_lazy("Enough characters before a wildcard. Looks at what is written, not at requests."),
    ),
}


class Guardrails(PageView):
    """The guardrails of the team, and the exceptions that wait."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = exemptions(self.viewer).filter(state=Exemption.Stored.REQUESTED)
        lines = [line for line in exemption_lines(self.viewer, waiting[:MAX_SHOWN]) if line.is_undecided]
        context = {
            "lines": [(each, sentence(each.enforced or each.definition)) for each in guardrails(self.viewer)],
            "waiting": lines,
            "may_manage": self.viewer.may(Act.MANAGE_GUARDRAILS),
            "max_remark": MAX_REMARK,
            "api_url": request.build_absolute_uri("/api/v1/guardrails/"),
        }
        return self.page("guardrails/guardrails.html", context)


class GuardrailView(PageView):
    """What a guardrail's page and its forms share."""

    def show(self, guardrail: Guardrail, refused: ServiceError | None = None) -> HttpResponse:
        """The page, with what it stops as things are now, and with why something was refused."""
        definition = guardrail.definition
        found = preview(self.viewer.team_id, definition)
        enforced = guardrail.enforced
        context = {
            "guardrail": guardrail,
            "sentence": sentence(definition),
            "unknown_actions": unknown_actions(definition),
            "sentence_in_force": sentence(enforced) if enforced else "",
            "preview": found,
            "left": found.left[:MAX_SHOWN],
            "stops": [
                (
                    stop,
                    broken_lines(
                        definition.kind, stop.newest, newest_shown(stop.policy, stop.stored.newest.source)
                    ),
                    broken_lines(
                        definition.kind, stop.released, released_shown(stop.policy, stop.stored.handed)
                    ),
                )
                for stop in found.stops
            ],
            "exemptions": exemption_lines(
                self.viewer, exemptions(self.viewer).filter(guardrail=guardrail)[:MAX_SHOWN]
            ),
            "may_manage": self.viewer.may(Act.MANAGE_GUARDRAILS),
            "may_ask": self.viewer.may(Act.WRITE) and guardrail.is_on,
            "max_remark": MAX_REMARK,
            "refused": refused,
            "crumbs": crumbs(),
            "api_url": self.request.build_absolute_uri(f"/api/v1/guardrails/{guardrail.pk}/preview/"),
        }
        return self.page("guardrails/guardrail.html", context, status=status_of(refused) if refused else 200)

    def run(
        self, guardrail_id: int, service: Callable[..., Any], done: str, **given: Any
    ) -> HttpResponseBase:
        """The answer to a form of this page; what is refused is shown on it."""
        guardrail = guardrail_get(self.viewer, guardrail_id)
        try:
            service(by=self.viewer, guardrail=guardrail, **given)
        except (Conflict, InvalidInput, NotAllowed, Stale) as refused:
            return self.show(guardrail_get(self.viewer, guardrail_id), refused)
        return self.go(reverse("guardrail", args=[guardrail_id]), done)


class GuardrailPage(GuardrailView):
    """One guardrail, what it stops, and the exceptions from it."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, guardrail_id: int) -> HttpResponse:
        return self.show(guardrail_get(self.viewer, guardrail_id))


class SwitchOn(GuardrailView):
    """The wording that was previewed is in force."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}

    def post(self, request: HttpRequest, guardrail_id: int) -> HttpResponseBase:
        token = request.POST.get("preview", "")
        return self.run(guardrail_id, switch_on, _("The guardrail is on."), preview=token)


class SwitchOff(GuardrailView):
    """It stops nothing any more."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}

    def post(self, request: HttpRequest, guardrail_id: int) -> HttpResponseBase:
        return self.run(guardrail_id, switch_off, _("The guardrail is off."))


class Remove(GuardrailView):
    """It is off, and not listed any more."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}

    def post(self, request: HttpRequest, guardrail_id: int) -> HttpResponseBase:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        try:
            remove_guardrail(by=self.viewer, guardrail=guardrail, expected_version=version_in(request))
        except (Conflict, Stale) as refused:
            return self.show(guardrail_get(self.viewer, guardrail_id), refused)
        return self.go(reverse("guardrails"), _("The guardrail is removed."))


class GuardrailForms(PageView):
    """What writing and rewording share."""

    def form(
        self, form: GuardrailForm, *, guardrail: Guardrail | None = None, status: int = 200
    ) -> HttpResponse:
        """The form with what was typed."""
        context = {
            **form.context(list(accounts(self.viewer))),
            "guardrail": guardrail,
            "version": guardrail.version if guardrail else "",
            "kind_title": KINDS[form.kind][0],
            "max_name": MAX_NAME,
            "max_why": MAX_WHY,
            "crumbs": crumbs(),
        }
        return self.page("guardrails/form.html", context, status=status)


class NewGuardrail(GuardrailForms):
    """The choice of a ready-made one or of a kind, then the form; `?ready=` and `?kind=` fill it."""

    access = {"GET": Access(Act.MANAGE_GUARDRAILS), "POST": Access(Act.MANAGE_GUARDRAILS)}

    def get(self, request: HttpRequest) -> HttpResponse:
        ready = ready_guardrails().get(request.GET.get("ready", ""))
        if ready is not None:
            sent = {"name": _(ready.title), "why": "", "definition": ready.definition}
            return self.form(GuardrailForm(sent, hints={at: _(hint) for at, hint in ready.blanks.items()}))
        kind = request.GET.get("kind", "")
        if kind in set(map(str, Kind)):
            return self.form(GuardrailForm({"definition": {"kind": kind}}))
        context = {
            "ready": [(slug, _(each.title), _(each.about)) for slug, each in ready_guardrails().items()],
            "kinds": [(str(kind), title, about) for kind, (title, about) in KINDS.items()],
            "crumbs": crumbs(),
        }
        return self.page("guardrails/choose.html", context)

    def post(self, request: HttpRequest) -> HttpResponseBase:
        sent = typed(request.POST)
        try:
            guardrail = create_guardrail(by=self.viewer, **sent)
        except (InvalidInput, Conflict) as refused:
            return self.form(GuardrailForm(sent, refused), status=status_of(refused))
        done = _("The guardrail is written, and off. See what it would stop before you switch it on.")
        return self.go(reverse("guardrail", args=[guardrail.pk]), done)


class EditGuardrail(GuardrailForms):
    """Another wording, which counts once it is switched on."""

    access = {"GET": Access(Act.MANAGE_GUARDRAILS), "POST": Access(Act.MANAGE_GUARDRAILS)}

    def get(self, request: HttpRequest, guardrail_id: int) -> HttpResponse:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        return self.form(GuardrailForm(_stored(guardrail)), guardrail=guardrail)

    def post(self, request: HttpRequest, guardrail_id: int) -> HttpResponseBase:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        sent = typed(request.POST)
        try:
            change_guardrail(
                by=self.viewer, guardrail=guardrail, expected_version=version_in(request), **sent
            )
        except (InvalidInput, Conflict, Stale) as refused:
            form = GuardrailForm(sent, refused)
            return self.form(form, guardrail=guardrail, status=status_of(refused))
        return self.go(reverse("guardrail", args=[guardrail.pk]), _("The new wording is saved."))


def _stored(guardrail: Guardrail) -> Mapping[str, Any]:
    return {"name": guardrail.name, "why": guardrail.why, "definition": guardrail.wording}


def crumbs() -> list[tuple[str, str]]:
    """The way to a page below the list."""
    return [(_("Guardrails"), reverse("guardrails"))]


def version_in(request: HttpRequest) -> int:
    """The version that the form was made from; one that is none fits nothing."""
    text = request.POST.get("version", "")
    return int(text) if is_number(text) else -1


def is_number(text: str) -> bool:
    """Whether this can be the key of something."""
    return text.isascii() and text.isdigit() and len(text) < 10


PAGE = Page(
    urls=(
        path("guardrails/", Guardrails.as_view(), name="guardrails"),
        path("guardrails/new/", NewGuardrail.as_view(), name="new_guardrail"),
        path("guardrails/<int:guardrail_id>/", GuardrailPage.as_view(), name="guardrail"),
        path("guardrails/<int:guardrail_id>/edit/", EditGuardrail.as_view(), name="guardrail_edit"),
        path("guardrails/<int:guardrail_id>/on/", SwitchOn.as_view(), name="guardrail_on"),
        path("guardrails/<int:guardrail_id>/off/", SwitchOff.as_view(), name="guardrail_off"),
        path("guardrails/<int:guardrail_id>/remove/", Remove.as_view(), name="guardrail_remove"),
    ),
    menu=MenuEntry(
        label=gettext_lazy("Guardrails"), icon="lock", order=36, url_name="guardrails", shortcut="g g"
    ),
)
