"""`/audit/`: the team's trail with its head, and the check of its chain."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.fields import Flag, Integer, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import COUNT, ID, MOMENT
from policystudio.api.structures import AnyObject, Null, Shape
from policystudio.audit.models import Event
from policystudio.audit.selectors import HeadState, events, head
from policystudio.audit.verify import verify
from policystudio.teams.permissions import Act

HASH = Text(pattern="[0-9a-f]{64}")
HEAD = Shape(
    name="AuditHead",
    about="The number of events and the hash of the newest. Keep it elsewhere: a chain cannot show a cut-off tail.",
    required={"count": COUNT, "hash": HASH},
)
OBJECT = Shape(name="AuditObject", required={"type": Text(), "id": Integer(), "name": Text()})
EVENT = Shape(
    name="AuditEvent",
    required={
        "sequence": ID,
        "at": MOMENT,
        "actor": Text(about="The name at the time."),
        "actor_id": Null(of=ID),
        "token": Null(of=ID),
        "address": Text(),
        "action": Text(example="review.decided"),
        "object": OBJECT,
        "data": AnyObject(),
        "before_sha256": Null(of=HASH),
        "after_sha256": Null(of=HASH),
        "previous_hash": HASH,
        "hash": HASH,
    },
)
BAD = Shape(
    name="AuditFault",
    required={
        "sequence": Null(of=COUNT),
        "object_type": Text(),
        "object_id": Null(of=Integer()),
        "reason": Text(),
    },
)
VERIFICATION = Shape(
    name="AuditVerification",
    required={"valid": Flag(), "count": COUNT, "head": HEAD, "first_bad": Null(of=BAD)},
)
FILTERS = {
    "action": Text(max_characters=64, about="Such as review.released."),
    "actor": Text(max_characters=200, about="The name at the time."),
    "object_type": Text(max_characters=32, about="Such as policy."),
    "object_id": Integer(minimum=1, maximum=10**18 - 1),
}


def show_head(state: HeadState) -> dict[str, Any]:
    return {"count": state.sequence, "hash": state.hash}


def show_event(event: Event) -> dict[str, Any]:
    return {
        "sequence": event.sequence,
        "at": timestamp(event.at),
        "actor": event.actor_name,
        "actor_id": event.actor_id,
        "token": event.token_id,
        "address": event.address,
        "action": event.action,
        "object": {"type": event.object_type, "id": event.object_id, "name": event.object_name},
        "data": event.data,
        "before_sha256": event.before_sha256 or None,
        "after_sha256": event.after_sha256 or None,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }


class Trail(Endpoint):
    """Everything that was changed in the team, newest first."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="List the events, newest first",
            query=FILTERS,
            answer=EVENT,
            is_paged=True,
            beside_page={"head": HEAD},
        )
    }

    def get(self, request: Request) -> HttpResponse:
        team_id = self.viewer.team_id
        filters = {name: value for name, value in self.query.items() if name in FILTERS}
        beside = {"head": show_head(head(team_id))}
        return self.page(
            events(team_id, **filters), show_event, Order("sequence", is_descending=True), beside=beside
        )


class Verify(Endpoint):
    """Walks the whole chain, and the hashes of revisions and released documents."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Check the chain", answer=VERIFICATION)}

    def get(self, request: Request) -> HttpResponse:
        found = verify(self.viewer.team_id)
        return self.show({**found.as_json(), "head": show_head(found.head)})


urlpatterns = [
    path("audit/", Trail.as_view(), name="audit"),
    path("audit/verify/", Verify.as_view(), name="audit-verify"),
]
