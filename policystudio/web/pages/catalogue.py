"""The catalogue: what KMS offers, each fact with how sure it is and where it was read, and how old all of it is.

It is the team's: names that the team has added stand among the others, marked as such; `known_names.py` adds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from policystudio.access import Access
from policystudio.catalog import Action, Catalogue
from policystudio.catalog.model import TEAM, UNKNOWN, Source
from policystudio.errors import NotFound
from policystudio.policies.name_uses import name_uses
from policystudio.ram.canonical import text_of
from policystudio.review.grown import grown_releases
from policystudio.standards.known_names import known_names, removal_of
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act
from policystudio.web.catalogue_age import Age, age_of
from policystudio.web.page import MenuEntry, Page, PageView
from policystudio.web.statements.words import GROUPS, Words
from policystudio.web.words import said

RISKS = ("critical", "high", "medium", "low", "none")


class CatalogueView(PageView):
    """A part of the catalogue; each page says how old the facts are and how sure."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """The product's, with the names that the team has added."""
        return standards_of(self.viewer.team_id).catalogue

    def part(
        self, current: str, template: str, context: dict[str, Any], *, fragment: str = ""
    ) -> HttpResponse:
        """The page of one part, with the tabs to the others."""
        shared = {"tabs": tabs(current, self.catalogue), "age": self.age}
        return self.page(template, {**context, **shared}, fragment=fragment)

    @property
    def age(self) -> Age:
        return age_of(self.catalogue, timezone.localdate())


class Actions(CatalogueView):
    """All actions, narrowed by group, access level, risk and words."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = self.catalogue
        given = {name: request.GET.get(name, "").strip() for name in ("q", "group", "access_level", "risk")}
        found = [action for action in catalogue.actions.values() if fits(action, given)]
        context = {
            "actions": found,
            "given": given,
            "options": options(catalogue),
            "total": len(catalogue.actions),
            # Called by the page alone, not while somebody types a filter.
            "count_grown": grown_releases(self.viewer).count,
        }
        return self.part("catalogue", "catalogue/actions.html", context, fragment="catalogue/_actions.html")


class ActionPage(CatalogueView):
    """One action with every fact, its confidence and its sources."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest, name: str) -> HttpResponse:
        catalogue = self.catalogue
        action = catalogue.action(name)
        if action is None:
            return self._removed(name)
        is_own = action.existence.confidence == TEAM
        context = {
            "action": action,
            "group_name": GROUPS.get(action.group, said(action.group)),
            "types": [catalogue.resource_types[kind] for kind in action.resource_types],
            "keys": [catalogue.condition_keys.get(key) for key in action.condition_keys],
            "existence_sources": sources(catalogue, action.existence.sources),
            "type_sources": sources(catalogue, action.resource_types_sources),
            "level_sources": sources(catalogue, action.access_level_sources),
            "dependent": [(each, sources(catalogue, each.sources)) for each in action.dependent_actions],
            "own": known_names(self.viewer).filter(kind="action", name=action.name).first()
            if is_own
            else None,
            "types_unknown": is_own and not action.resource_types_sources,
            "risk_unknown": action.risk.category == UNKNOWN,
            "age": self.age,
            "may_remove": self.viewer.may(Act.MANAGE_NAMES),
            "crumbs": [(_("Catalogue"), reverse("catalogue"))],
        }
        return self.page("catalogue/action.html", context)

    def _removed(self, name: str) -> HttpResponse:
        """410 for a name that the team has taken back, with who did and who uses it still. Raises: NotFound."""
        event = removal_of(self.viewer, "action", name)
        if event is None:
            raise NotFound("there is no such action")
        context = {
            "event": event,
            "uses": name_uses(self.viewer, event.object_name, is_condition_key=False),
            "may_manage": self.viewer.may(Act.MANAGE_NAMES),
            "crumbs": [(_("Catalogue"), reverse("catalogue"))],
        }
        return self.page("catalogue/removed_name.html", context, status=410)


class ResourceTypes(CatalogueView):
    """The resource types, how they are written, and which actions take them."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = self.catalogue
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
        return self.part("resource_types", "catalogue/resource_types.html", {"rows": rows})


class ConditionKeys(CatalogueView):
    """The condition keys, their operators and values."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = self.catalogue
        rows = [
            {"key": key, "sources": sources(catalogue, key.sources), "is_own": key.confidence == TEAM}
            for key in catalogue.condition_keys.values()
        ]
        return self.part("condition_keys", "catalogue/condition_keys.html", {"rows": rows})


class Regions(CatalogueView):
    """The regions in which KMS is offered."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = self.catalogue
        rows = [
            {"region": each, "sources": sources(catalogue, each.sources)}
            for each in catalogue.regions.values()
        ]
        return self.part("regions", "catalogue/regions.html", {"rows": rows})


class SystemPolicies(CatalogueView):
    """The policies that Alibaba Cloud provides, as published."""

    access = {"GET": Access(Act.READ)}

    def get(self, request: HttpRequest) -> HttpResponse:
        catalogue = self.catalogue
        rows = [
            {
                "policy": each,
                "text": text_of(dict(each.document)),
                "sources": sources(catalogue, each.sources),
            }
            for each in catalogue.system_policies.values()
        ]
        return self.part("system_policies", "catalogue/system_policies.html", {"rows": rows})


def fits(action: Action, given: dict[str, str]) -> bool:
    """Whether the action is among what the filters ask for."""
    words = f"{action.name} {action.description} {' '.join(action.api_operations)}".lower()
    return (
        all(word in words for word in given["q"].lower().split())
        and given["group"] in ("", action.group)
        and given["access_level"] in ("", action.access_level)
        and given["risk"] in ("", action.risk.level)
    )


def options(catalogue: Catalogue) -> dict[str, list[tuple[str, Words]]]:
    """What each filter offers, "any" first."""
    anything = ("", _("any"))
    actions = catalogue.actions.values()
    levels = {action.risk.level for action in actions}
    return {
        "group": [
            anything,
            *((id, GROUPS.get(id, said(id))) for id in dict.fromkeys(a.group for a in actions)),
        ],
        "access_level": [anything, *said_by_value(action.access_level for action in actions)],
        "risk": [anything, *said_by_value(level for level in RISKS if level in levels)],
    }


def said_by_value(values: Iterable[str]) -> Sequence[tuple[str, str]]:
    """Each value once, in order, with its name in the reader's language."""
    return [(value, said(value)) for value in dict.fromkeys(values)]


def sources(catalogue: Catalogue, ids: Iterable[str]) -> list[Source]:
    """The sources behind a fact."""
    return [catalogue.sources[id] for id in ids if id in catalogue.sources]


def tabs(current: str, catalogue: Catalogue) -> list[dict[str, Any]]:
    """The parts of the catalogue, and the codes of findings beside them."""
    own = [
        *(action.existence.confidence for action in catalogue.actions.values()),
        *(key.confidence for key in catalogue.condition_keys.values()),
    ].count(TEAM)
    parts = [
        ("catalogue", _("Actions"), len(catalogue.actions)),
        ("resource_types", _("Resource types"), len(catalogue.resource_types)),
        ("condition_keys", _("Condition keys"), len(catalogue.condition_keys)),
        ("regions", _("Regions"), len(catalogue.regions)),
        ("system_policies", _("System policies"), len(catalogue.system_policies)),
        ("known_names", _("Own names"), own),
        ("grown", _("Growth"), None),
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
