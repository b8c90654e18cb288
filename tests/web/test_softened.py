"""Reviewers are told which findings the team's severities hide or make less grave, by whom, when and why."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from policystudio.policies.judging import judge
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.review.services.propose import propose
from policystudio.standards.services.reset_severity import reset_severity
from policystudio.standards.services.set_severity import set_severity
from policystudio.standards.softened import softened
from policystudio.web.templatetags.shell import waiting_count
from tests.factories import approve, make_policy
from tests.waivers.findings import REPEATED, now
from tests.waivers.findings import request as ask

pytestmark = pytest.mark.django_db

CODE = "repeated-action"


@pytest.fixture
def policy(ada, development):
    return make_policy(ada, source=REPEATED)


def taken(policy):
    policy = now(policy)
    validation = judge(policy, newest_revision(policy), targets_of(policy))
    return [
        (each.code, each.count, each.severity, each.default) for each in softened(policy.team_id, validation)
    ]


def test_what_is_off_is_hidden_and_told_with_count_and_setting(max_, policy):
    assert taken(policy) == []
    set_severity(by=max_, code=CODE, severity="off", reason="it is noise")
    assert taken(policy) == [(CODE, 1, "off", "suggestion")]


def test_what_is_raised_is_not_told_as_softened(max_, policy):
    set_severity(by=max_, code=CODE, severity="warning", reason="it matters")
    assert taken(policy) == []


def test_review_page_and_policy_page_name_the_hidden_code_and_the_history_tells_a_later_change(
    ada, rui, max_, policy
):
    review = propose(by=ada, policy=policy, message="please")
    approve(rui, review)
    client = Client()
    client.force_login(rui.user)
    before = client.get(f"/reviews/{review.pk}/").content.decode()
    assert "data-softened" not in before
    set_severity(by=max_, code=CODE, severity="off", reason="it is noise")
    for address in (f"/reviews/{review.pk}/", f"/policies/{policy.pk}/?tab=findings"):
        page = client.get(address).content.decode()
        assert "data-softened" in page
        assert "it is noise" in page
    page = client.get(f"/reviews/{review.pk}/").content.decode()
    assert f"changed the severity of {CODE} after an approval: it is noise" in page


def told(client, review):
    page = client.get(f"/reviews/{review.pk}/")
    assert ("data-lightened" in page.content.decode()) == bool(page.context["lightened"])
    return [(each.code, each.count, each.before, each.after, each.by) for each in page.context["lightened"]]


def test_while_an_approval_counts_the_review_tells_what_it_saw_graver(ada, rui, max_, policy):
    set_severity(by=max_, code=CODE, severity="warning", reason="it matters")
    review = propose(by=ada, policy=policy, message="please")
    client = Client()
    client.force_login(rui.user)
    set_severity(by=max_, code=CODE, severity="error", reason="it matters much")
    set_severity(by=max_, code=CODE, severity="warning", reason="it matters")
    assert told(client, review) == []
    approve(rui, review)
    assert told(client, review) == []
    reset_severity(by=max_, code=CODE)
    assert told(client, review) == [(CODE, 1, "warning", "suggestion", max_.actor_name)]
    set_severity(by=max_, code=CODE, severity="off", reason="it is noise")
    assert told(client, review) == [(CODE, 1, "warning", "off", max_.actor_name)]
    set_severity(by=max_, code=CODE, severity="suggestion", reason="it is noise, mostly")
    assert told(client, review) == [(CODE, 1, "warning", "suggestion", max_.actor_name)]
    set_severity(by=max_, code=CODE, severity="security_warning", reason="it was not")
    assert told(client, review) == []


def test_a_form_for_no_finding_shows_the_findings_to_choose_from(ada, policy):
    client = Client()
    client.force_login(ada.user)
    answer = client.post(f"/policies/{policy.pk}/waivers/new/", {})
    assert answer.status_code == 422
    assert "Choose a finding." in answer.content.decode()


def test_viewers_read_a_severity_and_an_unknown_code_is_not_found(max_, vera, policy):
    set_severity(by=max_, code=CODE, severity="off", reason="it is noise")
    client = Client()
    client.force_login(vera.user)
    page = client.get(f"/severities/{CODE}/").content.decode()
    assert "it is noise" in page
    assert "<textarea" not in page
    assert client.get("/severities/nothing-says-this/").status_code == 404


def test_the_bell_counts_waivers_that_wait_for_the_viewer(ada, rui, policy):
    request = RequestFactory().get("/")
    request.viewer = rui  # type: ignore[attr-defined]
    assert waiting_count({"request": request}) == 0
    ask(ada, policy, CODE)
    request = RequestFactory().get("/")
    request.viewer = rui  # type: ignore[attr-defined]
    assert waiting_count({"request": request}) == 1


def test_the_api_tells_what_is_hidden_of_a_review(ada, rui, max_, policy):
    review = propose(by=ada, policy=policy, message="please")
    set_severity(by=max_, code=CODE, severity="off", reason="it is noise")
    client = Client()
    client.force_login(rui.user)
    [hidden] = client.get(f"/api/v1/reviews/{review.pk}/findings/").json()["hidden"]
    assert (hidden["code"], hidden["count"], hidden["severity"]) == (CODE, 1, "off")
    assert (hidden["set_by"], hidden["reason"]) == (max_.actor_name, "it is noise")
