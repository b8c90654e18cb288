"""Logging in and out, as a browser does it: what is answered, what is never told, what ends a session."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from django.test import Client

from policystudio.teams.viewer import Viewer
from tests.factories import PASSWORD
from tests.racing import race

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "twelve blue herons at dawn"


def log_in(client: Client, username: str, password: str = PASSWORD, **fields: str) -> Any:
    return client.post("/login/", {"username": username, "password": password, **fields})


def test_a_right_password_leads_home_and_makes_a_new_session(client: Client, ada: Viewer) -> None:
    client.get("/login/")
    answer = log_in(client, "ada")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(ada.user.pk)


def test_next_is_followed_on_this_site(client: Client, ada: Viewer) -> None:
    assert log_in(client, "ada", next="/preferences/?a=1")["Location"] == "/preferences/?a=1"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_next_never_leads_to_another_site(client: Client, ada: Viewer, elsewhere: str) -> None:
    assert log_in(client, "ada", next=elsewhere)["Location"] == "/"


def test_an_unknown_user_is_answered_like_a_wrong_password(client: Client, ada: Viewer) -> None:
    wrong, unknown = log_in(client, "ada", "wrong"), log_in(client, "nobody", "wrong")
    assert (wrong.status_code, unknown.status_code) == (422, 422)
    plain = [
        _without_secret(answer.content.decode().replace('value="nobody"', 'value="ada"'))
        for answer in (wrong, unknown)
    ]
    assert plain[0] == plain[1]


def _without_secret(page: str) -> str:
    return "\n".join(
        line for line in page.splitlines() if "csrfmiddlewaretoken" not in line and "X-CSRFToken" not in line
    )


def test_a_wrong_password_is_not_sent_back(client: Client, ada: Viewer) -> None:
    assert "my-secret-typo" not in log_in(client, "ada", "my-secret-typo").content.decode()


def test_the_sixth_wrong_password_locks_the_name_for_this_address(client: Client, ada: Viewer) -> None:
    for _attempt in range(5):
        log_in(client, "ada", "wrong")
    answer = log_in(client, "ada")
    assert answer.status_code == 429
    assert "15 minutes" in answer.content.decode()


def from_address(address: str, username: str, password: str = "wrong") -> int:
    status: int = log_in(Client(REMOTE_ADDR=address), username, password).status_code
    return status


def test_guessing_for_many_names_from_one_address_is_stopped(settings: Any, ada: Viewer, rui: Viewer) -> None:
    settings.LOG_IN_FAILURES_PER_ADDRESS = 8
    tried = [from_address("192.0.2.7", f"name-{number}") for number in range(10)]
    assert tried == [422] * 8 + [429] * 2
    assert from_address("192.0.2.7", "ada", PASSWORD) == 429
    assert from_address("192.0.2.8", "ada", PASSWORD) == 302


def test_a_right_password_in_between_does_not_start_the_count_again(settings: Any, ada: Viewer) -> None:
    settings.LOG_IN_FAILURES_PER_ADDRESS = 4
    for number in range(3):
        from_address("192.0.2.7", f"name-{number}")
    assert from_address("192.0.2.7", "ada", PASSWORD) == 302
    assert from_address("192.0.2.7", "name-3") == 422
    assert from_address("192.0.2.7", "name-4") == 429


def test_guessing_for_one_name_from_many_addresses_is_stopped(
    settings: Any, ada: Viewer, rui: Viewer
) -> None:
    settings.LOG_IN_FAILURES_PER_USER = 8
    tried = [from_address(f"192.0.2.{number}", "ada") for number in range(10)]
    assert tried == [422] * 8 + [429] * 2
    assert from_address("192.0.2.99", "ada", PASSWORD) == 429
    assert from_address("192.0.2.99", "rui", PASSWORD) == 302


@pytest.mark.django_db(transaction=True)
def test_guesses_at_the_same_moment_are_counted_too(settings: Any) -> None:
    settings.LOG_IN_FAILURES_PER_ADDRESS = 8
    for number in range(8):
        from_address("192.0.2.7", f"name-{number}")
    tried = race(*(partial(from_address, "192.0.2.7", f"parallel-{number}") for number in range(8)))
    assert tried == [429] * 8
    tried = race(*(partial(from_address, "192.0.2.8", f"parallel-{number}") for number in range(8)))
    assert from_address("192.0.2.8", "one-more") == 429, tried


def test_password_managers_are_told_which_field_is_which(client: Client) -> None:
    page = client.get("/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page


def test_whoever_is_logged_in_goes_straight_on(client: Client, ada: Viewer) -> None:
    log_in(client, "ada")
    assert client.get("/login/?next=/preferences/")["Location"] == "/preferences/"


def test_logging_out_needs_a_post_and_ends_the_session(client: Client, ada: Viewer) -> None:
    log_in(client, "ada")
    assert client.get("/logout/").status_code == 405
    assert client.get("/preferences/").status_code == 200
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/preferences/")["Location"] == "/login/?next=%2Fpreferences%2F"


def test_logging_in_without_the_secret_of_the_form_is_refused(ada: Viewer) -> None:
    answer = log_in(Client(enforce_csrf_checks=True), "ada")
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()


def test_a_new_password_ends_the_other_sessions_only(client: Client, ada: Viewer) -> None:
    other = Client()
    log_in(client, "ada")
    log_in(other, "ada")
    answer = client.post("/password/", {"current": PASSWORD, "new": NEW_PASSWORD})
    assert answer.status_code == 302
    assert client.get("/preferences/").status_code == 200
    assert other.get("/preferences/").status_code == 302
    assert log_in(Client(), "ada", NEW_PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("current", "new"), [("wrong", NEW_PASSWORD), (PASSWORD, "short"), (PASSWORD, "password1234")]
)
def test_a_password_stays_when_the_present_one_is_wrong_or_the_new_one_weak(
    client: Client, ada: Viewer, current: str, new: str
) -> None:
    log_in(client, "ada")
    assert client.post("/password/", {"current": current, "new": new}).status_code == 422
    assert log_in(Client(), "ada").status_code == 302


def test_preferences_are_kept_with_the_person(client: Client, ada: Viewer) -> None:
    log_in(client, "ada")
    client.post("/preferences/", {"theme": "dark", "language": "zh-hans"})
    page = client.get("/preferences/").content.decode()
    assert '<html lang="zh-hans" data-theme="dark" data-single-keys="off">' in page


def test_preferences_take_nothing_but_their_own_fields(client: Client, ada: Viewer) -> None:
    log_in(client, "ada")
    client.post(
        "/preferences/", {"theme": "dark", "language": "en", "is_superuser": "on", "username": "root"}
    )
    ada.user.refresh_from_db()
    assert (ada.user.username, ada.user.is_superuser, ada.user.theme) == ("ada", False, "dark")


def test_a_team_of_others_cannot_be_chosen(client: Client, ada: Viewer, sam: Viewer) -> None:
    log_in(client, "ada")
    answers = [client.post("/team/", {"team": slug}) for slug in (sam.team.slug, "no-such-team")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert client.post("/team/", {"team": ada.team.slug}).status_code == 302


def test_pages_are_never_cached(client: Client, ada: Viewer) -> None:
    log_in(client, "ada")
    for address in ("/login/", "/preferences/", "/no-such-page/"):
        assert "no-store" in client.get(address)["Cache-Control"]
