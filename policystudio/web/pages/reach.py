"""What somebody with chosen documents reaches: directly, in several steps, and not at all in the model."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.analysis.escalation import LEFT_OUT, escalate
from policystudio.teams.permissions import Act
from policystudio.web.asking.choice import Choice, of_address, of_form
from policystudio.web.asking.judging import by_field
from policystudio.web.asking.question import MAX_ADDRESS
from policystudio.web.asking.reached import Chosen, reached
from policystudio.web.asking.sources import read, rows
from policystudio.web.menu import tabs
from policystudio.web.page import Page, PageView, Tab
from policystudio.web.pages.simulator import catalogue_of, texts
from policystudio.web.words import said


class ReachPage(PageView):
    """Answers for what the address names; a form that is sent becomes such an address. Nothing is stored."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(of_address(request.GET))

    def post(self, request: HttpRequest) -> HttpResponse:
        choice = of_form(request.POST)
        query = urlencode(list(choice.pairs()))
        if len(query) > MAX_ADDRESS or choice.wrong:
            return self._shown(choice)
        return self.go(f"{reverse('reach')}?{query}" if query else reverse("reach"))

    def _shown(self, choice: Choice) -> HttpResponse:
        asked, wrong = read(self.viewer, choice)
        answer = None
        if choice and not wrong:
            documents = [each.document for each in asked]
            found = escalate(documents, catalogue=catalogue_of(self.viewer))
            answer = reached(found, Chosen(choice, asked))
        context = {
            "answer": answer,
            "asked": asked,
            "left_out": [said(each) for each in LEFT_OUT],
            "rows": rows(self.viewer, choice),
            "texts": texts(choice),
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "tabs": tabs("simulator", "reach"),
        }
        return self.page("reach/reach.html", context, status=422 if wrong else 200)


PAGE = Page(
    urls=(path("reach/", ReachPage.as_view(), name="reach"),),
    section="simulator",
    tab=Tab(gettext_lazy("In several steps"), order=30, url_name="reach"),
)
