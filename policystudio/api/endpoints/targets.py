"""`/policies/{id}/targets/`: the accounts and regions that a policy is stored for, read and replaced as a whole."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.operation import Operation
from policystudio.api.shapes import TARGET, TARGETS_SENT, show_target
from policystudio.api.structures import Either, ListOf, Shape
from policystudio.policies.models import Policy
from policystudio.policies.selectors import policy_get, targets_of
from policystudio.policies.services.set_targets import set_targets
from policystudio.teams.permissions import Act

SHOWN = Shape(name="Targets", required={"targets": ListOf(item=TARGET)})
SENT = Either(
    kinds=[Shape(name="TargetsSent", required={"targets": TARGETS_SENT}), TARGETS_SENT],
    about="The whole list, bare or under `targets`; what is not listed is removed.",
)


def show_targets(policy: Policy) -> dict[str, Any]:
    return {"targets": [show_target(target) for target in targets_of(policy)]}


class Targets(Endpoint):
    """The ETag is good for this list only; a change to the policy otherwise makes it stale too."""

    access = {"GET": Access(Act.READ), "PUT": Access(Act.WRITE)}
    operations = {
        "GET": Operation(summary="List the targets of a policy", answer=SHOWN, has_etag=True, errors=(404,)),
        "PUT": Operation(
            summary="Replace the targets of a policy",
            about="Approvals given before become stale.",
            body=SENT,
            answer=SHOWN,
            has_etag=True,
            needs_match=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        return self.show(show_targets(policy), version=policy.version)

    def put(self, request: Request, policy_id: int) -> HttpResponse:
        policy, body = policy_get(self.viewer, policy_id), self.body()
        expected = self.expected_version(show_targets(policy), policy.version)
        targets = body if isinstance(body, list) else body["targets"]
        policy = set_targets(by=self.viewer, policy=policy, targets=targets, expected_version=expected)
        return self.show(show_targets(policy), version=policy.version)


urlpatterns = [path("policies/<id_:policy_id>/targets/", Targets.as_view(), name="targets")]
