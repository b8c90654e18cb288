"""Released policies whose patterns stand for more since they were judged, each with what it now also covers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path

from policystudio.access import Access
from policystudio.review.grown import grown_releases, growths_of, origins
from policystudio.teams.permissions import Act
from policystudio.web.page import Page
from policystudio.web.pages.catalogue import CatalogueView
from policystudio.web.paging import cut


class Grown(CatalogueView):
    """The list, the longest released first; what grew in each is worked out for the page that is shown."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        page = cut(request, grown_releases(self.viewer), field="released_at")
        origin_of = origins(self.viewer)
        cards = [
            (release, since, [(growth, [(a, origin_of(a)) for a in growth.actions]) for growth in growths])
            for release, since, growths in growths_of(self.viewer, page.rows)
        ]
        context = {"cards": cards, "page": page}
        return self.part("grown", "catalogue/grown.html", context)


PAGE = Page(urls=(path("catalogue/grown/", Grown.as_view(), name="grown"),), section="catalogue")
