"""A request with an idempotency key does its work once; whoever repeats it gets the same answer."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from threading import Lock

import pytest
from django.utils import timezone

from policystudio.errors import Conflict
from policystudio.teams.models import IdempotentAnswer
from policystudio.teams.services.answer_once import Answer, KeyReused, answer_once
from tests.racing import race


def ask(by, answer, key="k", route="POST /policies/", body="a" * 64):
    return answer_once(by=by, key=key, route=route, body_sha256=body, answer=answer)


def test_second_request_gets_the_first_answer(ada, rui):
    first = ask(ada, lambda: Answer(201, "{}", {"Location": "/1"}))
    again = ask(ada, lambda: pytest.fail("done twice"))
    assert (again.status, again.body, again.headers, again.is_repeated) == (
        201,
        "{}",
        {"Location": "/1"},
        True,
    )
    assert not first.is_repeated
    assert ask(rui, lambda: Answer(201, "other")).body == "other"


def test_key_with_another_request_is_refused(ada):
    ask(ada, lambda: Answer(200, ""))
    with pytest.raises(KeyReused):
        ask(ada, lambda: Answer(200, ""), body="b" * 64)
    with pytest.raises(KeyReused):
        ask(ada, lambda: Answer(200, ""), route="POST /accounts/")


def test_refused_request_leaves_the_key_free(ada):
    def refuse():
        raise Conflict("not now")

    with pytest.raises(Conflict):
        ask(ada, refuse)
    assert ask(ada, lambda: Answer(201, "")).status == 201


def test_answer_is_kept_for_a_day(ada, time_machine):
    ask(ada, lambda: Answer(200, "old"))
    time_machine.move_to(timezone.now() + timedelta(hours=23))
    assert ask(ada, lambda: Answer(200, "new")).body == "old"
    time_machine.shift(timedelta(hours=2))
    assert ask(ada, lambda: Answer(200, "new")).body == "new"
    assert IdempotentAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_same_key_at_the_same_moment_does_the_work_once(ada):
    done, lock = [], Lock()

    def work():
        with lock:
            done.append(1)
        return Answer(201, "made")

    answers = race(*[partial(ask, ada, work)] * 4)
    assert [answer.body for answer in answers] == ["made"] * 4
    assert sum(answer.is_repeated for answer in answers) == 3
    assert len(done) == 1
