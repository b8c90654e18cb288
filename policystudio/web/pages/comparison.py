"""Two sets of documents, stored or pasted: what the second allows that the first does not, and the reverse."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.teams.permissions import Act
from policystudio.web.asking.choice import Choice, of_address, of_form
from policystudio.web.asking.compared import SIDES, Compared
from policystudio.web.asking.judging import by_field
from policystudio.web.asking.question import MAX_ADDRESS
from policystudio.web.asking.sources import read, rows
from policystudio.web.menu import tabs
from policystudio.web.page import Page, PageView, Tab
from policystudio.web.pages.simulator import catalogue_of, texts


class Comparison(PageView):
    """Compares what the address names; a form that is sent becomes such an address. Nothing is stored."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown({side: of_address(request.GET, f"{side}_") for side in SIDES})

    def post(self, request: HttpRequest) -> HttpResponse:
        choices = {side: of_form(request.POST, f"{side}_") for side in SIDES}
        query = urlencode([pair for side in SIDES for pair in choices[side].pairs(f"{side}_")])
        if len(query) > MAX_ADDRESS or any(each.wrong for each in choices.values()):
            return self._shown(choices)
        return self.go(f"{reverse('comparison')}?{query}" if query else reverse("comparison"))

    def _shown(self, choices: dict[str, Choice]) -> HttpResponse:
        found = {side: read(self.viewer, choices[side], f"{side}_") for side in SIDES}
        asked = {side: found[side][0] for side in SIDES}
        wrong = [each for side in SIDES for each in found[side][1]]
        is_asked = any(choices.values())
        card = Compared(choices, asked, catalogue_of(self.viewer)).card() if is_asked and not wrong else None
        context = {
            "card": card,
            "empty_sides": [side for side in SIDES if is_asked and not choices[side]],
            "asked": asked["before"] + asked["after"],
            "sides": [
                (side, f"{side}_", rows(self.viewer, choices[side]), texts(choices[side])) for side in SIDES
            ],
            "errors": by_field(wrong),
            "summary": [(each.field, each.text) for each in wrong],
            "tabs": tabs("simulator", "comparison"),
        }
        return self.page("comparison/comparison.html", context, status=422 if wrong else 200)


PAGE = Page(
    urls=(path("compare/", Comparison.as_view(), name="comparison"),),
    section="simulator",
    tab=Tab(gettext_lazy("Compare"), order=20, url_name="comparison"),
)
