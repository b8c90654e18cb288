"""A session ends by itself: after a time without use, and after a time since log-in."""

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import path

from policystudio.sessions import RESOLUTION_SECONDS

START = 1_800_000_000

urlpatterns = [path("who/", lambda request: HttpResponse(request.user.get_username() or "nobody"))]


@pytest.fixture
def visitor(client, settings, db):
    """A visitor who has logged in at START; idle limit 1000 s, absolute limit 5000 s."""
    settings.ROOT_URLCONF = __name__
    settings.SESSION_IDLE_SECONDS = 1000
    settings.SESSION_COOKIE_AGE = 5000
    user = get_user_model().objects.create_user("ada", password="correct horse battery")
    with time_machine.travel(START, tick=False):
        client.force_login(user)
        assert client.get("/who/").content == b"ada"
    return client


def at(visitor, seconds):
    with time_machine.travel(START + seconds, tick=False):
        return visitor.get("/who/").content.decode()


def test_a_session_in_use_goes_on(visitor):
    assert [at(visitor, seconds) for seconds in range(900, 4600, 900)] == ["ada"] * 5


def test_a_session_without_use_ends_on_the_server(visitor):
    assert at(visitor, 1001) == "nobody"
    assert not Session.objects.exists()


def test_a_session_in_use_ends_at_the_absolute_limit(visitor):
    for seconds in range(900, 5000, 900):
        assert at(visitor, seconds) == "ada"
    assert at(visitor, 5001) == "nobody"


def writes(visitor, seconds):
    with CaptureQueriesContext(connection) as queries:
        at(visitor, seconds)
    return [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_use_is_written_down_only_now_and_then(visitor):
    assert writes(visitor, RESOLUTION_SECONDS - 1) == []
    assert len(writes(visitor, RESOLUTION_SECONDS)) == 1


def test_a_visitor_without_a_session_costs_no_query(client, settings, db, django_assert_num_queries):
    settings.ROOT_URLCONF = __name__
    with django_assert_num_queries(0):
        assert client.get("/static-like/").status_code == 404
