"""`/exceptions/`: a policy may break a guardrail for a while; asked for by one person, granted by an admin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone
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
from policystudio.guardrails.models import Exemption, ExemptionState
from policystudio.guardrails.selectors import exemption_get, exemptions, guardrail_get
from policystudio.guardrails.services.decide_exemption import (
    MAX_REMARK,
    end_exemption,
    grant_exemption,
    has_moved_on,
    refuse_exemption,
)
from policystudio.guardrails.services.request_exemption import MAX_DAYS, MAX_REASON, request_exemption
from policystudio.policies.selectors import policy_get
from policystudio.teams.permissions import Act

UNTIL = Day(about=f"The last day on which it counts; at most {MAX_DAYS} days from now.", example="2026-01-31")
SHOWN = Shape(
    name="GuardrailException",
    about="`has_moved_on`: the policy, its targets or the guardrail have changed since; it covers nothing.",
    required={
        "id": ID,
        "guardrail": ID,
        "policy": ID,
        "revision": ID,
        "reason": Text(),
        "until": UNTIL,
        "state": Text(choices=[str(state) for state in ExemptionState]),
        "has_moved_on": Flag(),
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
    name="GuardrailExceptionNew",
    example={"policy": 7, "reason": "the move takes a month", "until": "2026-01-31"},
    required={
        "policy": ID,
        "reason": Text(min_characters=1, max_characters=MAX_REASON, is_judged_elsewhere=True),
        "until": UNTIL,
    },
)
REMARK = Shape(
    name="GuardrailExceptionDecision",
    optional={"remark": Text(max_characters=MAX_REMARK, is_judged_elsewhere=True)},
)


def show_exemption(exemption: Exemption) -> dict[str, Any]:
    return {
        "id": exemption.pk,
        "guardrail": exemption.guardrail_id,
        "policy": exemption.policy_id,
        "revision": exemption.revision_number,
        "reason": exemption.reason,
        "until": exemption.until.isoformat(),
        "state": str(exemption.state_on(timezone.localdate())),
        "has_moved_on": has_moved_on(exemption),
        "requested_by": exemption.requested_by_name,
        "requested_at": timestamp(exemption.requested_at),
        "decided_by": exemption.decided_by_name or None,
        "decided_at": timestamp(exemption.decided_at),
        "remark": exemption.remark,
        "ended_by": exemption.ended_by_name or None,
        "ended_at": timestamp(exemption.ended_at),
    }


class ExceptionAnswers(Endpoint):
    """What endpoints that answer with one exception share."""

    def one(self, exemption_id: int, *, status: int = 200, location: str | None = None) -> HttpResponse:
        """The exception as it stands now."""
        shown = show_exemption(exemption_get(self.viewer, exemption_id))
        return self.show(shown, version=1, status=status, location=location)


class GuardrailExceptions(ExceptionAnswers):
    """The exceptions from one guardrail, and asking for one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(
            summary="List the exceptions from a guardrail, newest first",
            answer=SHOWN,
            is_paged=True,
            errors=(404,),
        ),
        "POST": Operation(
            summary="Ask for an exception",
            about="For the newest revision of a policy as it is now; it counts once an admin has granted it.",
            body=NEW,
            answer=SHOWN,
            creates=True,
            has_etag=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, guardrail_id: int) -> HttpResponse:
        guardrail = guardrail_get(self.viewer, guardrail_id)
        found = exemptions(self.viewer).filter(guardrail=guardrail)
        return self.page(found, show_exemption, NEWEST_FIRST)

    def post(self, request: Request, guardrail_id: int) -> HttpResponse:
        return self.create(lambda: self._made(guardrail_id))

    def _made(self, guardrail_id: int) -> HttpResponse:
        guardrail, body = guardrail_get(self.viewer, guardrail_id), self.body()
        policy = policy_get(self.viewer, body.pop("policy"))
        exemption = request_exemption(by=self.viewer, guardrail=guardrail, policy=policy, **body)
        location = reverse("api:exception", kwargs={"exception_id": exemption.pk})
        return self.one(exemption.pk, status=201, location=location)


class OneException(ExceptionAnswers):
    """One exception as it stands today."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show an exception", answer=SHOWN, has_etag=True, errors=(404,))}

    def get(self, request: Request, exception_id: int) -> HttpResponse:
        return self.one(exception_id)


class DecideException(ExceptionAnswers):
    """What granting and refusing share."""

    def decide(self, service: Callable[..., Exemption], exception_id: int) -> HttpResponse:
        """Done by the service, and shown."""
        service(by=self.viewer, exemption=exemption_get(self.viewer, exception_id), **self.body())
        return self.one(exception_id)


class GrantException(DecideException):
    """The policy may break the guardrail until the day."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}
    operations = {
        "POST": deciding(
            "Grant an exception",
            "403 for whoever asked for it, or is an author of the policy since its last release.",
            body=REMARK,
            answer=SHOWN,
        )
    }

    def post(self, request: Request, exception_id: int) -> HttpResponse:
        return self.decide(grant_exemption, exception_id)


class RefuseException(DecideException):
    """The guardrail goes on standing in the way."""

    access = {"POST": Access(Act.MANAGE_GUARDRAILS)}
    operations = {
        "POST": deciding("Refuse an exception", "403 as for granting one.", body=REMARK, answer=SHOWN)
    }

    def post(self, request: Request, exception_id: int) -> HttpResponse:
        return self.decide(refuse_exemption, exception_id)


class EndException(ExceptionAnswers):
    """The guardrail stands in the way again."""

    access = {"POST": Access(Act.WRITE)}
    operations = {
        "POST": Operation(
            summary="End an exception, or take a request back",
            body=NOTHING,
            body_may_be_empty=True,
            answer=SHOWN,
            has_etag=True,
            errors=(404, 409),
        )
    }

    def post(self, request: Request, exception_id: int) -> HttpResponse:
        self.body()
        end_exemption(by=self.viewer, exemption=exemption_get(self.viewer, exception_id))
        return self.one(exception_id)


urlpatterns = [
    path(
        "guardrails/<id_:guardrail_id>/exceptions/",
        GuardrailExceptions.as_view(),
        name="guardrail-exceptions",
    ),
    path("exceptions/<id_:exception_id>/", OneException.as_view(), name="exception"),
    path("exceptions/<id_:exception_id>/grant/", GrantException.as_view(), name="grant-exception"),
    path("exceptions/<id_:exception_id>/refuse/", RefuseException.as_view(), name="refuse-exception"),
    path("exceptions/<id_:exception_id>/end/", EndException.as_view(), name="end-exception"),
]
