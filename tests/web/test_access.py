"""The URL table of the pages × the whole cast: who may do what is written down here once more, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from policystudio.demo.people import STRANGER, TEAM, person
from policystudio.teams.models import User
from policystudio.teams.permissions import Scope
from policystudio.teams.services.create_token import create_token
from tests.factories import make_policy
from tests.web.addresses import UNKNOWN, access_of, example, named, routes

ANYBODY, ANYBODY_LOGGED_IN = "anybody", "logged in"
VIEWER, AUTHOR, REVIEWER, ADMIN = ROLES = ("viewer", "author", "reviewer", "admin")

RULES: dict[tuple[str, str], str] = {
    ("GET", "login"): ANYBODY,
    ("POST", "login"): ANYBODY,
    ("POST", "logout"): ANYBODY,
    ("GET", "style_guide"): ANYBODY,
    ("GET", "style_guide_answers"): ANYBODY,
    ("POST", "style_guide_answers"): ANYBODY,
    ("GET", "preferences"): ANYBODY_LOGGED_IN,
    ("POST", "preferences"): ANYBODY_LOGGED_IN,
    ("GET", "choose_team"): ANYBODY_LOGGED_IN,
    ("POST", "choose_team"): ANYBODY_LOGGED_IN,
    ("GET", "password"): VIEWER,
    ("POST", "password"): VIEWER,
    ("GET", "home"): VIEWER,
    ("GET", "released_warnings"): VIEWER,
    ("GET", "policies"): VIEWER,
    ("POST", "policies"): AUTHOR,
    ("GET", "new_policy"): AUTHOR,
    ("GET", "builder_new"): AUTHOR,
    ("POST", "builder_new"): AUTHOR,
    ("POST", "builder_preview"): AUTHOR,
    ("GET", "editor"): AUTHOR,
    ("POST", "editor"): AUTHOR,
    ("POST", "editor_preview"): AUTHOR,
    ("GET", "statements_new"): AUTHOR,
    ("POST", "statements_new"): AUTHOR,
    ("POST", "statements_new_change"): AUTHOR,
    ("GET", "statements_expand"): VIEWER,
    ("GET", "sentences_new"): AUTHOR,
    ("POST", "sentences_new"): AUTHOR,
    ("POST", "sentences_preview"): AUTHOR,
    ("POST", "sentences_completions"): VIEWER,
    ("POST", "editor_validate"): VIEWER,
    ("GET", "editor_completions"): VIEWER,
    ("GET", "new_import"): AUTHOR,
    ("POST", "new_import"): AUTHOR,
    ("GET", "imports"): VIEWER,
    ("GET", "import"): VIEWER,
    ("POST", "import"): AUTHOR,
    ("POST", "import_continue"): AUTHOR,
    ("GET", "import_report"): VIEWER,
    ("GET", "import_document"): VIEWER,
    ("POST", "import_document"): AUTHOR,
    ("GET", "policy"): VIEWER,
    ("GET", "policy_target"): VIEWER,
    ("GET", "policy_download"): VIEWER,
    ("GET", "policy_settings"): AUTHOR,
    ("POST", "policy_settings"): AUTHOR,
    ("POST", "policy_delete"): AUTHOR,
    ("GET", "edit"): AUTHOR,
    ("POST", "edit"): AUTHOR,
    ("POST", "edit_preview"): AUTHOR,
    ("GET", "edit_json"): AUTHOR,
    ("POST", "edit_json"): AUTHOR,
    ("POST", "edit_json_preview"): AUTHOR,
    ("GET", "edit_statements"): AUTHOR,
    ("POST", "edit_statements"): AUTHOR,
    ("POST", "edit_statements_change"): AUTHOR,
    ("GET", "edit_sentences"): AUTHOR,
    ("POST", "edit_sentences"): AUTHOR,
    ("POST", "edit_sentences_preview"): AUTHOR,
    ("GET", "propose"): AUTHOR,
    ("POST", "propose"): AUTHOR,
    ("GET", "revision"): VIEWER,
    ("GET", "compare"): VIEWER,
    ("GET", "reviews"): VIEWER,
    ("GET", "review"): VIEWER,
    ("POST", "review_decide"): REVIEWER,
    ("POST", "review_comment"): AUTHOR,
    ("POST", "comment_resolve"): AUTHOR,
    ("POST", "review_release"): AUTHOR,
    ("POST", "review_withdraw"): AUTHOR,
    ("GET", "catalogue"): VIEWER,
    ("GET", "action"): VIEWER,
    ("GET", "resource_types"): VIEWER,
    ("GET", "condition_keys"): VIEWER,
    ("GET", "regions"): VIEWER,
    ("GET", "system_policies"): VIEWER,
    ("GET", "grown"): VIEWER,
    ("GET", "known_names"): VIEWER,
    ("GET", "new_known_name"): VIEWER,
    ("POST", "new_known_name"): REVIEWER,
    ("GET", "known_name_remove"): REVIEWER,
    ("POST", "known_name_remove"): REVIEWER,
    ("GET", "simulator"): VIEWER,
    ("GET", "who_may"): VIEWER,
    ("POST", "simulator"): VIEWER,
    ("GET", "requirements"): AUTHOR,
    ("POST", "requirements"): AUTHOR,
    ("POST", "requirements_tests"): AUTHOR,
    ("GET", "shorter"): VIEWER,
    ("POST", "shorter"): VIEWER,
    ("POST", "shorter_store"): AUTHOR,
    ("GET", "comparison"): VIEWER,
    ("GET", "reach"): VIEWER,
    ("POST", "reach"): VIEWER,
    ("POST", "comparison"): VIEWER,
    ("GET", "denied"): VIEWER,
    ("POST", "denied"): VIEWER,
    ("GET", "cases"): VIEWER,
    ("POST", "cases"): VIEWER,
    ("GET", "new_case"): AUTHOR,
    ("POST", "new_case"): AUTHOR,
    ("GET", "case"): VIEWER,
    ("POST", "case"): VIEWER,
    ("POST", "case_remove"): AUTHOR,
    ("GET", "policy_tests"): VIEWER,
    ("POST", "policy_tests_add"): AUTHOR,
    ("POST", "policy_tests_import"): AUTHOR,
    ("GET", "policy_tests_export"): VIEWER,
    ("GET", "rules"): VIEWER,
    ("GET", "rule"): VIEWER,
    ("GET", "waivers"): VIEWER,
    ("GET", "waiver"): VIEWER,
    ("POST", "waiver_accept"): REVIEWER,
    ("POST", "waiver_refuse"): REVIEWER,
    ("POST", "waiver_end"): AUTHOR,
    ("GET", "new_waiver"): AUTHOR,
    ("POST", "new_waiver"): AUTHOR,
    ("GET", "guardrails"): VIEWER,
    ("GET", "guardrail"): VIEWER,
    ("GET", "new_guardrail"): ADMIN,
    ("POST", "new_guardrail"): ADMIN,
    ("GET", "guardrail_edit"): ADMIN,
    ("POST", "guardrail_edit"): ADMIN,
    ("POST", "guardrail_on"): ADMIN,
    ("POST", "guardrail_off"): ADMIN,
    ("POST", "guardrail_remove"): ADMIN,
    ("GET", "new_exception"): AUTHOR,
    ("POST", "new_exception"): AUTHOR,
    ("POST", "exception_grant"): ADMIN,
    ("POST", "exception_refuse"): ADMIN,
    ("POST", "exception_end"): AUTHOR,
    ("GET", "severities"): VIEWER,
    ("GET", "severity"): VIEWER,
    ("POST", "severity"): ADMIN,
    ("POST", "severity_reset"): ADMIN,
    ("GET", "accounts"): VIEWER,
    ("GET", "new_account"): ADMIN,
    ("POST", "new_account"): ADMIN,
    ("GET", "account"): ADMIN,
    ("POST", "account"): ADMIN,
    ("POST", "account_delete"): ADMIN,
    ("GET", "members"): VIEWER,
    ("GET", "new_member"): ADMIN,
    ("POST", "new_member"): ADMIN,
    ("POST", "member_role"): ADMIN,
    ("POST", "member_remove"): ADMIN,
    ("GET", "tokens"): VIEWER,
    ("GET", "new_token"): VIEWER,
    ("POST", "new_token"): VIEWER,
    ("POST", "token_revoke"): VIEWER,
    ("GET", "audit"): VIEWER,
}
PROTECTED = [route for route in routes() if RULES.get(route) != ANYBODY]
# Whose object it is decides here, not the role alone; tests/web/test_tokens.py says how.
OWN_ONLY = {"token_revoke"}
# Without these, what the body names would not exist.
NAMED_IN_THE_BODY = {
    "choose_team": {"team": TEAM},
    "edit": {"builder": "crypto-user"},
    "edit_preview": {"builder": "crypto-user"},
}
OF_THE_TEAM = {
    "policy_id",
    "import_id",
    "review_id",
    "comment_id",
    "token_id",
    "name_id",
    "username",
    "waiver_id",
    "guardrail_id",
    "exemption_id",
}


def is_of_a_team(name: str) -> bool:
    return bool(OF_THE_TEAM & set(named()[name].pattern.converters)) or name in {"account", "account_delete"}


class Browsers(dict[str, Client]):
    """A browser for each person of the demo, logged in when it is first used."""

    def __missing__(self, name: str) -> Client:
        self[name] = Client()
        self[name].force_login(User.objects.get(username=name))
        return self[name]


@pytest.fixture
def browsers(demo: None) -> Browsers:
    """The admin has a token, so that there is one to revoke."""
    create_token(by=person("admin"), name="nightly", scopes=[Scope.READ], days=30)
    return Browsers()


def ask(browser: Client, method: str, name: str, **changed: Any) -> Any:
    address = example(name, **changed)
    return (
        browser.post(address, NAMED_IN_THE_BODY.get(name, {})) if method == "POST" else browser.get(address)
    )


def test_every_page_has_a_rule_here_and_no_rule_is_left_over() -> None:
    assert set(routes()) == set(RULES)


def test_every_method_of_every_page_declares_its_access() -> None:
    for name, pattern in named().items():
        view: Any = pattern.callback
        handlers = {m for m in ("get", "post", "put", "patch", "delete") if hasattr(view.view_class, m)}
        # Django's own views answer PUT like POST; what is not declared is 405 before that.
        assert {m.lower() for m in access_of(pattern)} <= handlers, name
        assert handlers - {"put"} <= {m.lower() for m in access_of(pattern)}, name


@pytest.mark.parametrize(("method", "name"), PROTECTED)
def test_who_is_not_logged_in_is_sent_to_log_in(method: str, name: str, browsers: Browsers) -> None:
    answer = ask(Client(), method, name)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/")
    assert ("next=" in answer["Location"]) == (method == "GET")


@pytest.mark.parametrize(("method", "name"), routes())
def test_roles(method: str, name: str, browsers: Browsers) -> None:
    lowest = RULES[method, name]
    for role in ROLES:
        browser = browsers[role]
        is_allowed = lowest in (ANYBODY, ANYBODY_LOGGED_IN) or ROLES.index(role) >= ROLES.index(lowest)
        if name in OWN_ONLY and role != ADMIN:
            assert ask(browser, method, name).status_code == 404
            continue
        answer = ask(browser, method, name)
        assert answer.status_code in ({200, 201, 302, 409, 412, 422} if is_allowed else {403}), (role, answer)


@pytest.mark.parametrize(("method", "name"), [route for route in routes() if is_of_a_team(route[1])])
def test_what_another_team_has_looks_like_what_does_not_exist(
    method: str, name: str, browsers: Browsers
) -> None:
    foreign = ask(browsers[STRANGER], method, name)
    arguments = {
        argument: "nobody"
        if argument == "username"
        else "9999999999999999"
        if argument == "number"
        else UNKNOWN
        for argument in named()[name].pattern.converters
        if argument in OF_THE_TEAM or name.startswith("account")
    }
    unknown = ask(browsers[STRANGER], method, name, **arguments)
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert told(foreign) == told(unknown)


def told(answer: Any) -> list[str]:
    """What a page says, without what differs in every answer."""
    lines = answer.content.decode().splitlines()
    return [line for line in lines if "csrf" not in line.lower() and "request" not in line.lower()]


def test_strangers_see_their_own_team_only(browsers: Browsers) -> None:
    for name in (
        "home",
        "policies",
        "reviews",
        "accounts",
        "members",
        "tokens",
        "audit",
        "released_warnings",
    ):
        page = browsers[STRANGER].get(example(name)).content.decode()
        for word in ("/policies/1/", "reviewer2", "1234567890123456", "Apollo", "nightly"):
            assert word not in page, (name, word)


def test_a_removed_member_is_refused_with_the_next_request(browsers: Browsers) -> None:
    assert browsers["author2"].get(example("policies")).status_code == 200
    browsers["admin"].post(example("member_remove", username="author2"))
    assert browsers["author2"].get(example("policies")).status_code == 403
    assert browsers["author2"].get(example("preferences")).status_code == 200


def test_parts_of_an_address_belong_together(browsers: Browsers) -> None:
    other = make_policy(person("author"), "elsewhere", targets=()).pk
    assert browsers["admin"].get(example("policy_target", policy_id=other)).status_code == 404
    assert browsers["admin"].get(example("policy_download", policy_id=other)).status_code == 404
    assert browsers["admin"].get(example("revision", policy_id=other, number=2)).status_code == 404


@pytest.mark.parametrize("name", sorted(named()))
def test_methods_that_are_not_declared_are_405_with_allow(name: str, browsers: Browsers) -> None:
    declared, address = set(access_of(named()[name])), example(name)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - declared:
        answer = browsers["admin"].generic(method, address)
        assert answer.status_code == 405
        assert declared <= set(answer["Allow"].split(", "))
