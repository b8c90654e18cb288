"""`/policies/{id}/revisions/`: the immutable sources of a policy, each with what the validator says of it now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.policies import CONTENT, REASONS, WithContent, show_policy
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.shapes import ID, MOMENT, SHA256, SOURCE_TEXT, USERNAME
from policystudio.api.structures import AnyObject, ListOf, Null, Shape
from policystudio.api.waived import HIDDEN, WAIVED_FINDING, show_hidden, show_waived_findings
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import policy_get, revision_get, revisions, targets_of
from policystudio.policies.services.revise import revise
from policystudio.ram.render import Target
from policystudio.review.since import released_judgement
from policystudio.teams.permissions import Act
from policystudio.validation.news import news
from policystudio.validation.pipeline import Validation
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import waivers_for
from policystudio.waivers.weighing import judged

MAX_PAGE = 20
SHOWN = Shape(
    name="Revision",
    required={
        "number": ID,
        "source": SOURCE_TEXT,
        "sha256": SHA256,
        "author": USERNAME,
        "message": Text(),
        "reasons": REASONS,
        "builder": Null(of=Text()),
        "parameters": Null(of=AnyObject()),
        "created_at": MOMENT,
        "findings": ListOf(item=WAIVED_FINDING),
        "hidden": HIDDEN,
    },
)
NEW = Shape(
    name="RevisionNew",
    about="Either `source`, or `builder` with its `parameters`.",
    example={"builder": "key-read-only", "parameters": {}, "message": "back to reading"},
    optional=CONTENT,
    read_only=("number", "sha256", "author", "created_at", "findings", "hidden"),
)


def show_revision(
    policy: Policy,
    revision: Revision,
    targets: Sequence[Target],
    waivers: Sequence[Waiver],
    released: Validation | None,
) -> dict[str, Any]:
    """With the findings for the policy's targets of today: what of them is waived, and new since `released`."""
    validation = judge(policy, revision, targets)
    since = news(released, validation) if released is not None else None
    return {
        "number": revision.number,
        "source": revision.source,
        "sha256": revision.sha256,
        "author": revision.author_name,
        "message": revision.message,
        "reasons": revision.reasons,
        "builder": revision.builder or None,
        "parameters": revision.parameters,
        "created_at": timestamp(revision.created_at),
        "findings": show_waived_findings(judged(validation, waivers), since),
        "hidden": show_hidden(policy.team_id, validation),
    }


class Revisions(WithContent):
    """The history, newest first, and adding to it."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(
            summary="List the revisions, newest first",
            about=f"Each is judged anew, so a page has at most {MAX_PAGE}, whatever `limit` asks for.",
            answer=SHOWN,
            is_paged=True,
            errors=(404,),
        ),
        "POST": Operation(
            summary="Add a revision",
            about="Approvals given before become stale. To go back, send an old source again. With the ETag of the "
            "policy in `If-Match`, nothing is added to a policy that has changed since.",
            body=NEW,
            answer=SHOWN,
            creates=True,
            may_match=True,
            has_etag=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        facts = targets_of(policy), waivers_for(policy), released_judgement(policy)
        found = revisions(self.viewer, policy_id)
        newest_first = Order("number", is_descending=True)
        return self.page(found, lambda one: show_revision(policy, one, *facts), newest_first, most=MAX_PAGE)

    def post(self, request: Request, policy_id: int) -> HttpResponse:
        return self.create(lambda: self._made(policy_id))

    def _made(self, policy_id: int) -> HttpResponse:
        policy, content = policy_get(self.viewer, policy_id), self.content()
        expected = None
        if self.request.headers.get("If-Match"):
            expected = self.expected_version(show_policy(policy), policy.version)
        revision = revise(by=self.viewer, policy=policy, expected_version=expected, **content)
        location = reverse("api:revision", kwargs={"policy_id": policy_id, "number": revision.number})
        facts = targets_of(policy), waivers_for(policy), released_judgement(policy)
        shown = show_revision(policy, revision, *facts)
        return self.show(shown, version=revision.number, status=201, location=location)


class OneRevision(Endpoint):
    """One revision; only its findings change, with targets, catalogue and time."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show a revision", answer=SHOWN, has_etag=True, errors=(404,))}

    def get(self, request: Request, policy_id: int, number: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        revision = revision_get(self.viewer, policy_id, number)
        facts = targets_of(policy), waivers_for(policy), released_judgement(policy)
        shown = show_revision(policy, revision, *facts)
        return self.show(shown, version=number)


urlpatterns = [
    path("policies/<id_:policy_id>/revisions/", Revisions.as_view(), name="revisions"),
    path("policies/<id_:policy_id>/revisions/<id_:number>/", OneRevision.as_view(), name="revision"),
]
