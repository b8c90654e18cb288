"""`/catalog/grown/`: releases in use whose patterns stand for more since they were judged."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.analysis.growth import Growth
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import COUNT, ID, MOMENT
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.review.grown import grown_releases, growths_of
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


def show_growth(growth: Growth) -> dict[str, Any]:
    return {
        "statement": growth.statement,
        "path": growth.path,
        "effect": str(growth.effect),
        "entry": growth.entry,
        "is_exception": growth.is_exception,
        "actions": [{"name": a.name, "can_act": a.name not in growth.idle} for a in growth.actions],
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

        def prepare(releases: list[Release]) -> None:
            for release, since, growths in growths_of(self.viewer, releases):
                made[release.pk] = {
                    "policy": {"id": release.policy_id, "name": release.policy.name},
                    "revision": release.revision.number,
                    "released_at": timestamp(release.released_at),
                    "judged_by_catalog_of": since.isoformat(),
                    "growth": [show_growth(growth) for growth in growths],
                }

        return self.page(grown_releases(self.viewer), lambda release: made[release.pk], Order("pk"), prepare)


urlpatterns = [path("catalog/grown/", Grown.as_view(), name="catalog-grown")]
