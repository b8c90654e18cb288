"""`/reviews/{id}/decisions/`: verdicts on exactly what the reviewer saw."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.reviews import DECISION, show_decision
from policystudio.api.fields import Text
from policystudio.api.operation import Operation
from policystudio.api.shapes import MESSAGE
from policystudio.api.structures import Shape
from policystudio.errors import NotFound
from policystudio.review.models import Verdict
from policystudio.review.selectors import review_get
from policystudio.review.services.decide import decide
from policystudio.review.standing import Weighed, standing
from policystudio.teams.permissions import Act
from policystudio.teams.viewer import Viewer

NEW = Shape(
    name="DecisionNew",
    example={"verdict": "approve", "digest": "0" * 64, "body": "Narrow enough."},
    required={
        "verdict": Text(choices=[str(verdict) for verdict in Verdict]),
        "digest": Text(
            max_characters=64, about="The digest that the review shows; 409 when it has moved on."
        ),
    },
    optional={"body": MESSAGE},
)


def decision_get(viewer: Viewer, review_id: int, decision_id: int) -> Weighed:
    """Raises: NotFound."""
    for weighed in standing(review_get(viewer, review_id)).decisions:
        if weighed.decision.pk == decision_id:
            return weighed
    raise NotFound("there is no such decision")


class Decisions(Endpoint):
    """The verdicts of a review, oldest first, and giving one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.REVIEW)}
    operations = {
        "GET": Operation(
            summary="List the decisions of a review", answer=DECISION, is_paged=True, errors=(404,)
        ),
        "POST": Operation(
            summary="Approve, or request changes",
            about="403 for whoever wrote a revision in the review; 409 when the digest has moved on.",
            body=NEW,
            answer=DECISION,
            creates=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, review_id: int) -> HttpResponse:
        return self.page(standing(review_get(self.viewer, review_id)).decisions, show_decision)

    def post(self, request: Request, review_id: int) -> HttpResponse:
        return self.create(lambda: self._made(review_id))

    def _made(self, review_id: int) -> HttpResponse:
        decision = decide(by=self.viewer, review=review_get(self.viewer, review_id), **self.body())
        location = reverse("api:decision", kwargs={"review_id": review_id, "decision_id": decision.pk})
        return self.show(
            show_decision(decision_get(self.viewer, review_id, decision.pk)), status=201, location=location
        )


class OneDecision(Endpoint):
    """One verdict; it never changes, but whether it counts does."""

    access = {"GET": Access(Act.READ)}
    operations = {"GET": Operation(summary="Show a decision", answer=DECISION, errors=(404,))}

    def get(self, request: Request, review_id: int, decision_id: int) -> HttpResponse:
        return self.show(show_decision(decision_get(self.viewer, review_id, decision_id)))


urlpatterns = [
    path("reviews/<id_:review_id>/decisions/", Decisions.as_view(), name="decisions"),
    path("reviews/<id_:review_id>/decisions/<id_:decision_id>/", OneDecision.as_view(), name="decision"),
]
