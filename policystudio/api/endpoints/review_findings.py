"""`/reviews/{id}/findings/`: what the validator says of a proposal, beside what it said of what is released."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import path
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.endpoint import Endpoint
from policystudio.api.operation import Operation
from policystudio.api.shapes import FINDING, ID, show_findings
from policystudio.api.structures import ListOf, Shape
from policystudio.api.waived import HIDDEN, WAIVED_FINDING, show_hidden, show_waived_findings
from policystudio.policies.judging import judge
from policystudio.policies.selectors import revision_get, targets_of
from policystudio.review.released import release_of, targets_of_release
from policystudio.review.selectors import review_get, standing
from policystudio.review.since import judgement_before
from policystudio.teams.permissions import Act
from policystudio.validation.news import news
from policystudio.waivers.selectors import waivers_for
from policystudio.waivers.weighing import judged

SHOWN = Shape(
    name="ReviewFindings",
    about="`gone` are findings of what is released that the proposal does not have.",
    required={
        "revision": ID,
        "findings": ListOf(item=WAIVED_FINDING),
        "gone": ListOf(item=FINDING),
        "hidden": HIDDEN,
    },
)


class ReviewFindings(Endpoint):
    """As the page of the review shows them."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Show the findings of a review",
            about="A finished review is compared with what was released before it.",
            answer=SHOWN,
            errors=(404,),
        )
    }

    def get(self, request: Request, review_id: int) -> HttpResponse:
        review = review_get(self.viewer, review_id)
        policy, own = review.policy, release_of(self.viewer, review)
        revision = revision_get(self.viewer, policy.pk, standing(review).revision)
        targets = [target for target, _ in targets_of_release(own)] if own else targets_of(policy)
        validation = judge(policy, revision, targets)
        before = judgement_before(self.viewer, review)
        since = news(before, validation) if before is not None else None
        found = show_waived_findings(judged(validation, waivers_for(policy)), since)
        gone = show_findings(since.gone) if since else []
        hidden = show_hidden(policy.team_id, validation)
        return self.show({"revision": revision.number, "findings": found, "gone": gone, "hidden": hidden})


urlpatterns = [path("reviews/<id_:review_id>/findings/", ReviewFindings.as_view(), name="review-findings")]
