"""Pages of waivers: asking from a finding, deciding in a review, and looking after those that nobody needs."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.review.services.propose import propose
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver
from policystudio.waivers.services.decide_waiver import accept_waiver
from tests.factories import make_policy, source_text
from tests.waivers.findings import DANGEROUS, REPEATED, finding_of, request, security_codes, soon
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db

CODE = "repeated-action"
FORM = {"reason": "the old client cannot do better", "until": soon().isoformat()}


@pytest.fixture
def repeating(ada: Viewer, development: Account) -> Policy:
    return make_policy(ada, "repeating", source=REPEATED)


def address(policy: Policy) -> str:
    mark = finding_of(policy, CODE).fingerprint
    return f"/policies/{policy.pk}/waivers/new/?fingerprint={mark}"


def test_a_waiver_is_asked_for_from_its_finding(ada: Viewer, repeating: Policy) -> None:
    browser = browser_of(ada)
    assert CODE in browser.get(address(repeating)).content.decode()
    done = browser.post(address(repeating), FORM)
    waiver = Waiver.objects.get()
    assert done["Location"] == f"/waivers/{waiver.pk}/"
    assert (waiver.code, waiver.reason, waiver.until) == (CODE, FORM["reason"], soon())
    assert "Waits for a reviewer" in browser.get(f"/policies/{repeating.pk}/?tab=waivers").content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"reason": " "}, "reason"), ({"until": "31.1.2030"}, "until"), ({"until": "2020-01-01"}, "until")],
)
def test_what_was_typed_stays_when_it_is_refused(
    ada: Viewer, repeating: Policy, typed: dict[str, str], field: str
) -> None:
    refused = browser_of(ada).post(address(repeating), {**FORM, **typed})
    assert refused.status_code == 422
    assert refused.context["errors"].keys() == {field}
    assert refused.context["until"] == {**FORM, **typed}["until"]


def test_asking_twice_says_so_beside_what_was_typed(ada: Viewer, repeating: Policy) -> None:
    browser = browser_of(ada)
    browser.post(address(repeating), FORM)
    again = browser.post(address(repeating), FORM)
    assert again.status_code == 409
    assert again.context["reason"] == FORM["reason"]


def test_without_a_finding_there_is_a_choice_of_those_that_can_be_waived(
    ada: Viewer, repeating: Policy
) -> None:
    browser, base = browser_of(ada), f"/policies/{repeating.pk}/waivers/new/"
    chosen = browser.get(base)
    assert CODE in [each.finding.code for each in chosen.context["findings"]]
    assert browser.get(f"{base}?fingerprint=gone").context["is_gone"]
    assert browser.post(f"{base}?fingerprint=gone", FORM).status_code == 409


def test_a_reviewer_decides_on_the_page_of_the_review_and_comes_back_to_it(
    ada: Viewer, rui: Viewer, repeating: Policy
) -> None:
    waiver = request(ada, repeating, CODE)
    review = propose(by=ada, policy=repeating, message="please look")
    browser, page = browser_of(rui), f"/reviews/{review.pk}/"
    shown = browser.get(page)
    assert [line.why_not for line in shown.context["waivers"]] == [""]
    assert f"/waivers/{waiver.pk}/accept/" in shown.content.decode()
    approval = {"verdict": "approve", "digest": shown.context["stands"].digest, "body": ""}
    assert browser.post(f"{page}decide/", approval).status_code == 409
    done = browser.post(f"/waivers/{waiver.pk}/accept/", {"to": "review", "remark": "fine"})
    assert done["Location"] == f"{page}#waivers"
    assert browser.get(page).context["waivers"] == []
    assert browser.post(f"{page}decide/", approval).status_code == 302


def test_authors_read_why_they_may_not_decide(ada: Viewer, rui: Viewer, repeating: Policy) -> None:
    waiver = request(rui, repeating, CODE)
    for viewer in (ada, rui):
        page = browser_of(viewer).get(f"/waivers/{waiver.pk}/")
        assert page.context["line"].why_not
        assert f"/waivers/{waiver.pk}/accept/" not in page.content.decode()
    refused = browser_of(rui).post(f"/waivers/{waiver.pk}/accept/")
    assert refused.status_code == 403
    assert "you asked for this waiver" in refused.content.decode()


def test_a_waiver_is_refused_and_ended_from_its_page(ada: Viewer, rui: Viewer, repeating: Policy) -> None:
    first = request(ada, repeating, CODE)
    browser_of(rui).post(f"/waivers/{first.pk}/refuse/", {"remark": "mend it", "to": "https://evil.example"})
    first.refresh_from_db()
    assert (first.state, first.remark) == ("refused", "mend it")
    second = request(ada, repeating, CODE)
    done = browser_of(ada).post(f"/waivers/{second.pk}/end/", {"to": "policy"})
    assert done["Location"] == f"/policies/{repeating.pk}/?tab=waivers"


def test_a_waiver_that_nothing_needs_raises_an_alarm_on_policy_and_start_page(
    ada: Viewer, rui: Viewer, vera: Viewer, repeating: Policy
) -> None:
    waiver = accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    page = f"/policies/{repeating.pk}/"
    assert browser_of(ada).get(page).context["alarms"] == []
    revise(by=ada, policy=repeating, source=source_text(), message="mended")
    [alarm] = browser_of(ada).get(page).context["alarms"]
    assert alarm.is_unused
    assert [(each.pk, state) for each, state, _ in browser_of(ada).get("/").context["waivers"]] == [
        (waiver.pk, "unused")
    ]
    assert browser_of(vera).get("/").context["waivers"] == []


def test_an_expired_waiver_waits_on_the_start_page(ada: Viewer, rui: Viewer, repeating: Policy) -> None:
    waiver = accept_waiver(by=rui, waiver=request(ada, repeating, CODE))
    Waiver.objects.update(until=date(2020, 1, 1))
    assert [(each.pk, state) for each, state, _ in browser_of(ada).get("/").context["waivers"]] == [
        (waiver.pk, "expired")
    ]


def test_reviewers_find_what_waits_for_them_on_the_start_page(
    ada: Viewer, rui: Viewer, repeating: Policy
) -> None:
    waiver = request(rui, repeating, CODE)
    assert browser_of(rui).get("/").context["waivers"] == []
    assert browser_of(ada).get("/").context["waivers"] == []
    Waiver.objects.update(requested_by=ada.user)
    assert [each.pk for each, _, _ in browser_of(rui).get("/").context["waivers"]] == [waiver.pk]


def test_waivers_are_listed_by_state(vera: Viewer, ada: Viewer, repeating: Policy) -> None:
    request(ada, repeating, CODE)
    browser = browser_of(vera)
    for state, count in (("", 1), ("requested", 1), ("accepted", 0), ("unused", 0), ("odd", 1)):
        assert len(browser.get(f"/waivers/?state={state}").context["lines"]) == count


def test_the_list_needs_the_same_queries_for_any_number_of_waivers(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    def make(n: int) -> None:
        policy = make_policy(ada, f"app-{n}", source=REPEATED)
        accept_waiver(by=rui, waiver=request(ada, policy, CODE))

    browser = browser_of(rui)
    make(0)
    browser.get("/waivers/")
    with CaptureQueriesContext(connection) as first:
        browser.get("/waivers/")
    for n in range(1, 5):
        make(n)
    with CaptureQueriesContext(connection) as second:
        browser.get("/waivers/")
    assert len(second) <= len(first)


def test_security_warnings_that_are_waived_stand_in_nobodys_way(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_policy(ada, "dangerous", source=DANGEROUS, message="")
    for code in security_codes(policy):
        accept_waiver(by=rui, waiver=request(ada, policy, code))
    review = propose(by=ada, policy=policy)
    conditions = browser_of(rui).get(f"/reviews/{review.pk}/").context["conditions"]
    assert all(each.is_met for each in conditions if "reason" in each.text.lower())


def test_the_form_that_proposes_asks_no_reason_for_what_is_waived(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_policy(ada, "dangerous", source=DANGEROUS, message="")
    page = f"/policies/{policy.pk}/propose/"
    assert any(row.reason_name for row in browser_of(ada).get(page).context["result"].rows)
    for code in security_codes(policy):
        request(ada, policy, code)
    shown = browser_of(ada).get(page).context["result"]
    assert not any(row.reason_name for row in shown.rows)
    assert not any("reason" in each for each in shown.obstacles)
