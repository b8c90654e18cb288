"""The navigation of a page: entries that the viewer may use, in order, the present one marked.

Entries come from the pages themselves; nothing is listed here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest
from django.urls import reverse

from policystudio.guardrails.models import Exemption
from policystudio.guardrails.services.decide_exemption import exemptions_to_decide
from policystudio.review.selectors import Inbox, inbox
from policystudio.teams.viewer import Viewer
from policystudio.waivers.inbox import waivers_to_decide
from policystudio.waivers.models import Waiver
from policystudio.web.page import Beginning, pages

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MenuLine:
    """One line as it is shown."""

    label: str
    icon: str
    url: str
    shortcut: str
    is_current: bool


def lines(request: HttpRequest, viewer: Viewer | None) -> list[MenuLine]:
    """What the viewer may open; an entry is current on every page of its module and of its section."""
    match = request.resolver_match
    here = match.url_name if match else None
    present = {name for name, page in pages().items() if here in page.url_names}
    present |= {pages()[name].section for name in present}
    found = [
        (page.menu.order, name, page)
        for name, page in pages().items()
        if page.menu and viewer and (page.menu.act is None or viewer.may(page.menu.act))
    ]
    return [
        MenuLine(
            label=str(page.menu.label),
            icon=page.menu.icon,
            url=reverse(page.menu.url_name),
            shortcut=page.menu.shortcut,
            is_current=name in present,
        )
        for _order, name, page in sorted(found, key=lambda entry: entry[:2])
        if page.menu
    ]


def tabs(section: str, current: str) -> list[dict[str, Any]]:
    """The tabs that the pages of a section share, for `components/tabs.html`; `current` is the address name here."""
    found = [
        page.tab for name, page in pages().items() if page.tab is not None and section in (name, page.section)
    ]
    return [
        {
            "text": tab.label,
            "href": reverse(tab.url_name),
            "count": None,
            "is_current": tab.url_name == current,
        }
        for tab in sorted(found, key=lambda tab: tab.order)
    ]


def beginnings() -> list[Beginning]:
    """The ways to begin a policy that are no builder."""
    found = [page.beginning for page in pages().values() if page.beginning is not None]
    return sorted(found, key=lambda beginning: beginning.order)


def inbox_of(request: HttpRequest, viewer: Viewer) -> Inbox:
    """What waits for the viewer: the header counts it and the start page lists it."""
    return _once(request, inbox, viewer)


def exemptions_of(request: HttpRequest, viewer: Viewer) -> list[Exemption]:
    """The exceptions from guardrails that wait for the viewer's decision."""
    return _once(request, exemptions_to_decide, viewer)


def waivers_of(request: HttpRequest, viewer: Viewer) -> list[Waiver]:
    """The waivers that wait for the viewer's decision."""
    return _once(request, waivers_to_decide, viewer)


def _once(request: HttpRequest, ask: Callable[[Viewer], T], viewer: Viewer) -> T:
    """What a selector answers, asked once in a request, which has one viewer."""
    answers: dict[str, Any] = request.__dict__.setdefault("asked_once", {})
    if ask.__name__ not in answers:
        answers[ask.__name__] = ask(viewer)
    found: T = answers[ask.__name__]
    return found
