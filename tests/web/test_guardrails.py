"""Pages of guardrails: writing one in the form, seeing what it stops, and exceptions in the review."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.ready import ready_guardrails
from policystudio.guardrails.services.switch_guardrail import switch_off
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, approve, make_released, source_text
from tests.guardrails.rules import ask, make_guardrail, make_on, never, only_from_office, soon

pytestmark = pytest.mark.django_db

FORM = {
    "kind": "never",
    "name": "Office",
    "why": "the auditors",
    "never.actions": "kms:Encrypt\nkms:Decrypt",
    "never.resources": "",
    "never.conditions.0.key": "",
    "never.conditions.0.operator": "Bool",
    "never.conditions.0.values": "",
    "unless.0.conditions.0.key": "acs:SourceIp",
    "unless.0.conditions.0.operator": "IpAddress",
    "unless.0.conditions.0.values": "10.0.0.0/8",
    "unless.1.actions": "",
    "scope.environments": "development, staging",
}


def browser_of(viewer: Viewer) -> Client:
    browser = Client()
    browser.force_login(viewer.user)
    return browser


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_guardrail_is_written_in_the_form_previewed_and_switched_on(max_: Viewer, policy: Policy) -> None:
    browser = browser_of(max_)
    done = browser.post("/guardrails/new/", FORM)
    guardrail = Guardrail.objects.get()
    assert done["Location"] == f"/guardrails/{guardrail.pk}/"
    assert guardrail.wording["unless"] == [
        {
            "actions": [],
            "resources": [],
            "conditions": [{"operator": "IpAddress", "key": "acs:SourceIp", "values": ["10.0.0.0/8"]}],
        }
    ]
    assert guardrail.wording["scope"]["environments"] == ["development", "staging"]
    page = text_of(browser.get(done["Location"]))
    assert policy.name in page
    assert "kms:Encrypt" in page
    assert "add the condition" in page
    [token] = re.findall(r'name="preview" value="([0-9a-f]{64})"', page)
    assert browser.post(f"/guardrails/{guardrail.pk}/on/", {"preview": "x"}).status_code == 409
    assert browser.post(f"/guardrails/{guardrail.pk}/on/", {"preview": token}).status_code == 302
    assert Guardrail.objects.get().is_on
    assert "On" in text_of(browser.get("/guardrails/"))
    form = text_of(browser.get(f"/guardrails/{guardrail.pk}/edit/"))
    assert "10.0.0.0/8" in form
    again = {**FORM, "never.actions": "kms:Encrypt", "version": str(guardrail.version + 1)}
    assert browser.post(f"/guardrails/{guardrail.pk}/edit/", {**again, "version": "1"}).status_code in (
        409,
        412,
    )
    assert browser.post(f"/guardrails/{guardrail.pk}/edit/", again).status_code == 302
    assert Guardrail.objects.get().is_changed
    assert "Put the new wording in force" in text_of(browser.get(f"/guardrails/{guardrail.pk}/"))
    assert browser.post(f"/guardrails/{guardrail.pk}/off/").status_code == 302
    version = Guardrail.objects.get().version
    assert browser.post(f"/guardrails/{guardrail.pk}/remove/", {"version": version}).status_code == 302
    assert browser.get(f"/guardrails/{guardrail.pk}/").status_code == 404


def test_what_is_wrong_stands_at_its_field_with_what_was_typed(max_: Viewer) -> None:
    wrong = {**FORM, "never.actions": "kms:Encrypt\nnothing", "unless.0.conditions.0.values": "here"}
    answer = browser_of(max_).post("/guardrails/new/", wrong)
    assert answer.status_code == 422
    page = text_of(answer)
    assert 'href="#never.actions"' in page
    assert 'href="#unless.0.conditions.0.values"' in page
    assert "cannot be read for IpAddress" in page
    assert not Guardrail.objects.exists()


def test_every_ready_made_one_and_every_kind_opens_in_the_form(max_: Viewer) -> None:
    browser = browser_of(max_)
    choice = text_of(browser.get("/guardrails/new/"))
    for slug in ready_guardrails():
        assert f"?ready={slug}" in choice
        assert browser.get(f"/guardrails/new/?ready={slug}").status_code == 200
    for kind in re.findall(r"\?kind=([a-z-]+)", choice):
        assert browser.get(f"/guardrails/new/?kind={kind}").status_code == 200
    page = text_of(browser.get("/guardrails/new/?ready=production-use-from-known-networks"))
    assert "203.0.113.0/24" in page


def test_an_exception_is_asked_for_from_the_review_and_granted_there(
    ada: Viewer, rui: Viewer, max_: Viewer, review: Review
) -> None:
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    approve(rui, review)
    page = text_of(browser_of(ada).get(f"/reviews/{review.pk}/"))
    assert "Guardrails that it breaks" in page
    assert f"/guardrails/{guardrail.pk}/except/?policy={review.policy_id}" in page
    refused = browser_of(ada).post(f"/reviews/{review.pk}/release/")
    assert refused.status_code == 409
    form = {"policy": review.policy_id, "reason": "a month", "until": soon().isoformat()}
    asked = browser_of(ada).post(f"/guardrails/{guardrail.pk}/except/", form)
    assert asked["Location"] == f"/reviews/{review.pk}/#guardrails"
    exemption = Exemption.objects.get()
    assert "a month" in text_of(browser_of(rui).get(f"/reviews/{review.pk}/"))
    granted = browser_of(max_).post(f"/exceptions/{exemption.pk}/grant/", {"to": "review", "remark": "fine"})
    assert granted["Location"] == f"/reviews/{review.pk}/#guardrails"
    assert "exception granted" in text_of(browser_of(ada).get(f"/reviews/{review.pk}/"))
    assert browser_of(ada).post(f"/reviews/{review.pk}/release/").status_code == 302


def test_a_refused_request_for_an_exception_keeps_what_was_typed(
    ada: Viewer, max_: Viewer, policy: Policy
) -> None:
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    browser, at = browser_of(ada), f"/guardrails/{guardrail.pk}/except/"
    assert browser.get(f"{at}?policy={policy.pk}").status_code == 200
    answer = browser.post(at, {"policy": policy.pk, "reason": "because", "until": soon(91).isoformat()})
    assert answer.status_code == 422
    assert "because" in text_of(answer)
    assert browser.post(at, {"policy": "x", "reason": "because", "until": "y"}).status_code == 422
    assert browser.post(at, {"policy": "987654", "reason": "because", "until": "y"}).status_code == 404
    own = ask(max_, guardrail, policy)
    assert browser_of(max_).post(f"/exceptions/{own.pk}/grant/").status_code == 403
    assert browser_of(ada).post(f"/exceptions/{own.pk}/end/").status_code == 302


def test_the_editor_tells_while_one_types(ada: Viewer, max_: Viewer, policy: Policy) -> None:
    make_on(max_, only_from_office("kms:Encrypt"))
    make_guardrail(max_, never("kms:*"), "is off")
    browser, at = browser_of(ada), f"/policies/{policy.pk}/edit/json/preview/"
    page = text_of(browser.post(at, {"source": source_text()}))
    assert "Breaks the guardrail" in page
    assert "is off" not in page
    page = text_of(browser.post(at, {"source": source_text(actions=("kms:Decrypt",))}))
    assert "Breaks the guardrail" not in page


def test_a_breach_leads_to_the_line_and_to_the_simulator(
    ada: Viewer, rui: Viewer, max_: Viewer, development: Any
) -> None:
    policy = make_released(ada, rui)
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    target = f"/policies/{policy.pk}/targets/{DEVELOPMENT}/{HANGZHOU}/"
    browser = browser_of(ada)
    page = text_of(browser.get(f"/guardrails/{guardrail.pk}/"))
    assert f'href="/policies/{policy.pk}/?tab=summary#source-L' in page
    source = source_text(key="key-hzz0000000000002", actions=("kms:Decrypt",))
    revise(by=ada, policy=policy, source=source, message="x")
    page = text_of(browser.get(f"/guardrails/{guardrail.pk}/"))
    [line] = re.findall(rf'href="({target}#released-L[0-9]+)"><code>/Statement/0</code>', page)
    assert f'id="released-L{line.rpartition("L")[2]}"' in text_of(browser.get(line))
    [question] = re.findall(r'href="(/simulator/\?[^"]+revision=released[^"]+)"', page)
    assert browser.get(html.unescape(question)).status_code == 200


def test_a_breach_in_a_review_leads_to_the_line(ada: Viewer, max_: Viewer, review: Review) -> None:
    make_on(max_, only_from_office("kms:Encrypt"))
    page = text_of(browser_of(ada).get(f"/reviews/{review.pk}/"))
    [line] = re.findall(r'href="(/policies/[0-9]+/\?tab=summary#source-L[0-9]+)"><code>/Statement/0', page)
    assert f'id="source-{line.rpartition("-")[2]}"' in text_of(browser_of(ada).get(line))


def test_the_page_tells_of_an_action_that_the_catalogue_does_not_know(max_: Viewer) -> None:
    guardrail = make_guardrail(max_, never("kms:Decript"))
    page = text_of(browser_of(max_).get(f"/guardrails/{guardrail.pk}/"))
    assert "The catalogue knows no such action" in page


def test_the_review_says_who_switched_a_guardrail_off(
    ada: Viewer, rui: Viewer, max_: Viewer, review: Review
) -> None:
    guardrail = make_on(
        max_,
        only_from_office("kms:Encrypt", scope={"environments": ["development"], "regions": [HANGZHOU]}),
    )
    at = f"/reviews/{review.pk}/"
    assert "was switched off in the 30 days before" not in text_of(browser_of(rui).get(at))
    switch_off(by=max_, guardrail=guardrail)
    page = text_of(browser_of(rui).get(at))
    assert "was switched off in the 30 days before" in page
    assert f"switched off by {max_.actor_name}" in page
    approve(rui, review)
    browser_of(max_).post(f"{at}release/")
    assert "was switched off in the 30 days before" in text_of(browser_of(rui).get(at))


def test_where_it_applies_is_ticked_and_what_is_stored_stays_ticked(max_: Viewer, policy: Policy) -> None:
    browser = browser_of(max_)
    boxes = {
        "scope.environments": ["development"],
        "scope.accounts": [DEVELOPMENT],
        "scope.regions": [HANGZHOU],
    }
    browser.post("/guardrails/new/", {**FORM, **boxes})
    guardrail = Guardrail.objects.get()
    assert guardrail.wording["scope"]["accounts"] == [DEVELOPMENT]
    form = text_of(browser.get(f"/guardrails/{guardrail.pk}/edit/"))
    for name, (value,) in boxes.items():
        assert f'<input type="checkbox" name="{name}" value="{value}" checked>' in form
    assert '<textarea class="input input--code" id="scope.regions"' not in form
    both = {**FORM, "scope.environments": ["development", "staging"], "version": str(guardrail.version)}
    browser.post(f"/guardrails/{guardrail.pk}/edit/", both)
    form = text_of(browser.get(f"/guardrails/{guardrail.pk}/edit/"))
    # No account is of this environment, and it is worded all the same.
    assert '<input type="checkbox" name="scope.environments" value="staging" checked>' in form
