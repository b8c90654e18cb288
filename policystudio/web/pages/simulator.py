"""The simulator: may somebody do this, by these documents, and why; the address holds the whole question."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.accounts.selectors import accounts
from policystudio.analysis.request import cautions
from policystudio.catalog.model import Catalogue
from policystudio.editing.resource_parts import EVERYTHING, Parts, parts_of
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.answer import answered
from policystudio.web.asking.choice import Choice
from policystudio.web.asking.context_rows import context_rows, keys_offered
from policystudio.web.asking.judging import by_field, faults_of
from policystudio.web.asking.question import AS_TEXT, Question, of_address, of_form
from policystudio.web.asking.sources import Asked, read, rows
from policystudio.web.menu import tabs
from policystudio.web.page import MenuEntry, Page, PageView, Tab
from policystudio.web.words import said


class Simulator(PageView):
    """Answers the question of the address; a form that is sent becomes such an address. Nothing is stored."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(of_address(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        question = of_form(request.POST, catalogue_of(self.viewer))
        if question.choice.wrong or not question.fits_an_address:
            return self._shown(question)
        return self.go(f"{question.address}#answer" if question.is_asked else question.address)

    def _shown(self, question: Question) -> HttpResponse:
        catalogue = catalogue_of(self.viewer)
        asked, wrong = read(self.viewer, question.choice)
        if question.is_asked:
            wrong += faults_of(question)
        answer = answered(question, asked, catalogue) if question.is_asked and not wrong else None
        carried = context_rows(question.context, asked, catalogue)
        context = {
            "question": question,
            "asked": asked,
            "answer": answer,
            "cautions": cautions(question.request) if answer else [],
            "wrong": wrong,
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "tabs": tabs("simulator", "simulator"),
            "may_write": self.viewer.may(Act.WRITE),
            "texts": texts(question.choice),
            "rows": rows(self.viewer, question.choice),
            "actions": list(catalogue.actions.values()),
            "context_rows": carried,
            "has_wanted": any(row.is_wanted for row in carried),
            "keys": keys_offered(catalogue),
            **resource_fields(question, asked, catalogue),
            "accounts": [(each.number, each.name) for each in accounts(self.viewer)],
            "regions": list(catalogue.regions.values()),
        }
        return self.page("simulator/simulator.html", context, status=422 if wrong else 200)


def catalogue_of(viewer: Viewer) -> Catalogue:
    """The catalogue of the viewer's team."""
    return standards_of(viewer.team_id).catalogue


def texts(choice: Choice) -> list[tuple[int, str]]:
    """The pasted documents with their numbers, and an empty place for another."""
    return [*enumerate(choice.texts), (len(choice.texts), "")]


def resource_fields(question: Question, asked: list[Asked], catalogue: Catalogue) -> dict[str, Any]:
    """The resource in its parts; as text where it has another shape. Before a question the first target fills in."""
    target = next((each.chosen.target for each in asked if each.chosen and each.chosen.target), None)
    place = (target.region, target.account) if target else ("", "")
    parts = parts_of(catalogue, question.resource) if question.resource else Parts("key", *place, name="")
    kinds = [(kind.id, said(kind.label), kind.kind) for kind in catalogue.resource_types.values()]
    return {
        "parts": parts or Parts(AS_TEXT, *place, name=""),
        "kinds": [*kinds, (EVERYTHING, _("Everything in KMS"), "container")],
        "as_text": AS_TEXT,
    }


PAGE = Page(
    urls=(path("simulator/", Simulator.as_view(), name="simulator"),),
    tab=Tab(gettext_lazy("Simulator"), order=10, url_name="simulator"),
    menu=MenuEntry(
        label=gettext_lazy("Simulator"), icon="simulator", order=40, url_name="simulator", shortcut="g s"
    ),
)
