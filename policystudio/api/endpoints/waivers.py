"""`/waivers/` and `/policies/{id}/waivers/`: findings that the team lives with, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.deciding import deciding
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.reviews import NEWEST_FIRST, NOTHING
from policystudio.api.fields import Day, Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.shapes import ID, MOMENT, NULL_MOMENT, USERNAME
from policystudio.api.structures import Null, Shape
from policystudio.api.waived import FINGERPRINT, WAIVER_STATE
from policystudio.policies.selectors import policy_get
from policystudio.teams.permissions import Act
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import UNUSED, WaiverFilters, waiver_get, waivers
from policystudio.waivers.services.decide_waiver import MAX_REMARK, accept_waiver, refuse_waiver
from policystudio.waivers.services.end_waiver import end_waiver
from policystudio.waivers.services.request_waiver import MAX_DAYS, MAX_REASON, request_waiver
from policystudio.waivers.usage import unused_now
from policystudio.waivers.weighing import today

UNTIL = Day(about=f"The last day on which it counts; at most {MAX_DAYS} days from now.", example="2026-01-31")
SHOWN = Shape(
    name="Waiver",
    about="`path`, `line` and `message` are those of the finding in `revision`, where it was asked for. `is_unused`: "
    "it is accepted, and neither the newest revision nor the released one has a finding for it.",
    required={
        "id": ID,
        "policy": ID,
        "code": Text(),
        "fingerprint": FINGERPRINT,
        "path": Null(of=Text(about="JSON Pointer into the document.")),
        "line": Null(of=ID),
        "message": Text(),
        "revision": ID,
        "reason": Text(),
        "until": UNTIL,
        "state": WAIVER_STATE,
        "is_unused": Flag(),
        "requested_by": USERNAME,
        "requested_at": MOMENT,
        "decided_by": Null(of=USERNAME),
        "decided_at": NULL_MOMENT,
        "remark": Text(),
        "ended_by": Null(of=USERNAME),
        "ended_at": NULL_MOMENT,
    },
)
NEW = Shape(
    name="WaiverNew",
    example={
        "code": "repeated-action",
        "fingerprint": "0123456789abcdef0123456789abcdef",
        "reason": "the old client cannot do better",
        "until": "2026-01-31",
    },
    required={
        "code": Text(max_characters=128),
        "fingerprint": FINGERPRINT,
        "reason": Text(min_characters=1, max_characters=MAX_REASON, is_judged_elsewhere=True),
        "until": UNTIL,
    },
)
REMARK = Shape(
    name="WaiverDecision",
    optional={"remark": Text(max_characters=MAX_REMARK, is_judged_elsewhere=True)},
)
FILTERS = {
    "state": Text(choices=[*WAIVER_STATE.choices, UNUSED], about="`unused` finds what `is_unused` says.")
}


def show_waiver(waiver: Waiver, unused: set[int]) -> dict[str, Any]:
    return {
        "id": waiver.pk,
        "policy": waiver.policy_id,
        "code": waiver.code,
        "fingerprint": waiver.fingerprint,
        "path": waiver.path,
        "line": waiver.line,
        "message": waiver.message,
        "revision": waiver.revision_number,
        "reason": waiver.reason,
        "until": waiver.until.isoformat(),
        "state": str(waiver.state_on(today())),
        "is_unused": waiver.pk in unused,
        "requested_by": waiver.requested_by_name,
        "requested_at": timestamp(waiver.requested_at),
        "decided_by": waiver.decided_by_name or None,
        "decided_at": timestamp(waiver.decided_at),
        "remark": waiver.remark,
        "ended_by": waiver.ended_by_name or None,
        "ended_at": timestamp(waiver.ended_at),
    }


class WaiverAnswers(Endpoint):
    """What endpoints that answer with waivers share."""

    def one(self, waiver_id: int, *, status: int = 200, location: str | None = None) -> HttpResponse:
        """The waiver as it stands now."""
        waiver = waiver_get(self.viewer, waiver_id)
        return self.show(
            show_waiver(waiver, unused_now([waiver])), version=1, status=status, location=location
        )

    def act(self, service: Callable[..., Waiver], waiver_id: int) -> HttpResponse:
        """Done by the service with what the body says, and shown."""
        service(by=self.viewer, waiver=waiver_get(self.viewer, waiver_id), **self.body())
        return self.one(waiver_id)

    def many(self, filters: WaiverFilters) -> HttpResponse:
        """A page of waivers, newest first."""
        unused: set[int] = set()

        def prepare(rows: Iterable[Waiver]) -> None:
            unused.update(unused_now(rows))

        found = waivers(self.viewer, filters)
        return self.page(found, lambda one: show_waiver(one, unused), NEWEST_FIRST, prepare=prepare)


class Waivers(WaiverAnswers):
    """All waivers of the team."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(summary="List the waivers, newest first", query=FILTERS, answer=SHOWN, is_paged=True)
    }

    def get(self, request: Request) -> HttpResponse:
        return self.many(WaiverFilters(self.query.get("state")))


class PolicyWaivers(WaiverAnswers):
    """The waivers of one policy, and asking for one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(
            summary="List the waivers of a policy", query=FILTERS, answer=SHOWN, is_paged=True, errors=(404,)
        ),
        "POST": Operation(
            summary="Ask for a waiver of a finding",
            about="Nothing changes before a reviewer has accepted it; until then no review of the policy is approved "
            "or released. An error cannot be waived.",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        policy_get(self.viewer, policy_id)
        return self.many(WaiverFilters(self.query.get("state"), policy_id))

    def post(self, request: Request, policy_id: int) -> HttpResponse:
        return self.create(lambda: self._made(policy_id))

    def _made(self, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        waiver = request_waiver(by=self.viewer, policy=policy, **self.body())
        location = reverse("api:waiver", kwargs={"waiver_id": waiver.pk})
        return self.one(waiver.pk, status=201, location=location)


class OneWaiver(WaiverAnswers):
    """One waiver as it stands today."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show a waiver", answer=SHOWN, has_etag=True, errors=(404,))}

    def get(self, request: Request, waiver_id: int) -> HttpResponse:
        return self.one(waiver_id)


class AcceptWaiver(WaiverAnswers):
    """The finding is waived from now on."""

    access = {"POST": Access(Act.REVIEW)}
    operations = {
        "POST": deciding(
            "Accept a waiver",
            "403 for whoever asked for it, or is an author of the policy since its last release.",
            body=REMARK,
            answer=SHOWN,
        )
    }

    def post(self, request: Request, waiver_id: int) -> HttpResponse:
        return self.act(accept_waiver, waiver_id)


class RefuseWaiver(WaiverAnswers):
    """The finding stays open."""

    access = {"POST": Access(Act.REVIEW)}
    operations = {"POST": deciding("Refuse a waiver", "403 as for accepting one.", body=REMARK, answer=SHOWN)}

    def post(self, request: Request, waiver_id: int) -> HttpResponse:
        return self.act(refuse_waiver, waiver_id)


class EndWaiver(WaiverAnswers):
    """The finding is open again."""

    access = {"POST": Access(Act.WRITE)}
    operations = {
        "POST": Operation(
            summary="End a waiver, or take a request back",
            body=NOTHING,
            body_may_be_empty=True,
            answer=SHOWN,
            has_etag=True,
            errors=(404, 409),
        )
    }

    def post(self, request: Request, waiver_id: int) -> HttpResponse:
        return self.act(end_waiver, waiver_id)


urlpatterns = [
    path("waivers/", Waivers.as_view(), name="waivers"),
    path("policies/<id_:policy_id>/waivers/", PolicyWaivers.as_view(), name="policy-waivers"),
    path("waivers/<id_:waiver_id>/", OneWaiver.as_view(), name="waiver"),
    path("waivers/<id_:waiver_id>/accept/", AcceptWaiver.as_view(), name="accept-waiver"),
    path("waivers/<id_:waiver_id>/refuse/", RefuseWaiver.as_view(), name="refuse-waiver"),
    path("waivers/<id_:waiver_id>/end/", EndWaiver.as_view(), name="end-waiver"),
]
