"""Access denied: what is pasted is understood and kept, the cause leads, and the change opens as a draft."""

from __future__ import annotations

import functools
import json
import re
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from policystudio.accounts.models import Account
from policystudio.analysis.repairing import Suspect, Way, diagnose
from policystudio.analysis.reported import Kind
from policystudio.audit.models import Event
from policystudio.policies.models import Policy, Revision
from policystudio.ram.canonical import text_of
from policystudio.teams.models import User
from policystudio.teams.viewer import Viewer
from policystudio.web.asking.packing import packed
from policystudio.web.denied.pasted import KINDS
from policystudio.web.denied.words import SUSPECTS, WAYS
from tests import factories
from tests.analysis.reported import texts
from tests.analysis.reported.texts import ACCOUNT, KEY
from tests.web.people import browser_of

DENIED = "/denied/"
ROW = {"policy": "", "revision": "", "target": "", "was": ""}


@pytest.fixture
def author(demo: None) -> Client:
    return browser("author")


def browser(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=name))
    return client


def page_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()
    return unescape(answer.content.decode())


def pasted(client: Client, text: str, status: int = 200, **more: str) -> str:
    """The page after the text was pasted and read."""
    return page_of(client.post(DENIED, {"seen": text, "do": "read", **ROW, **more}), status)


def document(**statement: Any) -> str:
    one = {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [KEY], **statement}
    return text_of({"Version": "1", "Statement": [one]})


def asked(client: Client, *documents: str, status: int = 200, **question: str) -> str:
    """The page that an address gives, about pasted documents."""
    query = {"action": "kms:Decrypt", "resource": KEY, **question}
    pairs = [*query.items(), *(("document", packed(each)) for each in documents)]
    return page_of(client.get(f"{DENIED}?{urlencode(pairs)}"), status)


def test_the_page_begins_with_a_box_and_a_tab(author: Client) -> None:
    page = page_of(author.get(DENIED))
    assert 'name="seen"' in page
    assert re.search(r'href="/denied/"[^>]*aria-current', page)
    assert 'id="change"' not in page


def test_what_was_pasted_is_kept_and_becomes_the_question(author: Client) -> None:
    text = json.dumps(texts.diagnostic(), indent=1)
    page = pasted(author, text)
    assert "A decoded diagnostic" in page
    assert text in page
    assert 'value="kms:Decrypt"' in page
    assert 'value="203.0.113.7"' in page
    assert 'id="answer"' in page
    assert "verdict__word" in page


def test_markup_that_is_pasted_is_only_shown(author: Client) -> None:
    text = f"<script>alert(1)</script> NoPermission kms:Decrypt {KEY} <img src=x onerror=alert(1)>"
    answer = author.post(DENIED, {"seen": text, "do": "read", **ROW})
    assert "<script>alert(1)" not in answer.content.decode()
    assert text in page_of(answer)


@pytest.mark.parametrize("part", ["[", '{"', "\x00", "<b>", "NoPermission Decrypt ", "é\u202e"])
def test_a_megabyte_is_answered_and_kept(author: Client, part: str) -> None:
    text = part * (900_000 // len(part.encode()))
    answer = author.post(DENIED, {"seen": text, "do": "read", **ROW})
    assert answer.status_code in (200, 422)
    assert len(answer.content) > len(text)


def test_what_is_too_long_is_said_and_kept(author: Client) -> None:
    page = pasted(author, "x" * (1024 * 1024 + 1), 422)
    assert 'href="#seen_text"' in page


def test_what_says_nothing_is_kept_and_the_request_can_be_typed(author: Client) -> None:
    page = pasted(author, "hello")
    assert "Nothing in it says which request was refused" in page
    assert "hello</textarea>" in page


def test_another_of_several_requests_is_taken(author: Client) -> None:
    text = f"kms:Decrypt {KEY}\nkms:Encrypt {KEY}"
    assert 'name="which" value="1"' in pasted(author, text)
    page = page_of(author.post(DENIED, {"seen": text, "which": "1", **ROW}))
    assert 'id="action" name="action" value="kms:Encrypt"' in page


def test_fields_that_were_changed_go_before_the_text(author: Client) -> None:
    form = {"type": "text", "resource": KEY, "action": "kms:Encrypt", "do": "ask", **ROW}
    page = page_of(author.post(DENIED, {"seen": json.dumps(texts.diagnostic()), **form}))
    assert 'id="action" name="action" value="kms:Encrypt"' in page


def test_the_cause_leads_and_says_what_to_do(author: Client) -> None:
    deny = document(Effect="Deny", Resource=["*"])
    assert "The cause lies outside" in asked(author, document())
    page = asked(author, document(), deny)
    assert "A statement denies it" in page
    assert 'id="change"' not in page
    assert "Nearly allowed" in asked(author, document(Resource=[KEY + "2"]))
    assert "Nothing allows it" in asked(author)


def test_the_refusal_names_who_refused(author: Client) -> None:
    page = pasted(author, json.dumps(texts.diagnostic(NoPermissionPolicyType="ControlPolicy")))
    assert "A control policy of the resource directory" in page


def test_a_deny_elsewhere_that_the_refusal_tells_leads_and_nothing_is_proposed(author: Client) -> None:
    page = pasted(author, json.dumps(texts.diagnostic(ExplicitDeny=True)))
    assert "Denied elsewhere" in page
    assert 'id="change"' not in page


def test_that_there_are_more_policies_than_are_looked_at_is_said(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = json.dumps(texts.diagnostic())
    assert "more of them" not in pasted(author, refusal)
    monkeypatch.setattr("policystudio.web.denied.candidates.MOST_LOOKED_AT", 2)
    page = pasted(author, refusal)
    assert "2 policies are released" not in page
    assert "There are more of them" in page


def test_a_key_that_is_not_said_is_asked_for(author: Client) -> None:
    limited = document(Condition={"Bool": {"acs:MFAPresent": "true"}})
    page = asked(author, limited)
    assert "Something is not said" in page
    assert "The cause lies outside" in asked(author, limited, context="acs:MFAPresent=true")


def test_the_change_of_a_pasted_document_has_its_proof_and_its_text(author: Client) -> None:
    page = asked(author, document(Resource=[KEY + "2"]))
    change = page[page.index('id="change"') :]
    assert "Grants new access" in change
    assert KEY in change
    assert 'id="diff-L' in change


def test_the_change_of_a_stored_policy_opens_as_a_draft_with_placeholders(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    released = policy.released_number
    address = {"policy": policy.pk, "action": "kms:ScheduleKeyDeletion", "resource": KEY}
    page = page_of(author.get(f"{DENIED}?{urlencode(address)}"))
    assert released is not None
    form = page[page.index(f'action="/policies/{policy.pk}/edit/json/"') :]
    source = re.search(r'name="source" value="(.*?)">', form, re.DOTALL)
    version = re.search(r'name="version" value="([0-9]+)"', form)
    assert source is not None
    assert version is not None
    assert "acs:kms:${region}:${account}:key/key-1" in source[1]
    assert "kms:ScheduleKeyDeletion" in source[1]
    message = re.search(r'name="message" value="(.*?)">', form)
    assert message is not None
    assert ACCOUNT not in message[1]
    assert "${account}:key/key-1" in message[1]
    before = Revision.objects.count()
    sent = {"source": source[1], "version": version[1], "message": "x", "action": "check"}
    draft = page_of(author.post(f"/policies/{policy.pk}/edit/json/", sent))
    assert "kms:ScheduleKeyDeletion" in draft
    assert Revision.objects.count() == before


@pytest.mark.parametrize("way", [Way.NEW_STATEMENT, Way.NEW_STATEMENT_FREE])
def test_the_draft_of_a_newer_revision_does_what_the_page_says(author: Client, way: Way) -> None:
    policy = Policy.objects.get(name="crypto-user")
    assert policy.released_number != policy.revisions.latest("number").number
    address = {
        "policy": policy.pk,
        "action": "kms:ScheduleKeyDeletion",
        "resource": KEY,
        "context": "acs:SourceIp=203.0.113.7",
    }
    page = page_of(author.get(f"{DENIED}?{urlencode(address)}"))
    numbers = ["0", *re.findall(r'name="change" value="([0-9])"', page)]
    pages = [page_of(author.get(f"{DENIED}?{urlencode({**address, 'change': each})}")) for each in numbers]
    changes = [each[each.index('id="change"') :] for each in pages]
    (change,) = [each for each in changes if f"<strong>{WAYS[way]}</strong>" in each]
    source = re.search(r'name="source" value="(.*?)">', change, re.DOTALL)
    assert source is not None
    added = json.loads(source[1])["Statement"][-1]
    assert added["Action"] == "kms:ScheduleKeyDeletion"
    assert ("Condition" in added) is (way is Way.NEW_STATEMENT)


def test_without_a_policy_the_change_is_a_new_one(author: Client) -> None:
    page = asked(author)
    assert 'action="/policies/editor/"' in page
    assert "acs:kms:${region}:${account}:key/key-1" in page


def test_a_viewer_sees_the_change_and_has_no_button(author: Client) -> None:
    page = asked(browser("viewer"), document(Resource=[KEY + "2"]))
    assert 'id="change"' in page
    assert "Open as a" not in page


def test_policies_that_nearly_allow_it_are_chosen_by_themselves(author: Client) -> None:
    refused = texts.diagnostic(AuthAction="kms:Decrypt", AuthResource=KEY.replace("key-1", "key-9"))
    page = pasted(author, json.dumps(refused))
    chosen = re.findall(r'<option value="([0-9]+)" selected>', page)
    names = {Policy.objects.get(pk=int(each)).name for each in chosen}
    assert names
    assert "full-access" not in names
    assert "released for this account and region" in page


def test_a_policy_is_added_by_its_button(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    form = {"type": "text", "resource": KEY, "action": "kms:Decrypt", **ROW}
    page = page_of(author.post(DENIED, {**form, "add": f"{policy.pk}|{ACCOUNT}|cn-hangzhou"}))
    assert f'<option value="{policy.pk}" selected>' in page


def test_another_change_can_be_looked_at(author: Client) -> None:
    limited = document(Condition={"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}})
    first = asked(author, limited, context="acs:SourceIp=203.0.113.7")
    assert "The smallest change" in first
    assert "Another change" in asked(author, limited, context="acs:SourceIp=203.0.113.7", change="1")


def test_what_was_not_compared_is_not_called_the_smallest(
    author: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "The smallest change" in asked(author, document(Resource=[KEY + "2"]))
    in_no_time = functools.partial(diagnose, milliseconds=0)
    monkeypatch.setattr("policystudio.web.pages.denied.diagnose", in_no_time)
    page = asked(author, document(Resource=[KEY + "2"]))
    assert "Not every change could be compared." in page
    assert "smallest change</h2>" not in page
    assert "kms:Decrypt" in page[page.index('id="change"') :]


def test_another_policy_can_be_changed_instead(author: Client) -> None:
    documents = (document(Resource=[KEY + "2"]), document(Action=["kms:Encrypt"], Resource=[KEY + "3"]))
    page = asked(author, *documents)
    assert 'name="into" value="1"' in page
    page = asked(author, *documents, into="1")
    assert "Every single change of this policy was tried" in page
    assert 'name="into" value="0"' in page
    assert "kms:Encrypt" in page[page.index('id="diff-L') :]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"action": "nonsense"}, "action"),
        ({"resource": "nonsense"}, "resource"),
        ({"resource": "acs:kms:::key/a"}, "resource"),
        ({"policy": "0"}, "policy-0"),
        ({"document": "?"}, "text-0"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(author: Client, question: dict[str, str], field: str) -> None:
    assert f'href="#{field}"' in asked(author, status=422, **question)


def test_nothing_is_stored(author: Client) -> None:
    before = Event.objects.count(), Revision.objects.count()
    pasted(author, json.dumps(texts.diagnostic()))
    assert (Event.objects.count(), Revision.objects.count()) == before


def test_a_policy_of_another_team_is_not_looked_at(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    page = page_of(
        browser("stranger").get(f"{DENIED}?policy={policy.pk}&action=kms:Decrypt&resource={KEY}"), 422
    )
    assert "crypto-user" not in page


def test_the_simulator_leads_here_with_its_question(author: Client) -> None:
    query = urlencode(
        [("action", "kms:Decrypt"), ("resource", KEY), ("document", packed(document(Resource=[KEY + "2"])))]
    )
    simulator = page_of(author.get(f"/simulator/?{query}"))
    address = re.search(r'href="(/denied/[^"#]+)', simulator)
    assert address is not None
    assert "Nearly allowed" in page_of(author.get(address[1]))


def test_policies_that_are_not_chosen_cost_no_query(
    ada: Viewer, rui: Viewer, development: Account, django_assert_max_num_queries: Any
) -> None:
    place = [(factories.DEVELOPMENT, factories.HANGZHOU)]
    for number in range(2):
        factories.make_released(ada, rui, name=f"app-{number}", targets=place)
    client = browser_of(ada)
    resource = KEY.replace(ACCOUNT, factories.DEVELOPMENT)
    address = f"{DENIED}?{urlencode({'action': 'kms:Nothing', 'resource': resource})}"
    with CaptureQueriesContext(connection) as few:
        page_of(client.get(address))
    for number in range(2, 6):
        factories.make_released(ada, rui, name=f"app-{number}", targets=place)
    with django_assert_max_num_queries(len(few)):
        page = page_of(client.get(address))
    assert "6 policies are released" in page


def test_everything_that_can_be_said_has_words() -> None:
    assert set(SUSPECTS) == set(Suspect)
    assert set(WAYS) == set(Way)
    assert set(KINDS) == set(Kind)
