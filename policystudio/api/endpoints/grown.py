"""`/catalog/grown/`: releases in use whose patterns stand for more since they were judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.growth import Growth
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Day, Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import COUNT, ID, MOMENT, USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.catalog.model import Action
from policystudio.review.grown import Origin, grown_releases, growths_of, origins
from policystudio.review.models import Release
from policystudio.teams.permissions import Act

GROWTH = Shape(
    name="Growth",
    about="What one entry of an action list stands for and did not when it was judged.",
    required={
        "statement": COUNT,
        "path": Text(example="/Statement/0/Action/0", about="JSON Pointer of the entry or the statement."),
        "effect": Text(choices=["Allow", "Deny"]),
        "entry": Null(of=Text(), about="null: a statement with NotAction as a whole."),
        "is_exception": Flag(about="The entry stands in NotAction: the statement leaves these actions out."),
        "actions": ListOf(
            item=Shape(
                name="GrownAction",
                required={
                    "name": Text(example="kms:GetSecretValue"),
                    "can_act": Flag(
                        about="Whether any resource of the statement lets it act, as far as documented."
                    ),
                    "origin": Text(choices=["catalog", "team"], about="Who brought the name."),
                    "known_since": Day(
                        example="2026-01-31", about="When the team added it, or the date of today's catalog."
                    ),
                    "added_by": Null(of=USERNAME),
                },
            )
        ),
    },
)
SHOWN = Shape(
    name="GrownRelease",
    required={
        "policy": Shape(name="GrownPolicy", required={"id": ID, "name": Text()}),
        "revision": ID,
        "released_at": MOMENT,
        "judged_by_catalog_of": Text(format="date", example="2026-01-31"),
        "growth": ListOf(item=GROWTH),
    },
)


def show_growth(growth: Growth, origin_of: Callable[[Action], Origin]) -> dict[str, Any]:
    return {
        "statement": growth.statement,
        "path": growth.path,
        "effect": str(growth.effect),
        "entry": growth.entry,
        "is_exception": growth.is_exception,
        "actions": [
            {
                "name": action.name,
                "can_act": action.name not in growth.idle,
                "origin": "team" if origin.by else "catalog",
                "known_since": origin.since.isoformat(),
                "added_by": origin.by or None,
            }
            for action in growth.actions
            for origin in (origin_of(action),)
        ],
    }


class Grown(Endpoint):
    """What is in use and covers more than anybody knew when it was judged."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="List the releases whose patterns grew with the catalogue",
            about="A new release of the policy, judged by the catalogue of its day, takes it off this list.",
            answer=SHOWN,
            is_paged=True,
        )
    }

    def get(self, request: Request) -> HttpResponse:
        made: dict[int, dict[str, Any]] = {}
        origin_of = origins(self.viewer)

        def prepare(releases: list[Release]) -> None:
            for release, since, growths in growths_of(self.viewer, releases):
                made[release.pk] = {
                    "policy": {"id": release.policy_id, "name": release.policy.name},
                    "revision": release.revision.number,
                    "released_at": timestamp(release.released_at),
                    "judged_by_catalog_of": since.isoformat(),
                    "growth": [show_growth(growth, origin_of) for growth in growths],
                }

        return self.page(grown_releases(self.viewer), lambda release: made[release.pk], Order("pk"), prepare)


urlpatterns = [path("catalog/grown/", Grown.as_view(), name="catalog-grown")]
