"""`/catalog/`: what KMS offers, each fact with its sources and how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Field, Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.catalog.model import Action, Catalogue, ConditionKey, Region, ResourceType
from policystudio.standards.selectors import standards_of
from policystudio.teams.permissions import Act

TEXTS = ListOf(item=Text())
CONFIDENCE = Text(
    example="documented",
    about="documented, derived-from-SDK, inferred, or team for a name that the team has added.",
)
Q: Mapping[str, Field] = {
    "q": Text(max_characters=200, about="In name or description, without regard to case.")
}

DEPENDENT = Shape(
    name="DependentAction",
    required={"action": Text(), "resource_type": Text(), "when": Text(), "confidence": CONFIDENCE},
)
RISK = Shape(name="Risk", required={"level": Text(), "category": Text(), "note": Text()})
ACTION = Shape(
    name="CatalogAction",
    required={
        "name": Text(example="kms:Decrypt"),
        "group": Text(),
        "access_level": Text(),
        "description": Text(),
        "status": Text(),
        "deprecated": Flag(),
        "api_operations": TEXTS,
        "resource_types": TEXTS,
        "resource_match": Text(
            about="Whether one of the resource types has to be reached (any), or each (all)."
        ),
        "condition_keys": TEXTS,
        "accepts_alias": Flag(),
        "dependent_actions": ListOf(item=DEPENDENT),
        "risk": RISK,
        "confidence": CONFIDENCE,
        "note": Text(),
    },
)
RESOURCE_TYPE = Shape(
    name="CatalogResourceType",
    required={
        "id": Text(),
        "label": Text(),
        "kind": Text(),
        "arn_pattern": Text(),
        "relative_id_pattern": Text(),
        "identifier_rules": TEXTS,
        "identifier_examples": TEXTS,
        "confidence": CONFIDENCE,
        "note": Text(),
    },
)
CONDITION_KEY = Shape(
    name="CatalogConditionKey",
    required={
        "key": Text(example="acs:SourceIp"),
        "prefix": Null(of=Text(), about="Set when a free tail follows."),
        "scope": Text(),
        "type": Text(),
        "operators": TEXTS,
        "description": Text(),
        "value_syntax": Text(),
        "examples": TEXTS,
        "actions": Null(of=TEXTS, about="null: every action carries it."),
        "kms_support": Text(),
        "confidence": CONFIDENCE,
        "note": Text(),
    },
)
REGION = Shape(
    name="CatalogRegion",
    required={
        "id": Text(example="cn-hangzhou"),
        "name": Text(),
        "area": Text(),
        "status": Text(),
        "public_endpoint": Null(of=Text()),
        "confidence": CONFIDENCE,
        "note": Text(),
    },
)


def show_action(action: Action) -> dict[str, Any]:
    dependent = [
        {"action": d.action, "resource_type": d.resource_type, "when": d.when, "confidence": d.confidence}
        for d in action.dependent_actions
    ]
    risk = {"level": action.risk.level, "category": action.risk.category, "note": action.risk.note}
    made = picked(action, ACTION, leaving=("dependent_actions", "risk", "confidence"))
    return {**made, "dependent_actions": dependent, "risk": risk, "confidence": action.existence.confidence}


def show_resource_type(kind: ResourceType) -> dict[str, Any]:
    made = picked(kind, RESOURCE_TYPE, leaving=("identifier_rules", "identifier_examples"))
    rules, examples = list(kind.identifier.rules), list(kind.identifier.examples)
    return {**made, "identifier_rules": rules, "identifier_examples": examples}


def show_condition_key(key: ConditionKey) -> dict[str, Any]:
    return picked(key, CONDITION_KEY)


def show_region(region: Region) -> dict[str, Any]:
    return picked(region, REGION)


def picked(record: object, shape: Shape, leaving: Collection[str] = ()) -> dict[str, Any]:
    """The fields of a record that the shape shows under the same name, collections as lists."""
    return {name: _plain(getattr(record, name)) for name in shape.required if name not in leaving}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


class Facts(Endpoint):
    """A list of the catalogue, narrowed by `q` and by whatever other parameters are fields of the record."""

    @property
    def catalogue(self) -> Catalogue:
        """The product's, with the names that the team has added."""
        return standards_of(self.viewer.team_id).catalogue

    def listed(
        self, records: Collection[Any], show: Callable[[Any], Any], words: Callable[[Any], str]
    ) -> HttpResponse:
        """A page of those records that fit; `words` is where `q` looks."""
        wanted = {
            name: value for name, value in self.query.items() if name in self.operation.query and name != "q"
        }
        q = str(self.query.get("q", "")).casefold()
        found = [
            record
            for record in records
            if q in words(record).casefold()
            and all(getattr(record, name) == value for name, value in wanted.items())
        ]
        return self.page(found, show)


class Actions(Facts):
    """The actions of KMS."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="List the actions",
            query={**Q, "group": Text(max_characters=64), "access_level": Text(max_characters=64)},
            answer=ACTION,
            is_paged=True,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        return self.listed(
            self.catalogue.actions.values(), show_action, lambda a: f"{a.name}\n{a.description}"
        )


class ResourceTypes(Facts):
    """The types of resource."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(summary="List the resource types", query=Q, answer=RESOURCE_TYPE, is_paged=True)
    }

    def get(self, request: Request) -> HttpResponse:
        return self.listed(
            self.catalogue.resource_types.values(), show_resource_type, lambda t: f"{t.id}\n{t.label}"
        )


class ConditionKeys(Facts):
    """The condition keys."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(summary="List the condition keys", query=Q, answer=CONDITION_KEY, is_paged=True)
    }

    def get(self, request: Request) -> HttpResponse:
        return self.listed(
            self.catalogue.condition_keys.values(), show_condition_key, lambda k: f"{k.key}\n{k.description}"
        )


class Regions(Facts):
    """The regions."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="List the regions", query=Q, answer=REGION, is_paged=True)}

    def get(self, request: Request) -> HttpResponse:
        return self.listed(
            self.catalogue.regions.values(), show_region, lambda r: f"{r.id}\n{r.name}\n{r.area}"
        )


urlpatterns = [
    path("catalog/actions/", Actions.as_view(), name="catalog-actions"),
    path("catalog/resource-types/", ResourceTypes.as_view(), name="catalog-resource-types"),
    path("catalog/condition-keys/", ConditionKeys.as_view(), name="catalog-condition-keys"),
    path("catalog/regions/", Regions.as_view(), name="catalog-regions"),
]
