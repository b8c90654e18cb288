"""Threads on a revision under review, with their place, and who may resolve them."""

from __future__ import annotations

import pytest

from policystudio.errors import InvalidInput, NotAllowed, NotFound
from policystudio.review.selectors import comment_get, comments, review_get
from policystudio.review.services.comment import comment
from policystudio.review.services.resolve import resolve
from policystudio.review.services.withdraw import withdraw


def test_answers_stand_where_their_thread_stands(ada, rui, review):
    thread = comment(by=rui, review=review, body="why?", line=3)
    answer = comment(by=ada, review=review, body="because", parent=thread.pk, path="/Statement")
    assert (answer.parent_id, answer.path, answer.line, answer.revision_number) == (
        thread.pk,
        None,
        3,
        1,
    )
    assert list(comments(ada, review)) == [thread, answer]
    assert vars(review_get(ada, review.pk))["comment_count"] == 2
    assert review_get(ada, review.pk).version == review.version + 2


def test_thread_is_resolved_and_opened_again_and_an_answer_is_neither(ada, rui, review):
    thread = comment(by=rui, review=review, body="why?")
    answer = comment(by=ada, review=review, body="because", parent=thread.pk)
    assert resolve(by=ada, comment=thread).resolved_by_id == ada.actor_id
    assert resolve(by=rui, comment=thread, resolved=False).resolved_at is None
    with pytest.raises(InvalidInput):
        resolve(by=ada, comment=answer)


def test_only_who_may_comment_in_the_team_does(vera, sam, rui, review):
    thread = comment(by=rui, review=review, body="why?")
    with pytest.raises(NotAllowed):
        comment(by=vera, review=review, body="hm")
    with pytest.raises(NotAllowed):
        resolve(by=vera, comment=thread)
    with pytest.raises(NotFound):
        comment(by=sam, review=review, body="hm")
    with pytest.raises(NotFound):
        resolve(by=sam, comment=thread)
    with pytest.raises(NotFound):
        comment_get(sam, thread.pk)
    assert list(comments(sam, review)) == []


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"body": " "}, "/body"),
        ({"body": "a\0"}, "/body"),
        ({"body": "\ud800"}, "/body"),
        ({"body": "a" * 10_001}, "/body"),
        ({"body": "a", "line": 0}, "/line"),
        ({"body": "a", "line": 1000}, "/line"),
        ({"body": "a", "path": "Statement"}, "/path"),
        ({"body": "a", "path": "/Nope/99"}, "/path"),
        ({"body": "a", "path": "/Statement/1"}, "/path"),
        ({"body": "a", "path": "/Statement/00"}, "/path"),
        ({"body": "a", "path": "/Statement/0/Effect/0"}, "/path"),
        ({"body": "a", "path": "/Statement/0", "line": 3}, "/line"),
        ({"body": "a", "revision": 2}, "/revision"),
        ({"body": "a", "parent": 4711}, "/parent"),
    ],
)
def test_place_and_text_are_checked(rui, review, given, pointer):
    with pytest.raises(InvalidInput) as error:
        comment(by=rui, review=review, **given)
    assert error.value.problems[0].pointer == pointer
    comment(by=rui, review=review, body="a", line=1, revision=1)
    comment(by=rui, review=review, body="a", path="/Statement/0/Action/0", revision=1)
    comment(by=rui, review=review, body="a", path="")


def test_finished_review_can_still_be_talked_about(ada, rui, review):
    withdraw(by=ada, review=review)
    assert comment(by=rui, review=review, body="what a pity").revision_number == 1
