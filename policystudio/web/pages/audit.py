"""The audit trail: everything that was changed, newest first, its head, and the check of its chain."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.audit.models import Event
from policystudio.audit.selectors import events, head
from policystudio.audit.verify import verify
from policystudio.teams.permissions import Act
from policystudio.teams.selectors import members
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.paging import cut

PAGE_SIZE = 50
FILTERS = ("action", "actor", "object_type", "object_id")
# What leads to a page; other objects are told by name alone. Data of an event names its review.
PAGES = {
    "policy": "/policies/{}/",
    "review": "/reviews/{}/",
    "import": "/imports/{}/",
    "waiver": "/waivers/{}/",
    "guardrail": "/guardrails/{}/",
}


class Audit(PageView):
    """The list; with `?verify=1` the chain is walked first, from its start to its head."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        team_id = self.viewer.team_id
        given = {name: request.GET.get(name, "").strip() for name in FILTERS}
        number, ignored = number_of(given["object_id"]), list[tuple[str, str]]()
        if given["object_id"] and number is None:
            ignored.append(("object_id", given["object_id"][:100]))
            given["object_id"] = ""
        found = events(
            team_id,
            action=given["action"] or None,
            actor=given["actor"] or None,
            object_type=given["object_type"] or None,
            object_id=number,
        )
        page = cut(request, found, field="sequence", descending=True, size=PAGE_SIZE)
        context = {
            "lines": [(event, address_of(event), shown_data(event)) for event in page.rows],
            "page": page,
            "head": head(team_id),
            "verification": verify(team_id) if request.GET.get("verify") else None,
            "given": given,
            "filters": chips(request, given),
            "ignored": ignored,
            "options": self.choices(),
            "api_url": request.build_absolute_uri("/api/v1/audit/"),
        }
        return self.page("audit/audit.html", context, fragment="audit/_list.html")

    def choices(self) -> dict[str, list[tuple[str, str]]]:
        """What each filter offers, "any" first: what occurs in this trail."""
        trail = events(self.viewer.team_id).order_by()
        anything = ("", _("any"))
        actions = sorted(trail.values_list("action", flat=True).distinct())
        types = sorted(trail.values_list("object_type", flat=True).distinct())
        names = [member.user.get_username() for member in members(self.viewer, with_removed=True)]
        return {
            "action": [anything, *((action, action) for action in actions)],
            "actor": [anything, *((name, name) for name in names)],
            "object_type": [anything, *((kind, kind) for kind in types)],
        }


def address_of(event: Event) -> str:
    """The page of what the event speaks of, or the empty text."""
    if event.object_type in PAGES:
        return PAGES[event.object_type].format(event.object_id)
    for kind in ("review", "policy"):
        if isinstance(event.data.get(kind), int):
            return PAGES[kind].format(event.data[kind])
    return ""


def shown_data(event: Event) -> str:
    """The event's data as text; empty for none."""
    return json.dumps(event.data, indent=2, ensure_ascii=False) if event.data else ""


def number_of(text: str) -> int | None:
    """The number of an object in the address; None when it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def chips(request: HttpRequest, given: dict[str, str]) -> list[dict[str, Any]]:
    """The filters that are set, each with the address without it."""
    names = {"action": _("Action"), "actor": _("Person"), "object_type": _("Kind"), "object_id": _("Id")}
    found = []
    for name, text in given.items():
        if text:
            query = request.GET.copy()
            query.pop(name)
            query.pop("cursor", None)
            found.append(
                {"name": names[name], "value": text, "remove": f"{request.path}?{query.urlencode()}"}
            )
    return found


PAGE = Page(
    urls=(path("audit/", Audit.as_view(), name="audit"),),
    menu=MenuEntry(
        label=gettext_lazy("Audit trail"), icon="audit", order=90, url_name="audit", shortcut="g u"
    ),
)
