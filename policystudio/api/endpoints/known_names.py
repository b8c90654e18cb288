"""`/catalog/names/`: actions and condition keys that the team has seen work and that the catalogue does not hold."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Day, Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ACCOUNT, ID, MOMENT, USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.catalog.team import RISK_LEVELS
from policystudio.policies.name_uses import NameUse, name_uses
from policystudio.standards.known_names import is_held_by_now, known_name_get, known_names
from policystudio.standards.models import KnownName
from policystudio.standards.services.add_known_name import MAX_NAME, MAX_NOTE, add_known_name
from policystudio.standards.services.remove_known_name import remove_known_name
from policystudio.teams.permissions import Act

KIND = Text(choices=[str(kind) for kind in KnownName.Kind.values], example="action")
NAME = Text(
    min_characters=1,
    max_characters=MAX_NAME,
    pattern="kms:[A-Za-z][A-Za-z0-9]*[/:]?",
    is_judged_elsewhere=True,
    example="kms:SpinKey",
    about="In full. A condition key that ends in / or : is one with a free tail, such as a tag's.",
)
NOTE = Text(
    min_characters=1,
    max_characters=MAX_NOTE,
    is_judged_elsewhere=True,
    example="release notes of July, tried in the sandbox",
    about="Where it was seen.",
)
LEVEL = Text(about="In the catalogue's words.", example="Read", is_judged_elsewhere=True)
TYPES = ListOf(
    item=Text(is_judged_elsewhere=True), about="Ids of the catalogue's resource types.", example=["key"]
)
RISK = Text(choices=RISK_LEVELS, is_judged_elsewhere=True)
FIELDS = {
    "kind": KIND,
    "name": NAME,
    "note": NOTE,
    "seen_on": Day(example="2026-01-31", about="When it was seen to work."),
}
UNKNOWN = "null: nobody knows."
SHOWN = Shape(
    name="KnownName",
    required={
        **FIELDS,
        "id": ID,
        "access_level": Null(of=Text(), about=UNKNOWN),
        "resource_types": Null(of=ListOf(item=Text()), about=UNKNOWN),
        "risk": Null(of=Text(choices=RISK_LEVELS), about=UNKNOWN),
        "added_by": USERNAME,
        "added_at": MOMENT,
        "is_in_catalog": Flag(about="The product's own catalogue holds it by now; this entry adds nothing."),
    },
)
NEW = Shape(
    name="KnownNameNew",
    required={**FIELDS, "kind": Text(choices=KIND.choices, is_judged_elsewhere=True, example="action")},
    optional={
        "access_level": Null(of=LEVEL, about=UNKNOWN),
        "resource_types": Null(of=TYPES, about=UNKNOWN),
        "risk": Null(of=RISK, about=UNKNOWN),
    },
    read_only=("id", "added_by", "added_at", "is_in_catalog"),
)


USE = Shape(
    name="KnownNameUse",
    about="A policy whose newest or released revision uses the name.",
    required={
        "policy": Shape(name="KnownNamePolicy", required={"id": ID, "name": Text()}),
        "revisions": ListOf(item=ID, about="Those of the two that use it."),
        "is_named": Flag(about="It stands there itself; else only patterns stand for it."),
        "accounts": ListOf(item=ACCOUNT, about="Those that the policy is stored for."),
    },
)


def show_use(use: NameUse) -> dict[str, Any]:
    return {
        "policy": {"id": use.policy.pk, "name": use.policy.name},
        "revisions": list(use.revisions),
        "is_named": use.is_named,
        "accounts": [account.number for account in use.accounts],
    }


def show_known_name(name: KnownName) -> dict[str, Any]:
    return {
        "id": name.pk,
        "kind": name.kind,
        "name": name.name,
        "note": name.note,
        "seen_on": name.seen_on.isoformat(),
        "access_level": name.access_level or None,
        "resource_types": name.resource_types or None,
        "risk": name.risk or None,
        "added_by": name.added_by_name,
        "added_at": timestamp(name.added_at),
        "is_in_catalog": is_held_by_now(name),
    }


class KnownNames(Endpoint):
    """The team's own names, and adding one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.MANAGE_NAMES)}
    operations = {
        "GET": Operation(summary="List the names that the team has added", answer=SHOWN, is_paged=True),
        "POST": Operation(
            summary="Add a name that the team has seen work",
            about="It is no longer unknown to the validator, wherever the team asks it.",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(409,),
        ),
    }

    def get(self, request: Request) -> HttpResponse:
        return self.page(known_names(self.viewer), show_known_name, Order("pk"))

    def post(self, request: Request) -> HttpResponse:
        return self.create(self._made)

    def _made(self) -> HttpResponse:
        given = {field: value for field, value in self.body().items() if value is not None}
        name = add_known_name(by=self.viewer, **given)
        location = reverse("api:known-name", kwargs={"name_id": name.pk})
        return self.show(show_known_name(name), version=name.version, status=201, location=location)


class OneKnownName(Endpoint):
    """One name; it is never changed, only removed and added anew."""

    access = {"GET": Access(Act.READ), "DELETE": Access(Act.MANAGE_NAMES)}
    operations = {
        "GET": Operation(summary="Show a name of the team", answer=SHOWN, has_etag=True, errors=(404,)),
        "DELETE": Operation(
            summary="Remove a name of the team",
            about="What is released stays released; drafts that use the name are warned of again.",
            status=204,
            needs_match=True,
            errors=(404,),
        ),
    }

    def get(self, request: Request, name_id: int) -> HttpResponse:
        name = known_name_get(self.viewer, name_id)
        return self.show(show_known_name(name), version=name.version)

    def delete(self, request: Request, name_id: int) -> HttpResponse:
        name = known_name_get(self.viewer, name_id)
        return self.remove(show_known_name(name), name.version, remove_known_name, name=name)


class KnownNameUses(Endpoint):
    """Who would be told of the name as unknown if it were removed."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="List the policies that use a name of the team",
            about="Policies that name it come first. They are warned of it again when it is removed.",
            answer=USE,
            is_paged=True,
            errors=(404,),
        )
    }

    def get(self, request: Request, name_id: int) -> HttpResponse:
        name = known_name_get(self.viewer, name_id)
        uses = name_uses(self.viewer, name.name, is_condition_key=name.is_condition_key)
        return self.page(tuple(uses), show_use)


urlpatterns = [
    path("catalog/names/", KnownNames.as_view(), name="known-names"),
    path("catalog/names/<id_:name_id>/", OneKnownName.as_view(), name="known-name"),
    path("catalog/names/<id_:name_id>/uses/", KnownNameUses.as_view(), name="known-name-uses"),
]
