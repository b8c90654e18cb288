"""Tags for the frame of a page: navigation, teams, choices of the person, behaviours, HTMX settings."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from policystudio.teams.models import Team
from policystudio.teams.selectors import teams_of
from policystudio.web.menu import MenuLine, exemptions_of, inbox_of, lines, waivers_of

register = template.Library()

HTMX = {
    "includeIndicatorStyles": False,
    "allowEval": False,
    "allowScriptTags": False,
    "selfRequestsOnly": True,
    "historyCacheSize": 0,
    "timeout": 30000,
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


@register.simple_tag(takes_context=True)
def menu_lines(context: dict[str, Any]) -> list[MenuLine]:
    """The navigation for whoever looks."""
    request: HttpRequest = context["request"]
    return lines(request, getattr(request, "viewer", None))


@register.simple_tag(takes_context=True)
def person_attributes(context: dict[str, Any]) -> SafeString:
    """Attributes of `<html>` that carry a person's choices: colours, and whether single keys are shortcuts."""
    viewer = getattr(context.get("request"), "viewer", None)
    if viewer is None:
        return SafeString("")
    theme = viewer.user.theme if viewer.user.theme in {"light", "dark"} else "system"
    keys = "on" if viewer.user.single_key_shortcuts else "off"
    return format_html('data-theme="{}" data-single-keys="{}"', theme, keys)


@register.simple_tag(takes_context=True)
def teams_to_choose(context: dict[str, Any]) -> list[Team]:
    """The viewer's teams; empty when there is nothing to choose."""
    viewer = getattr(context.get("request"), "viewer", None)
    found = list(teams_of(viewer.user)) if viewer else []
    return found if len(found) > 1 else []


@register.simple_tag(takes_context=True)
def waiting_count(context: dict[str, Any]) -> int:
    """How much waits for the viewer: reviews to decide on, change or release, waivers and exceptions to decide on."""
    request: HttpRequest = context["request"]
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return 0
    found = inbox_of(request, viewer)
    others = len(waivers_of(request, viewer)) + len(exemptions_of(request, viewer))
    return len(found.to_decide) + len(found.to_change) + len(found.to_release) + others


@register.simple_tag
def htmx_config() -> str:
    """What HTMX may do, for `<meta name="htmx-config">`."""
    return json.dumps(HTMX)


@register.simple_tag
def behaviours() -> str:
    """Name → address of every file in `static/js/behaviours/`, for the script that loads those a page needs."""
    return json.dumps({name: static(f"js/behaviours/{name}.js") for name in _behaviour_names()})


@lru_cache(maxsize=1)
def _behaviour_names() -> tuple[str, ...]:
    folder = Path(settings.BASE_DIR) / "static" / "js" / "behaviours"
    return tuple(sorted(path.stem for path in folder.glob("*.js") if not path.name.startswith("_")))
