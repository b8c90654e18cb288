"""`/reviews/` and `/policies/{id}/reviews/`: proposals to release, where they stand, and how they end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse
from rest_framework.request import Request

from policystudio.access import Access
from policystudio.api.answers import timestamp
from policystudio.api.endpoint import Endpoint
from policystudio.api.endpoints.policies import REASONS
from policystudio.api.fields import Flag, Text
from policystudio.api.operation import Operation
from policystudio.api.pagination import Order
from policystudio.api.proven import ACCESS, REACH
from policystudio.api.shapes import (
    BLOCK,
    COUNT,
    ID,
    MESSAGE,
    MOMENT,
    NULL_MOMENT,
    SHA256,
    USERNAME,
    show_problem,
)
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.policies.selectors import policy_get
from policystudio.review.models import Review, Verdict
from policystudio.review.proof import proof_of_review
from policystudio.review.selectors import ReviewFilters, review_get, reviews
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import Standing, State, Weighed, standing, standings
from policystudio.teams.permissions import Act

DECISION = Shape(
    name="Decision",
    about="`is_stale`: it speaks of something else than is proposed now. `counts`: it is an approval that counts now.",
    required={
        "id": ID,
        "review": ID,
        "by": USERNAME,
        "verdict": Text(choices=[str(verdict) for verdict in Verdict]),
        "body": Text(),
        "digest": SHA256,
        "revision": ID,
        "created_at": MOMENT,
        "is_stale": Flag(),
        "counts": Flag(),
    },
)
SHOWN = Shape(
    name="Review",
    required={
        "id": ID,
        "policy": ID,
        "revision": ID,
        "state": Text(choices=[str(state) for state in State]),
        "digest": SHA256,
        "required_approvals": COUNT,
        "approvals": COUNT,
        "blocked_by": ListOf(
            item=BLOCK,
            about="What still stands in the way of a release. In a list the tests of all its policies share two "
            "seconds; one that was not asked in them is `test-unknown`, and the review itself tells more.",
        ),
        "author": USERNAME,
        "message": Text(),
        "reasons": REASONS,
        "created_at": MOMENT,
        "finished_at": NULL_MOMENT,
        "decisions": ListOf(item=DECISION),
        "comments": COUNT,
    },
)
PROVEN = Shape(
    name="ReviewProven",
    about="A review with what its release changes in access; null while the document has faults.",
    required={**SHOWN.required, "access": Null(of=ACCESS), "reach": Null(of=REACH)},
)
NEW = Shape(name="ReviewNew", optional={"message": MESSAGE, "reasons": REASONS})
NOTHING = Shape(name="Nothing", about="An empty object, or no body.")
FILTERS = {
    "state": Text(choices=[str(state) for state in State]),
    "author": Text(max_characters=150, about="Who proposed it."),
}
NEWEST_FIRST = Order("pk", is_descending=True)


def show_decision(weighed: Weighed) -> dict[str, Any]:
    decision = weighed.decision
    return {
        "id": decision.pk,
        "review": decision.review_id,
        "by": decision.user_name,
        "verdict": decision.verdict,
        "body": decision.body,
        "digest": decision.digest,
        "revision": decision.revision_number,
        "created_at": timestamp(decision.created_at),
        "is_stale": weighed.is_stale,
        "counts": weighed.counts,
    }


def show_review(review: Review, stands: Standing) -> dict[str, Any]:
    return {
        "id": review.pk,
        "policy": review.policy_id,
        "revision": stands.revision,
        "state": str(stands.state),
        "digest": stands.digest,
        "required_approvals": stands.required_approvals,
        "approvals": stands.approvals,
        "blocked_by": [show_problem(problem) for problem in stands.blocked_by],
        "author": review.author_name,
        "message": review.message,
        "reasons": review.reasons,
        "created_at": timestamp(review.created_at),
        "finished_at": timestamp(review.finished_at),
        "decisions": [show_decision(weighed) for weighed in stands.decisions],
        "comments": review.comment_count,  # type: ignore[attr-defined]  # annotated by the selector
    }


class ReviewAnswers(Endpoint):
    """What endpoints that answer with reviews share."""

    def one(self, review_id: int, *, status: int = 200, location: str | None = None) -> HttpResponse:
        """The review as it stands now."""
        review = review_get(self.viewer, review_id)
        stands = standing(review)
        proof = proof_of_review(self.viewer, review, stands)
        shown = {
            **show_review(review, stands),
            "access": None if proof.access is None else proof.access.as_json(),
            "reach": None if proof.reaching is None else proof.reaching.as_json(),
        }
        return self.show(shown, version=review.version, status=status, location=location)

    def end(self, service: Callable[..., object], review_id: int) -> HttpResponse:
        """Ended by the service, and shown."""
        self.body()
        service(by=self.viewer, review=review_get(self.viewer, review_id))
        return self.one(review_id)

    def many(self, filters: ReviewFilters) -> HttpResponse:
        """A page of reviews, newest first."""
        stands: dict[int, Standing] = {}

        def show(review: Review) -> dict[str, Any]:
            return show_review(review, stands[review.pk])

        found = reviews(self.viewer, filters)
        return self.page(found, show, NEWEST_FIRST, prepare=lambda rows: stands.update(standings(rows)))


class Queue(ReviewAnswers):
    """All reviews of the team."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(summary="List the reviews, newest first", query=FILTERS, answer=SHOWN, is_paged=True)
    }

    def get(self, request: Request) -> HttpResponse:
        return self.many(ReviewFilters(state=self.query.get("state"), author=self.query.get("author")))


class PolicyReviews(ReviewAnswers):
    """The reviews of one policy, and opening one."""

    access = {"GET": Access(Act.READ), "POST": Access(Act.WRITE)}
    operations = {
        "GET": Operation(
            summary="List the reviews of a policy", query=FILTERS, answer=SHOWN, is_paged=True, errors=(404,)
        ),
        "POST": Operation(
            summary="Propose the newest revision",
            about="A security warning needs a written reason: in `message`, in `reasons`, or with the revision.",
            body=NEW,
            body_may_be_empty=True,
            answer=PROVEN,
            creates=True,
            has_etag=True,
            errors=(404, 409),
        ),
    }

    def get(self, request: Request, policy_id: int) -> HttpResponse:
        policy_get(self.viewer, policy_id)
        filters = ReviewFilters(self.query.get("state"), policy_id, self.query.get("author"))
        return self.many(filters)

    def post(self, request: Request, policy_id: int) -> HttpResponse:
        return self.create(lambda: self._made(policy_id))

    def _made(self, policy_id: int) -> HttpResponse:
        policy = policy_get(self.viewer, policy_id)
        review = propose(by=self.viewer, policy=policy, **self.body())
        return self.one(
            review.pk, status=201, location=reverse("api:review", kwargs={"review_id": review.pk})
        )


class OneReview(ReviewAnswers):
    """One review as it stands now."""

    access = {"GET": Access(Act.READ)}
    operations = {
        "GET": Operation(
            summary="Show a review",
            about="`access` says what a release allows that the one before did not, over all targets.",
            answer=PROVEN,
            has_etag=True,
            errors=(404,),
        )
    }

    def get(self, request: Request, review_id: int) -> HttpResponse:
        return self.one(review_id)


def ending(summary: str, about: str = "") -> Operation:
    """What the two ways to end a review have in common."""
    return Operation(
        summary=summary,
        about=about,
        body=NOTHING,
        body_may_be_empty=True,
        answer=PROVEN,
        has_etag=True,
        errors=(404, 409),
    )


class ReleaseReview(ReviewAnswers):
    """Makes the proposed revision what is exported, for every target or for none."""

    access = {"POST": Access(Act.RELEASE)}
    operations = {"POST": ending("Release", "409 lists everything that still stands in the way.")}

    def post(self, request: Request, review_id: int) -> HttpResponse:
        return self.end(release, review_id)


class WithdrawReview(ReviewAnswers):
    """Ends a review without a release."""

    access = {"POST": Access(Act.RELEASE)}
    operations = {"POST": ending("Withdraw")}

    def post(self, request: Request, review_id: int) -> HttpResponse:
        return self.end(withdraw, review_id)


urlpatterns = [
    path("reviews/", Queue.as_view(), name="reviews"),
    path("policies/<id_:policy_id>/reviews/", PolicyReviews.as_view(), name="policy-reviews"),
    path("reviews/<id_:review_id>/", OneReview.as_view(), name="review"),
    path("reviews/<id_:review_id>/release/", ReleaseReview.as_view(), name="release"),
    path("reviews/<id_:review_id>/withdraw/", WithdrawReview.as_view(), name="withdraw"),
]
