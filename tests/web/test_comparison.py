"""The page that compares documents: the answer first, each line with its statement and its question."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client

from policystudio.policies.models import Policy
from policystudio.teams.models import User
from policystudio.web.asking.packing import packed
from tests.factories import source_text

NARROW, WIDE = (
    source_text(actions=actions).replace("${region}", "cn-hangzhou").replace("${account}", "1234567890123456")
    for actions in (("kms:Encrypt",), ("kms:Encrypt", "kms:Decrypt"))
)


@pytest.fixture
def author(demo: None) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="author"))
    return browser


def compared(browser: Client, status: int = 200, **given: str) -> str:
    answer = browser.get(f"/compare/?{urlencode(given)}")
    assert answer.status_code == status
    return answer.content.decode()


def test_what_is_new_leads_and_can_be_asked(author: Client) -> None:
    page = compared(author, before_document=packed(NARROW), after_document=packed(WIDE))
    assert page.index("Grants new access") < page.index('name="before_policy"')
    assert "kms:Decrypt" in page
    assert 'href="#after_document-0-L' in page
    addresses = re.findall(r'href="(/simulator/[^"]+)"', page)
    asked = [address for address in addresses if "action=" in address]
    assert "verdict--allow" in author.get(unescape(asked[0])).content.decode()


def test_less_access_is_nothing_new(author: Client) -> None:
    page = compared(author, before_document=packed(WIDE), after_document=packed(NARROW))
    assert "Grants nothing new" in page
    assert "No longer allowed" in page
    same = compared(author, before_document=packed(WIDE), after_document=packed(WIDE))
    assert "Grants nothing new and takes nothing away" in same


def test_stored_documents_are_compared_with_pasted_ones_and_with_nothing(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    page = compared(author, before_policy=str(policy.pk), after_document=packed(WIDE))
    assert f"/policies/{policy.pk}/revisions/" in page
    assert "counts as new" in compared(author, after_policy=str(policy.pk))


def test_the_form_becomes_the_address(author: Client) -> None:
    row = {"policy": "", "revision": "", "target": "", "was": ""}
    sent = {f"{side}_{name}": value for side in ("before", "after") for name, value in row.items()}
    answer = author.post("/compare/", {**sent, "before_text": NARROW, "after_text": WIDE})
    assert answer.status_code == 302
    assert "Grants new access" in author.get(answer["Location"]).content.decode()
    assert author.post("/compare/", sent)["Location"] == "/compare/"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"before_policy": "0"}, "before_policy-0"),
        ({"after_document": "?"}, "after_text-0"),
        ({"after_document": packed("[]")}, "after_text-0"),
    ],
)
def test_what_is_wrong_is_said_at_its_side(author: Client, given: dict[str, str], field: str) -> None:
    page = compared(author, 422, **given)
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page


def test_what_cannot_be_told_says_why(author: Client) -> None:
    strange = WIDE.replace('"Resource"', '"Condition": {"StringNear": {"acs:SourceVpc": "a"}}, "Resource"')
    page = compared(author, before_document=packed(NARROW), after_document=packed(strange))
    assert "cannot be told" in page
