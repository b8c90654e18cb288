"""Lists and the inbox show the same standing as the review itself, with a number of queries that does not grow."""

from __future__ import annotations

import pytest

from policystudio.policies.services.revise import revise
from policystudio.ram.render import Target
from policystudio.review.digest import review_digest
from policystudio.review.selectors import ReviewFilters, inbox, reviews, standings
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import standing
from tests.factories import approve, make_policy, source_text


@pytest.fixture
def four(ada, rui, development):
    """An open, an approved, a rejected and a withdrawn review."""
    made = [propose(by=ada, policy=make_policy(ada, f"app-{n}"), message="m") for n in range(4)]
    approve(rui, made[1])
    decide(by=rui, review=made[2], verdict="request_changes", digest=standing(made[2]).digest)
    withdraw(by=ada, review=made[3])
    return made


def test_state_that_people_see_can_be_searched_for(vera, sam, four):
    for review, state in zip(four, ("open", "approved", "changes_requested", "withdrawn"), strict=True):
        assert list(reviews(vera, ReviewFilters(state=state))) == [review]
        assert list(reviews(vera, ReviewFilters(policy_id=review.policy_id))) == [review]
    assert list(reviews(vera, ReviewFilters(state="nonsense"))) == []
    assert list(reviews(vera, ReviewFilters(author="ada"))) == four[::-1]
    assert list(reviews(vera, ReviewFilters(author="a\0"))) == []
    assert list(reviews(sam)) == []


def test_number_of_queries_does_not_grow_with_the_reviews(four, django_assert_num_queries):
    with django_assert_num_queries(9):
        assert len(standings(four)) == 4
    with django_assert_num_queries(9):
        standing(four[1])


def test_inbox_holds_what_waits_for_each(ada, rui, noor, vera, four):
    def waiting(person):
        found = inbox(person)
        parts = (found.to_decide, found.to_change, found.to_release)
        return [[four.index(review) for review, _ in part] for part in parts]

    assert waiting(noor) == [[0, 2], [], [1]]
    assert waiting(rui) == [[0], [], [1]]
    assert waiting(ada) == [[], [2], [1]]
    assert waiting(vera) == [[], [], []]
    revise(by=ada, policy=four[2].policy, source=source_text(actions=("kms:Decrypt",)), message="narrower")
    assert waiting(rui) == [[0, 2], [], [1]]


def digest_of(**changed):
    given = {
        "source_sha256": "a" * 64,
        "targets": [Target("1", "b"), Target("2", "c")],
        "region_mode": "separate",
    }
    return review_digest(**{**given, "name": "n", **changed})


def test_digest_is_over_parts_that_cannot_be_shifted_into_each_other():
    assert digest_of() == digest_of(targets=[Target("2", "c"), Target("1", "b"), Target("1", "b")])
    others = [
        digest_of(source_sha256="b" * 64),
        digest_of(targets=[Target("1", "b")]),
        digest_of(targets=[Target("1b", ""), Target("2", "c")]),
        digest_of(targets=[Target("1", "b2"), Target("", "c")]),
        digest_of(targets=[]),
        digest_of(region_mode="combined"),
        digest_of(name="nseparate", region_mode=""),
        digest_of(name="N"),
    ]
    assert len({digest_of(), *others}) == len(others) + 1
