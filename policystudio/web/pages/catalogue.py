"""The catalogue: what KMS offers, each fact with how sure it is and where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.catalog import Action, Catalogue, load
from policystudio.catalog.model import Source
from policystudio.errors import NotFound
from policystudio.ram.canonical import text_of
from policystudio.teams.permissions import Act
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.words import said

RISKS = ("critical", "high", "medium", "low", "none")


class Actions(PageView):
    """All actions, narrowed by group, access level, risk and words."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = load()
        given = {name: request.GET.get(name, "").strip() for name in ("q", "group", "access_level", "risk")}
        found = [action for action in catalogue.actions.values() if fits(action, given)]
        context = {
            "actions": found,
            "given": given,
            "options": options(catalogue),
            "tabs": tabs("catalogue"),
            "compiled_on": catalogue.compiled_on,
            "total": len(catalogue.actions),
        }
        return self.page("catalogue/actions.html", context, fragment="catalogue/_actions.html")


class ActionPage(PageView):
    """One action with every fact, its confidence and its sources."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        catalogue = load()
        action = catalogue.action(name)
        if action is None:
            raise NotFound("there is no such action")
        context = {
            "action": action,
            "types": [catalogue.resource_types[kind] for kind in action.resource_types],
            "keys": [catalogue.condition_keys.get(key) for key in action.condition_keys],
            "existence_sources": sources(catalogue, action.existence.sources),
            "type_sources": sources(catalogue, action.resource_types_sources),
            "level_sources": sources(catalogue, action.access_level_sources),
            "dependent": [(each, sources(catalogue, each.sources)) for each in action.dependent_actions],
            "crumbs": [(_("Catalogue"), reverse("catalogue"))],
        }
        return self.page("catalogue/action.html", context)


class ResourceTypes(PageView):
    """The resource types, how they are written, and which actions take them."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = load()
        rows = [
            {
                "type": kind,
                "sources": sources(catalogue, kind.sources),
                "actions": [
                    action for action in catalogue.actions.values() if kind.id in action.resource_types
                ],
            }
            for kind in catalogue.resource_types.values()
        ]
        return self.page("catalogue/resource_types.html", {"rows": rows, "tabs": tabs("resource_types")})


class ConditionKeys(PageView):
    """The condition keys, their operators and values."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = load()
        rows = [
            {"key": key, "sources": sources(catalogue, key.sources)}
            for key in catalogue.condition_keys.values()
        ]
        return self.page("catalogue/condition_keys.html", {"rows": rows, "tabs": tabs("condition_keys")})


class Regions(PageView):
    """The regions in which KMS is offered."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = load()
        rows = [
            {"region": each, "sources": sources(catalogue, each.sources)}
            for each in catalogue.regions.values()
        ]
        return self.page("catalogue/regions.html", {"rows": rows, "tabs": tabs("regions")})


class SystemPolicies(PageView):
    """The policies that Alibaba Cloud provides, as published."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = load()
        rows = [
            {
                "policy": each,
                "text": text_of(dict(each.document)),
                "sources": sources(catalogue, each.sources),
            }
            for each in catalogue.system_policies.values()
        ]
        return self.page("catalogue/system_policies.html", {"rows": rows, "tabs": tabs("system_policies")})


def fits(action: Action, given: dict[str, str]) -> bool:
    """Whether the action is among what the filters ask for."""
    words = f"{action.name} {action.description} {' '.join(action.api_operations)}".lower()
    return (
        all(word in words for word in given["q"].lower().split())
        and given["group"] in ("", action.group)
        and given["access_level"] in ("", action.access_level)
        and given["risk"] in ("", action.risk.level)
    )


def options(catalogue: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """What each filter offers, "any" first."""
    anything = ("", _("any"))
    actions = catalogue.actions.values()
    levels = {action.risk.level for action in actions}
    return {
        "group": [anything, *named(action.group for action in actions)],
        "access_level": [anything, *said_by_value(action.access_level for action in actions)],
        "risk": [anything, *said_by_value(level for level in RISKS if level in levels)],
    }


def named(values: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Each value once, in order, as its own name."""
    return [(value, value) for value in dict.fromkeys(values)]


def said_by_value(values: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Each value once, in order, with its name in the reader's language."""
    return [(value, said(value)) for value in dict.fromkeys(values)]


def sources(catalogue: Catalogue, ids: Iterable[str]) -> list[Source]:
    """The sources behind a fact."""
    return [catalogue.sources[id] for id in ids if id in catalogue.sources]


def tabs(current: str) -> list[dict[str, Any]]:
    """The parts of the catalogue, and the codes of findings beside them."""
    catalogue = load()
    parts = [
        ("catalogue", _("Actions"), len(catalogue.actions)),
        ("resource_types", _("Resource types"), len(catalogue.resource_types)),
        ("condition_keys", _("Condition keys"), len(catalogue.condition_keys)),
        ("regions", _("Regions"), len(catalogue.regions)),
        ("system_policies", _("System policies"), len(catalogue.system_policies)),
        ("rules", _("Finding codes"), None),
    ]
    return [
        {"text": t, "href": reverse(name), "count": n, "is_current": name == current} for name, t, n in parts
    ]


PAGE = Page(
    urls=(
        path("catalogue/", Actions.as_view(), name="catalogue"),
        path("catalogue/actions/<str:name>/", ActionPage.as_view(), name="action"),
        path("catalogue/resource-types/", ResourceTypes.as_view(), name="resource_types"),
        path("catalogue/condition-keys/", ConditionKeys.as_view(), name="condition_keys"),
        path("catalogue/regions/", Regions.as_view(), name="regions"),
        path("catalogue/system-policies/", SystemPolicies.as_view(), name="system_policies"),
    ),
    menu=MenuEntry(
        label=gettext_lazy("Catalogue"), icon="catalogue", order=50, url_name="catalogue", shortcut="g c"
    ),
)
