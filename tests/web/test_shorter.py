"""The page that shortens documents: the proof first, each step with its line, storing it, and parts that fit."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from policystudio.demo.people import person
from policystudio.policies.models import Policy, Revision
from policystudio.policies.services.revise import revise
from policystudio.teams.models import User
from policystudio.web.asking.packing import packed

WIDE = {"Effect": "Allow", "Action": "kms:*", "Resource": "acs:kms:${region}:${account}:key/*"}
NARROW = {**WIDE, "Action": "kms:Decrypt"}
IDLE = {**WIDE, "Effect": "Deny", "Action": "oss:PutObject"}


def text(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "1", "Statement": list(statements)}, indent=2) + "\n"


LONG = text({**WIDE, "Resource": [f"acs:kms:*:*:key/{at:020}" for at in range(300)]})


@pytest.fixture
def author(demo: None) -> Client:
    return browser_of("author")


def browser_of(name: str) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username=name))
    return browser


@pytest.fixture
def policy(demo: None) -> Policy:
    """A policy whose newest revision says something twice."""
    found = Policy.objects.get(name="crypto-user")
    revise(by=person("author"), policy=found, source=text(WIDE, NARROW), reasons={"some-code": "why"})
    found.refresh_from_db()
    return found


def shown(browser: Client, status: Any = 200, **given: Any) -> str:
    answer = browser.get(f"/shorter/?{urlencode(given)}")
    assert answer.status_code == status
    return answer.content.decode()


def hidden(page: str) -> dict[str, str]:
    """The fields of the form that stores."""
    form = page[page.index("/shorter/store/") :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


def test_the_proof_leads_and_each_step_has_its_line(author: Client) -> None:
    page = shown(author, document=packed(text(WIDE, NARROW)))
    assert page.index("Allows and denies exactly the same") < page.index('name="policy"')
    assert "statement 1 says all of it" in page
    assert 'href="#document-0-L9"' in page
    assert 'id="document-0-L9"' in page


def test_what_is_as_short_as_it_can_be_says_so(author: Client) -> None:
    assert "Nothing can be left out" in shown(author, document=packed(text(WIDE)))


def test_an_idle_deny_goes_only_when_the_document_is_said_to_stand_alone(author: Client) -> None:
    given = {"document": packed(text(NARROW, IDLE))}
    assert "Nothing can be left out" in shown(author, **given)
    page = shown(author, **given, alone="1")
    assert "nothing that it denies is allowed" in page
    assert "as long as no other policy is attached" in page


def test_the_form_becomes_the_address(author: Client) -> None:
    sent = {"policy": "", "revision": "", "target": "", "was": "", "text": text(WIDE, NARROW), "alone": "1"}
    answer = author.post("/shorter/", sent)
    assert answer.status_code == 302
    assert "alone=1" in answer["Location"]
    assert "statement 1 says all of it" in author.get(answer["Location"]).content.decode()


def test_one_document_is_asked_for(author: Client, policy: Policy) -> None:
    assert 'href="#policy-0"' in shown(author, 422, policy=str(policy.pk), document=packed(text(WIDE)))
    assert author.post("/shorter/", {"text": " "}).status_code == 422
    assert 'href="#text-0"' in shown(author, 422, document=packed("[]"))
    assert 'href="#policy-0"' in shown(author, 422, policy="0")


def test_the_result_becomes_a_revision_with_the_reasons_of_the_one_before(
    author: Client, policy: Policy
) -> None:
    page = shown(author, policy=str(policy.pk), revision="newest")
    answer = author.post("/shorter/store/", {**hidden(page), "message": "shorter"})
    assert answer["Location"] == f"/policies/{policy.pk}/"
    newest = Revision.objects.filter(policy=policy).latest("number")
    assert (newest.source, newest.message, newest.reasons) == (text(WIDE), "shorter", {"some-code": "why"})
    assert newest.number == policy.newest_number + 1


def test_an_older_revision_and_a_viewer_are_offered_no_storing(author: Client, policy: Policy) -> None:
    revise(by=person("author"), policy=policy, source=text(WIDE, NARROW, NARROW))
    given = {"policy": str(policy.pk)}
    older = shown(author, **given, revision=str(policy.newest_number))
    assert "/shorter/store/" not in older
    assert f'href="/shorter/?policy={policy.pk}&amp;revision=newest#answer"' in older
    assert "/shorter/store/" in shown(author, **given, revision="newest")
    assert "/shorter/store/" not in shown(browser_of("viewer"), **given, revision="newest")


def test_a_policy_that_moved_on_is_not_overwritten(author: Client, policy: Policy) -> None:
    fields = hidden(shown(author, policy=str(policy.pk), revision="newest"))
    stale = author.post("/shorter/store/", {**fields, "version": str(policy.version - 1)})
    assert stale.status_code == 412
    revise(by=person("author2"), policy=policy, source=text(WIDE, NARROW, IDLE))
    count = Revision.objects.filter(policy=policy).count()
    answer = author.post("/shorter/store/", fields)
    assert answer.status_code == 409
    assert "nothing was stored" in answer.content.decode()
    assert Revision.objects.filter(policy=policy).count() == count


def test_only_the_result_that_was_looked_at_is_stored(author: Client, policy: Policy) -> None:
    fields = hidden(shown(author, policy=str(policy.pk), revision="newest"))
    assert author.post("/shorter/store/", {**fields, "sha256": "0" * 64}).status_code == 409
    long = author.post("/shorter/store/", {**fields, "message": "x" * 10_001})
    assert long.status_code == 422
    assert "Nothing was stored" in long.content.decode()


def test_what_is_too_long_comes_in_parts_with_a_proof(author: Client, policy: Policy) -> None:
    revise(by=person("author"), policy=policy, source=LONG)
    page = shown(author, policy=str(policy.pk), revision="newest")
    parts = re.findall(r'href="data:application/json[^"]*" download="([^"]+)"', page)
    assert parts == ["crypto-user-1.json", "crypto-user-2.json"]
    assert "all to be attached" in page
    assert page.count("proved in both directions") == 1


def test_parts_of_a_policy_with_the_longest_name_have_names_that_ram_takes(
    author: Client, policy: Policy
) -> None:
    policy.name = "n" * 128
    policy.save()
    revise(by=person("author"), policy=policy, source=LONG)
    page = shown(author, policy=str(policy.pk), revision="newest")
    assert re.findall(r'download="(n+-\d)\.json"', page) == [f"{'n' * 124}-{at}" for at in (1, 2)]


def test_what_cannot_be_split_says_which_statement(author: Client, policy: Policy) -> None:
    revise(
        by=person("author"),
        policy=policy,
        source=text(NARROW, {**WIDE, "Resource": "acs:kms:*:*:key/" + "x" * 7000}),
    )
    page = unescape(shown(author, policy=str(policy.pk), revision="newest"))
    assert "It cannot be split" in page
    assert "statement 2" in page


def test_a_text_made_to_confuse_stays_text(author: Client) -> None:
    hostile = text(WIDE, {**NARROW, "Action": "kms:<script>alert(1)</script>`${region}"})
    assert "<script>alert(1)" not in shown(author, document=packed(hostile))


def test_a_policy_over_the_limit_leads_here(author: Client, policy: Policy) -> None:
    revise(by=person("author"), policy=policy, source=LONG)
    address = f"/shorter/?policy={policy.pk}&amp;revision=newest"
    page = author.get(f"/policies/{policy.pk}/").content.decode()
    # The icon stands beside the text, as in every error.
    assert re.findall(r'<p class="field__error"><svg.*?</svg><span>[^<]*<a href="([^"]*)"', page) == [address]
