from __future__ import annotations

from typing import Any

import pytest

from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db


def approve(api: Api, review_id: int) -> Any:
    digest = body_of(api.get(f"/reviews/{review_id}/"))["digest"]
    return api.post(
        f"/reviews/{review_id}/decisions/", {"verdict": "approve", "digest": digest, "body": "fine"}
    )


def test_proposal_is_approved_and_released(ada: Viewer, rui: Viewer, policy: Policy) -> None:
    author, reviewer = Api(ada), Api(rui)
    proposed = author.post(f"/policies/{policy.pk}/reviews/", {"message": "please look"})
    assert proposed.status_code == 201
    review = body_of(proposed)
    assert review["state"] == "open"
    assert review["policy"] == policy.pk
    assert review["revision"] == 1
    assert (review["required_approvals"], review["approvals"]) == (1, 0)
    assert review["author"] == "ada"
    assert review["blocked_by"]
    assert body_of(author.get(proposed["Location"])) == review
    early = author.post(f"/reviews/{review['id']}/release/")
    assert problem_of(early, 409)["errors"]
    decided = approve(reviewer, review["id"])
    assert decided.status_code == 201
    decision = body_of(decided)
    assert decision["by"] == "rui"
    assert decision["counts"] is True
    assert decision["is_stale"] is False
    assert body_of(reviewer.get(decided["Location"])) == decision
    assert body_of(author.get(f"/reviews/{review['id']}/"))["state"] == "approved"
    released = author.post(f"/reviews/{review['id']}/release/")
    assert released.status_code == 200
    assert body_of(released)["state"] == "released"
    assert body_of(author.get(f"/policies/{policy.pk}/"))["released_revision"] == 1
    problem_of(author.post(f"/reviews/{review['id']}/release/"), 409)


def test_reviews_are_listed_and_filtered(ada: Viewer, policy: Policy, review: Review) -> None:
    api = Api(ada)
    assert [each["id"] for each in body_of(api.get("/reviews/"))["results"]] == [review.pk]
    assert [each["id"] for each in body_of(api.get("/reviews/?state=open&author=ada"))["results"]] == [
        review.pk
    ]
    assert body_of(api.get("/reviews/?state=approved"))["results"] == []
    assert [each["id"] for each in body_of(api.get(f"/policies/{policy.pk}/reviews/"))["results"]] == [
        review.pk
    ]


def test_list_of_reviews_needs_no_query_for_each(
    ada: Viewer, review: Review, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        other = factories.make_policy(ada, f"app-{number}")
        Api(ada).post(f"/policies/{other.pk}/reviews/", {"message": "please"})
    api = Api(ada)
    with django_assert_max_num_queries(10):
        assert len(body_of(api.get("/reviews/"))["results"]) == 6


def test_only_one_review_is_unfinished(ada: Viewer, policy: Policy, review: Review) -> None:
    problem_of(Api(ada).post(f"/policies/{policy.pk}/reviews/", {}), 409)


def test_own_revision_cannot_be_approved(max_: Viewer, development: object) -> None:
    api = Api(max_)
    policy = factories.make_policy(max_)
    review = body_of(api.post(f"/policies/{policy.pk}/reviews/"))
    assert problem_of(approve(api, review["id"]), 403)["code"] == "own-revision"


def test_decision_on_a_digest_that_moved_on_is_refused(
    ada: Viewer, rui: Viewer, policy: Policy, review: Review
) -> None:
    reviewer = Api(rui)
    seen = body_of(reviewer.get(f"/reviews/{review.pk}/"))["digest"]
    revised = Api(ada).post(
        f"/policies/{policy.pk}/revisions/", {"source": factories.source_text(key="key-b")}
    )
    assert revised.status_code == 201
    decision = {"verdict": "approve", "digest": seen, "body": ""}
    assert codes_at(reviewer.post(f"/reviews/{review.pk}/decisions/", decision), 409) == {
        "/digest": "digest-moved-on"
    }


def test_verdict_and_digest_are_needed(rui: Viewer, review: Review) -> None:
    answer = Api(rui).post(f"/reviews/{review.pk}/decisions/", {"verdict": "yes"})
    assert codes_at(answer) == {"/verdict": "unknown-choice", "/digest": "required"}


def test_withdrawn_review_is_over(ada: Viewer, review: Review) -> None:
    withdrawn = Api(ada).post(f"/reviews/{review.pk}/withdraw/")
    assert withdrawn.status_code == 200
    assert body_of(withdrawn)["state"] == "withdrawn"
    problem_of(Api(ada).post(f"/reviews/{review.pk}/withdraw/"), 409)


def test_review_tag_changes_when_the_standing_does(ada: Viewer, rui: Viewer, review: Review) -> None:
    api, address = Api(ada), f"/reviews/{review.pk}/"
    tag = api.get(address)["ETag"]
    assert api.get(address, If_None_Match=tag).status_code == 304
    approve(Api(rui), review.pk)
    assert api.get(address, If_None_Match=tag).status_code == 200


def test_thread_is_answered_resolved_and_opened_again(ada: Viewer, rui: Viewer, review: Review) -> None:
    author, reviewer = Api(ada), Api(rui)
    place = {"body": "why this key?", "path": "/Statement/0"}
    begun = reviewer.post(f"/reviews/{review.pk}/comments/", place)
    assert begun.status_code == 201
    thread = body_of(begun)
    assert (thread["author"], thread["path"], thread["line"], thread["resolved"]) == (
        "rui",
        "/Statement/0",
        None,
        False,
    )
    assert body_of(author.get(begun["Location"])) == thread
    answer = body_of(
        author.post(f"/reviews/{review.pk}/comments/", {"body": "it is ours", "parent": thread["id"]})
    )
    assert answer["parent"] == thread["id"]
    resolved = author.post(f"/comments/{thread['id']}/resolve/")
    assert resolved.status_code == 200
    assert body_of(resolved)["resolved_by"] == "ada"
    assert (
        body_of(reviewer.post(f"/comments/{thread['id']}/resolve/", {"resolved": False}))["resolved"] is False
    )
    problem_of(author.post(f"/comments/{answer['id']}/resolve/"), 400)
    listed = body_of(author.get(f"/reviews/{review.pk}/comments/"))["results"]
    assert [each["id"] for each in listed] == [thread["id"], answer["id"]]
    assert body_of(author.get(f"/reviews/{review.pk}/"))["comments"] == 2


def test_comment_needs_a_body_and_an_existing_place(rui: Viewer, review: Review) -> None:
    api, address = Api(rui), f"/reviews/{review.pk}/comments/"
    assert codes_at(api.post(address, {})) == {"/body": "required"}
    assert list(codes_at(api.post(address, {"body": "x", "parent": 999999}))) == ["/parent"]
    assert list(codes_at(api.post(address, {"body": "x", "revision": 99}))) == ["/revision"]
    assert list(codes_at(api.post(address, {"body": "x", "line": 10**30}))) == ["/line"]
