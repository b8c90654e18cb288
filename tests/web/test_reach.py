"""The page that shows what is reached in several steps: ways with links, pictures, and what the model leaves out."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from policystudio.analysis.escalation import LEFT_OUT
from policystudio.analysis.escalation.transition import transitions
from policystudio.policies.models import Policy
from policystudio.teams.models import User
from policystudio.web.asking import step_words
from policystudio.web.asking.packing import packed

HEAD = "acs:kms:cn-hangzhou:1234567890123456:"


def document(*statements: dict[str, Any]) -> str:
    made = [{"Effect": "Allow", "Resource": f"{HEAD}key/*", **each} for each in statements]
    return json.dumps({"Version": "1", "Statement": made}, indent=2)


TAGGED = document(
    {"Action": "kms:TagResource"},
    {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Apollo"}}},
)


@pytest.fixture
def author(demo: None) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="author"))
    return browser


def shown(browser: Client, **given: str) -> str:
    answer = browser.get(f"/reach/?{urlencode(given)}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_way_has_its_steps_statements_requests_and_a_picture_in_words(author: Client) -> None:
    page = shown(author, document=packed(TAGGED))
    assert "1 way leads in several steps" in page
    assert page.index("stands for all keys") < page.index("set the tags") < page.index("decrypt with")
    assert 'href="#document-0-L' in page
    assert re.search(r'<svg[^>]*role="img"[^>]*aria-label="[^"]*1\. set the tags', page)
    asked = [address for address in re.findall(r'href="(/simulator/[^"]+)"', page) if "action=" in address]
    for address in asked:
        assert "verdict--allow" in author.get(unescape(address)).content.decode()
    assert "kms%3Atag%2FProject%3DApollo" in "".join(asked)


def test_a_no_says_what_the_model_leaves_out(author: Client) -> None:
    page = shown(author, document=packed(document({"Action": "kms:DescribeKey"})))
    assert "Nothing is reached in several steps" in page
    assert "Not reachable in this model" in page
    assert LEFT_OUT[1] in page


def test_what_is_in_doubt_is_not_shown_as_reached(author: Client) -> None:
    doubtful = {"ForAnyValue:StringEquals": {"acs:Team": "a"}}
    page = shown(author, document=packed(document({"Action": "kms:Decrypt", "Condition": doubtful})))
    assert "Not all of it can be told" in page
    assert "Directly, with one request" not in page


def test_stored_documents_are_judged_with_pasted_ones(author: Client) -> None:
    policy = Policy.objects.get(name="tag-scoped-crypto-user")
    stored = {
        "policy": str(policy.pk),
        "revision": "newest",
        "account": "1234567890123456",
        "region": "cn-hangzhou",
    }
    assert "Nothing is reached in several steps" in shown(author, **stored)
    page = shown(author, document=packed(document({"Action": "kms:TagResource"})), **stored)
    assert "1 way leads in several steps" in page
    assert f"/policies/{policy.pk}/revisions/" in page


def test_a_form_becomes_an_address_and_faults_stay_with_what_was_typed(author: Client) -> None:
    sent = author.post("/reach/", {"text": TAGGED})
    assert sent.status_code == 302
    assert sent["Location"].startswith("/reach/?document=")
    answer = author.get(f"/reach/?{urlencode({'document': packed('{')})}")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="text-0"' in page
    assert "The answer" not in page


def test_every_step_and_what_is_left_out_can_be_translated() -> None:
    assert {each.text for each in transitions().values()} == set(step_words.STEPS)
    assert set(LEFT_OUT) == set(step_words.LEFT_OUT)
