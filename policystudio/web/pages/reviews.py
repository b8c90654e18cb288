"""The queue of reviews: what waits for the viewer first, then everything unfinished, then the past."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.review.models import Review
from policystudio.review.selectors import ReviewFilters, reviews, standings
from policystudio.review.standing import State
from policystudio.teams.permissions import Act
from policystudio.teams.selectors import members
from policystudio.teams.viewer import Viewer
from policystudio.web.filtering import filters_of
from policystudio.web.menu import inbox_of
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.paging import cut

STATE_NAMES = {
    State.OPEN: gettext_lazy("Open"),
    State.CHANGES_REQUESTED: gettext_lazy("Changes requested"),
    State.APPROVED: gettext_lazy("Approved"),
    State.RELEASED: gettext_lazy("Released"),
    State.WITHDRAWN: gettext_lazy("Withdrawn"),
}
MINE, UNFINISHED, ALL = "mine", "unfinished", "all"


class Reviews(PageView):
    """The list; `?show=` is mine, unfinished (the default) or all, narrowed by state and author."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        read, ignored = filters_of(
            request, {"show": (MINE, UNFINISHED, ALL), "state": [str(state) for state in STATE_NAMES]}
        )
        given = {"state": read["state"], "author": request.GET.get("author", "").strip()}
        show = read["show"] or UNFINISHED
        waiting = inbox_of(request, self.viewer)
        tasks = {
            review.pk: task
            for task, found in (
                (_("decide"), waiting.to_decide),
                (_("change"), waiting.to_change),
                (_("release"), waiting.to_release),
            )
            for review, _stands in found
        }
        found = narrowed(self.viewer, show, set(tasks), given)
        page = cut(request, found, field="created_at", descending=True)
        stands = standings(page.rows, asks_tests=False)
        context = {
            "lines": [(review, stands[review.pk], tasks.get(review.pk, "")) for review in page.rows],
            "page": page,
            "given": given,
            "show": show,
            "tabs": tabs(request, show, len(tasks)),
            "filters": chips(request, given),
            "ignored": ignored,
            "options": choices(self.viewer),
        }
        return self.page("reviews/reviews.html", context, fragment="reviews/_list.html")


def narrowed(viewer: Viewer, show: str, mine: set[int], given: dict[str, str]) -> QuerySet[Review]:
    """The reviews of a tab, with the filters."""
    found = reviews(viewer, ReviewFilters(state=given["state"] or None, author=given["author"] or None))
    if show == MINE:
        return found.filter(pk__in=mine)
    return found.filter(state=Review.Stored.OPEN) if show == UNFINISHED and not given["state"] else found


def tabs(request: HttpRequest, show: str, waiting: int) -> list[dict[str, Any]]:
    """The three lists, as addresses that keep the filters."""
    found = []
    for name, text, count in (
        (UNFINISHED, _("Unfinished"), None),
        (MINE, _("Waiting for me"), waiting),
        (ALL, _("All"), None),
    ):
        query = request.GET.copy()
        query.pop("cursor", None)
        query["show"] = name
        href = f"{request.path}?{query.urlencode()}"
        found.append({"text": text, "href": href, "count": count, "is_current": name == show})
    return found


def choices(viewer: Viewer) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, "any" first; people who have left may still have written."""
    anything = ("", _("any"))
    names = [member.user.get_username() for member in members(viewer, with_removed=True)]
    return {
        "state": [anything, *((str(state), str(name)) for state, name in STATE_NAMES.items())],
        "author": [anything, *((name, name) for name in names)],
    }


def chips(request: HttpRequest, given: dict[str, str]) -> list[dict[str, str]]:
    """The filters that are set, each with the address without it."""
    names = {"state": _("State"), "author": _("Author")}
    found = []
    for name, text in given.items():
        if text:
            query = request.GET.copy()
            query.pop(name)
            query.pop("cursor", None)
            shown = str(STATE_NAMES[State(text)]) if name == "state" else text
            found.append(
                {"name": names[name], "value": shown, "remove": f"{request.path}?{query.urlencode()}"}
            )
    return found


PAGE = Page(
    urls=(path("reviews/", Reviews.as_view(), name="reviews"),),
    menu=MenuEntry(
        label=gettext_lazy("Reviews"), icon="review", order=30, url_name="reviews", shortcut="g r"
    ),
)
