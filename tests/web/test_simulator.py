"""The simulator's page: the question in the address, the answer with its evidence, and what nearly fits."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from policystudio.demo.people import DEVELOPMENT, REGIONS
from policystudio.policies.models import Policy
from policystudio.teams.models import User
from policystudio.web.asking.packing import packed

DOCUMENT = json.dumps(
    {
        "Version": "1",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": "kms:Decrypt",
                "Resource": "acs:kms:cn-hangzhou:1234567890123456:key/*",
                "Condition": {"IpAddress": {"acs:SourceIp": "203.0.113.0/24"}},
            },
            {"Effect": "Deny", "Action": "kms:Delete*", "Resource": "*"},
        ],
    },
    indent=2,
)
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"


@pytest.fixture
def author(demo: None) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="author"))
    return browser


def ask(browser: Client, status: int = 200, **given: Any) -> str:
    """The page for a question."""
    answer = browser.get("/simulator/", given)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_address_with_a_pasted_document_gives_the_answer_and_the_deciding_statement(
    author: Client,
) -> None:
    page = ask(
        author,
        document=packed(DOCUMENT),
        action="kms:Decrypt",
        resource=KEY,
        context="acs:SourceIp=203.0.113.9",
    )
    assert "verdict--allow" in page
    assert "trace__statement--deciding" in page
    assert 'href="#document-0-L4"' in page
    assert 'id="document-0-L4"' in page


def test_a_denial_leads_to_the_request_that_is_allowed(author: Client) -> None:
    page = ask(author, document=packed(DOCUMENT), action="kms:Decrypt", resource=KEY)
    assert "verdict--deny" in page
    assert "all but <code>acs:SourceIp</code> fits" in page
    [address] = re.findall(r'near__ask"><a class="button button--small" href="([^"]+)"', page)
    changed = parse_qs(urlsplit(unescape(address)).query)
    assert changed["context"] == ["acs:SourceIp=203.0.113.1"]
    assert "verdict--allow" in author.get(unescape(address)).content.decode()


def test_a_stored_policy_is_asked_by_revision_and_target(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    for revision in ("released", "newest", "1", ""):
        page = ask(
            author,
            policy=policy.pk,
            revision=revision,
            account=DEVELOPMENT,
            region=REGIONS[0],
            action="kms:Decrypt",
            resource=f"acs:kms:{REGIONS[0]}:{DEVELOPMENT}:key/key-1",
        )
        assert "verdict--" in page
        assert f"/policies/{policy.pk}/revisions/" in page


def test_a_pattern_where_a_name_is_asked_for_is_answered_with_a_warning(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    given: dict[str, Any] = {"policy": str(policy.pk), "account": DEVELOPMENT, "region": REGIONS[0]}
    key = f"acs:kms:{REGIONS[0]}:{DEVELOPMENT}:key/k"
    told = "is taken as a name, wildcards and all"
    assert told in ask(author, **given, action="kms:*", resource=key)
    assert told not in ask(author, **given, action="kms:Decrypt", resource=key)


def test_the_form_becomes_the_address(author: Client) -> None:
    sent = {
        "policy": "",
        "revision": "",
        "target": "",
        "was": "",
        "text": DOCUMENT,
        "action": "kms:Decrypt",
        "type": "key",
        "name": "key-1",
        "region_part": "cn-hangzhou",
        "account_part": "1234567890123456",
        "resource": "",
        "key": ["acs:SourceIp", "acs:MFAPresent"],
        "value": ["203.0.113.9", ""],
    }
    answer = author.post("/simulator/", sent)
    assert answer.status_code == 302
    found = parse_qs(urlsplit(answer["Location"]).query)
    assert found["resource"] == [KEY]
    assert found["context"] == ["acs:SourceIp=203.0.113.9"]
    assert "verdict--allow" in author.get(answer["Location"]).content.decode()
    assert urlsplit(answer["Location"]).fragment == "answer"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"policy": "0"}, "policy-0"),
        ({"policy": "x"}, "policy-0"),
        ({"policy": "9" * 40}, "policy-0"),
        ({"document": "!!"}, "text-0"),
        ({"document": packed("{")}, "text-0"),
        ({"document": packed("x" * 70_000)}, "text-0"),
        ({"document": packed(DOCUMENT), "action": "Decrypt", "resource": KEY}, "action"),
        ({"document": packed(DOCUMENT), "action": "kms:Decrypt", "resource": "key-1"}, "resource"),
        ({"document": packed(DOCUMENT), "action": "kms:Decrypt", "resource": "acs:kms:::key/x"}, "resource"),
        ({"document": packed(DOCUMENT), "action": "kms:Decrypt", "resource": ""}, "resource"),
        ({"document": packed(DOCUMENT), "resource": KEY}, "action"),
        ({"document": packed(DOCUMENT), "action": "kms:A", "resource": KEY, "context": "=1"}, "key-0"),
        ({"action": "kms:Decrypt", "resource": KEY}, "policy-0"),
        ({"action": "kms:" + "x" * 300, "resource": KEY, "document": packed(DOCUMENT)}, "action"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(
    author: Client, given: dict[str, str], field: str
) -> None:
    page = ask(author, 422, **given)
    assert f'href="#{field}"' in page
    assert f'id="{field}"' in page
    assert "verdict--" not in page
    for name in ("action", "resource"):
        assert name not in given or not given[name] or f'value="{given[name]}"' in page


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"revision": "99"}, "revision-0"),
        ({"revision": "-1"}, "revision-0"),
        ({"account": "1"}, "target-0"),
        ({"account": DEVELOPMENT, "region": "nowhere"}, "target-0"),
    ],
)
def test_a_wrong_revision_or_target_is_said_at_its_field(
    author: Client, given: dict[str, str], field: str
) -> None:
    policy = Policy.objects.get(name="crypto-user")
    assert f'href="#{field}"' in ask(author, 422, policy=policy.pk, **given)


def test_a_policy_of_another_team_is_none(author: Client) -> None:
    stranger = Client()
    stranger.force_login(User.objects.get(username="stranger"))
    policy = Policy.objects.get(name="crypto-user")
    page = ask(stranger, 422, policy=policy.pk)
    assert "crypto-user" not in page


def test_an_unknown_answer_says_what_would_decide_it(author: Client) -> None:
    page = ask(
        author, document=packed(DOCUMENT), action="kms:Decrypt", resource=KEY, context="acs:SourceIp=here"
    )
    assert "verdict--unknown" in page
    assert "What would decide it" in page


def test_hostile_texts_stay_texts(author: Client) -> None:
    given = {"action": "<script>alert(1)</script>", "resource": '"><b id=x>', "context": "<i>=<u>"}
    page = ask(author, 422, document=packed(DOCUMENT), **given)
    assert "<script>alert" not in page
    assert "<b id=x>" not in page
    assert "<u>" not in page


def test_several_policies_are_judged_together(author: Client) -> None:
    both = list(Policy.objects.filter(released_number__isnull=False, team__slug="demo")[:2])
    query = urlencode(
        [("policy", policy.pk) for policy in both] + [("action", "kms:Decrypt"), ("resource", KEY)]
    )
    page = author.get(f"/simulator/?{query}").content.decode()
    assert all(f"{policy.name}, revision" in page for policy in both)


def filled(text: str | list[str], **more: Any) -> dict[str, Any]:
    """The form with a pasted document."""
    row = {"policy": "", "revision": "", "target": "", "was": ""}
    written = {"type": "text", "resource": KEY, "action": "kms:Decrypt", "key": [], "value": []}
    return {**row, **written, "text": text, **more}


def padded(characters: int) -> str:
    """A document that does not get much shorter when it is packed."""
    noise = "".join(f"{number * 2654435761 % 2**32:08x}" for number in range(characters // 8))
    return json.dumps(
        json.loads(DOCUMENT)
        | {
            "Statement": json.loads(DOCUMENT)["Statement"]
            + [{"Effect": "Allow", "Action": f"oss:{noise}", "Resource": "*"}]
        }
    )


def test_an_address_of_usual_length_is_gone_to_and_a_longer_question_is_answered_without(
    author: Client,
) -> None:
    near = author.post("/simulator/", filled(padded(7000)))
    assert near.status_code == 302
    assert 4000 < len(near["Location"]) < 7600
    assert "verdict--deny" in author.get(near["Location"]).content.decode()
    far = author.post("/simulator/", filled(padded(40_000)))
    assert far.status_code == 200
    page = far.content.decode()
    assert "verdict--deny" in page
    assert "too long for an address" in page
    assert "near__ask" not in page


def test_what_is_too_much_is_told_and_what_was_typed_stays(author: Client) -> None:
    page = author.post("/simulator/", filled("x" * 70_000))
    assert page.status_code == 422
    assert 'href="#text-0"' in page.content.decode()
    many = author.post("/simulator/", filled([DOCUMENT] * 11))
    assert many.status_code == 422
    assert "At most 20 policies and 10 pasted documents" in many.content.decode()


def test_an_empty_text_is_sent_only_where_that_is_said(author: Client) -> None:
    context = {"key": ["acs:SourceVpc", "acs:SourceIp"], "value": ["", ""]}
    missing = author.post("/simulator/", filled(DOCUMENT, **context))["Location"]
    assert "context" not in missing
    sent = author.post("/simulator/", filled(DOCUMENT, **context, empty="acs:SourceVpc"))["Location"]
    assert parse_qs(urlsplit(sent).query, keep_blank_values=True)["context"] == ["acs:SourceVpc="]
    assert 'name="empty" value="acs:SourceVpc" checked' in author.get(sent).content.decode()


def test_targets_that_were_offered_for_another_policy_are_dropped(author: Client) -> None:
    first, other = Policy.objects.filter(team__slug="demo").order_by("pk")[:2]
    sent = filled("", policy=other.pk, was=first.pk, target=f"{DEVELOPMENT}|nowhere", revision="99")
    found = parse_qs(urlsplit(author.post("/simulator/", sent)["Location"]).query)
    assert found["policy"] == [str(other.pk)]
    assert not {"account", "region", "revision"} & set(found)


def test_a_long_address_leads_a_visitor_to_the_login_page_without_it(demo: None) -> None:
    visitor = Client()
    short = visitor.get("/simulator/", {"document": packed(DOCUMENT)})
    assert "next=" in short["Location"]
    long = visitor.get("/simulator/", {"document": packed(padded(7000))})
    assert long["Location"] == "/login/"
