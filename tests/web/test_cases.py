"""The pages of saved cases: saved from a question, listed with their results, run elsewhere, removed."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import Client

from policystudio.audit.models import Event
from policystudio.cases.models import Case
from policystudio.demo.people import DEVELOPMENT, REGIONS
from policystudio.policies.models import Policy
from policystudio.teams.models import User

KEY = f"acs:kms:{REGIONS[0]}:{DEVELOPMENT}:key/key-1"
TYPED = {
    "name": "The application decrypts",
    "expectation": "allow",
    "scope": "policy",
    "where": "everywhere",
    "note": "daily job",
}


def browser_of(username: str) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username=username))
    return browser


@pytest.fixture
def author(demo: None) -> Client:
    return browser_of("author")


@pytest.fixture
def policy(demo: None) -> Policy:
    return Policy.objects.get(name="crypto-user")


def question(policy: Policy, **more: str) -> str:
    return urlencode({"policy": policy.pk, "action": "kms:Decrypt", "resource": KEY, **more})


def save(browser: Client, policy: Policy, **typed: str) -> Case:
    answer = browser.post(f"/cases/new/?{question(policy)}", {**TYPED, **typed})
    assert answer.status_code == 302, answer.content.decode()
    return Case.objects.order_by("-pk")[0]


def test_a_question_is_saved_and_listed_with_its_result(author: Client, policy: Policy) -> None:
    offered = author.get(f"/simulator/?{question(policy)}").content.decode()
    assert "/cases/new/?" in offered
    assert author.get(f"/cases/new/?{question(policy)}").status_code == 200
    case = save(author, policy)
    assert (case.policy, case.expectation, case.added_by_name) == (policy, "allow", "author")
    assert Event.objects.order_by("-pk")[0].action == "case.added"
    for address in ("/cases/", f"/cases/{case.pk}/"):
        page = author.get(address).content.decode()
        assert case.name in page
        assert "as expected" in page


def test_a_question_about_a_target_becomes_one_about_every_target_or_stays(
    author: Client, policy: Policy
) -> None:
    case = save(author, policy)
    assert (case.resource, case.account) == ("acs:kms:${region}:${account}:key/key-1", "")
    place = {"account": DEVELOPMENT, "region": REGIONS[0]}
    asked = question(policy, **place)
    assert f"only in {DEVELOPMENT} {REGIONS[0]}" in author.get(f"/cases/new/?{asked}").content.decode()
    typed = {**TYPED, "name": "Only there", "where": "there"}
    assert author.post(f"/cases/new/?{asked}", typed).status_code == 302
    case = Case.objects.get(name="Only there")
    assert (case.resource, case.account, case.region) == (KEY, DEVELOPMENT, REGIONS[0])
    page = author.get(f"/cases/{case.pk}/").content.decode()
    assert "as expected" in page
    assert author.post(f"/cases/new/?{question(policy)}", typed).status_code == 422


def test_a_case_is_run_against_another_revision_and_target(author: Client, policy: Policy) -> None:
    case = save(author, policy)
    row = {"policy": policy.pk, "was": policy.pk, "revision": "1", "target": f"{DEVELOPMENT}|{REGIONS[0]}"}
    answer = author.post(f"/cases/{case.pk}/", row)
    assert f"revision=1&account={DEVELOPMENT}&region={REGIONS[0]}" in answer["Location"]
    assert "revision 1" in author.get(answer["Location"]).content.decode()
    narrowed = author.post("/cases/", row)
    assert "revision 1" in author.get(narrowed["Location"]).content.decode()
    for wrong in ("revision=99", "account=1", "revision=x"):
        assert author.get(f"/cases/{case.pk}/?{wrong}").status_code == 422
    assert author.get(f"/cases/?policy={policy.pk}&revision=99").status_code == 422


def test_all_cases_are_run_against_the_newest_revisions(author: Client, policy: Policy) -> None:
    save(author, policy)
    answer = author.post("/cases/", {"policy": "", "was": "", "revision": "newest", "target": ""})
    assert answer["Location"] == "/cases/?revision=newest"
    assert f"revision {policy.newest_number}" in author.get(answer["Location"]).content.decode()
    assert author.get("/cases/?revision=7").status_code == 422


def test_a_case_for_the_team_is_asked_of_any_policy(author: Client, policy: Policy) -> None:
    form = author.get(f"/cases/new/?{question(policy)}").content.decode()
    assert "every policy of the team" not in form
    refused = author.post(f"/cases/new/?{question(policy)}", {**TYPED, "scope": "team"})
    assert refused.status_code == 422
    reviewer = browser_of("reviewer")
    case = save(reviewer, policy, scope="team", name="Any name")
    assert case.policy is None
    assert "choose a policy" in author.get(f"/cases/{case.pk}/").content.decode()
    assert "as expected" in author.get(f"/cases/{case.pk}/?policy={policy.pk}").content.decode()
    assert author.get(f"/cases/{case.pk}/?policy=0").status_code == 422
    remove = f"/cases/{case.pk}/remove/"
    for page in (f"/cases/{case.pk}/", f"/policies/{policy.pk}/tests/"):
        assert [remove in each.get(page).content.decode() for each in (author, reviewer)] == [False, True]
    assert author.post(remove, {"version": "1"}).status_code == 403
    assert reviewer.post(remove, {"version": "1"}).status_code == 302


def test_what_is_wrong_is_said_and_what_was_typed_stays(author: Client, policy: Policy) -> None:
    save(author, policy)
    for typed in ({}, {"name": ""}, {"expectation": "perhaps"}, {"name": "x" * 200}, {"scope": "world"}):
        answer = author.post(f"/cases/new/?{question(policy)}", {**TYPED, **typed})
        assert answer.status_code == 422
        assert "daily job" in answer.content.decode()
    malformed = author.post(f"/cases/new/?{question(policy, action='Decrypt')}", {**TYPED, "name": "other"})
    assert malformed.status_code == 422
    assert Case.objects.filter(policy=policy).count() == 1


def test_viewer_reads_and_stranger_finds_nothing(author: Client, policy: Policy) -> None:
    case = save(author, policy)
    viewer, stranger = browser_of("viewer"), browser_of("stranger")
    page = viewer.get(f"/cases/{case.pk}/")
    assert page.status_code == 200
    assert "Remove this case" not in page.content.decode()
    assert viewer.post(f"/cases/{case.pk}/remove/", {"version": "1"}).status_code == 403
    assert stranger.get(f"/cases/{case.pk}/").status_code == 404
    assert stranger.get(f"/cases/new/?{question(policy)}").status_code == 404
    assert case.name not in stranger.get("/cases/").content.decode()


def test_a_case_is_removed_once_by_whoever_has_seen_it(author: Client, policy: Policy) -> None:
    case = save(author, policy)
    assert author.post(f"/cases/{case.pk}/remove/", {"version": "7"}).status_code == 412
    assert author.post(f"/cases/{case.pk}/remove/", {"version": "1"}).status_code == 302
    assert author.get(f"/cases/{case.pk}/").status_code == 404
    assert Event.objects.order_by("-pk")[0].action == "case.removed"
