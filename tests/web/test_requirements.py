"""A policy from requests: nothing typed is lost, nothing is widened unasked, and what is accepted can be taken back."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from policystudio.analysis.requirements.generalisation import kinds
from policystudio.analysis.testing.files import read_tests
from policystudio.policies.models import Policy
from policystudio.teams.models import User
from policystudio.web.asking.requirements import MOST_ROWS, SAYS

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/a"
ALL = "all:key:cn-hangzhou:1234567890123456"
LINE = f"kms:Decrypt {KEY} acs:SourceIp=10.0.0.1"
PAGE = "/policies/requests/"


@pytest.fixture
def author(demo: None) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="author"))
    return browser


def sent(browser: Client, status: int = 200, /, **form: Any) -> str:
    answer = browser.post(PAGE, form)
    assert answer.status_code == status
    return answer.content.decode()


def source(page: str) -> str:
    found = re.search(r'name="source" value="([^"]*)"', page)
    return unescape(found[1]) if found else ""


def values(page: str, name: str) -> list[str]:
    return [unescape(each) for each in re.findall(rf'name="{name}" value="([^"]*)"', page)]


def test_it_is_a_way_to_begin_a_policy(author: Client) -> None:
    assert f'href="{PAGE}"' in author.get("/policies/new/").content.decode()
    assert author.get(PAGE).status_code == 200


def test_the_document_allows_the_requests_and_the_text_stays(author: Client) -> None:
    page = sent(author, text=f"{LINE}\nkms:Nothing *\nhello\n")
    [statement] = json.loads(source(page))["Statement"]
    assert (statement["Action"], statement["Resource"]) == (["kms:Decrypt"], [KEY])
    assert "<code>hello</code>" in page
    assert "kms:Nothing" in page
    assert f"{LINE}\nkms:Nothing *\nhello" in unescape(page)


def test_a_widening_is_accepted_and_taken_back_by_one_button(author: Client) -> None:
    first = sent(author, text=LINE)
    assert ALL in values(first, "accept")
    assert not values(first, "accepted")
    wide = sent(author, text=LINE, accept=ALL)
    assert values(wide, "accepted") == [ALL]
    assert KEY[:-1] + "*" in source(wide)
    assert source(sent(author, text=LINE, accepted=[ALL], revoke=ALL)) == source(first)


def test_what_no_longer_applies_is_told_and_dropped(author: Client) -> None:
    page = sent(author, text=LINE, accepted=["all:secret:x:1"])
    assert "No longer of use" in page
    assert not values(page, "accepted")


def test_a_request_that_is_not_ticked_is_not_allowed(author: Client) -> None:
    text = f"{LINE}\nkms:Encrypt {KEY}"
    decrypt, encrypt = values(sent(author, text=text), "take")
    page = sent(author, text=text, row=[decrypt, encrypt], take=[encrypt])
    assert "kms:Decrypt" not in source(page)
    assert "kms:Encrypt" in source(page)


def test_what_was_refused_is_allowed_only_when_it_is_ticked(author: Client) -> None:
    text = f"You are not authorized to do this action. Resource: {KEY} Action: kms:Decrypt"
    page = sent(author, text=text)
    assert source(page) == ""
    [row] = values(page, "row")
    assert "kms:Decrypt" in source(sent(author, text=text, row=row, take=row))


def test_fields_add_a_line_and_a_missing_action_is_told(author: Client) -> None:
    new = {"new_action": "kms:Decrypt", "new_resource": KEY, "new_context": "kms:tag/Name=two words\n"}
    page = sent(author, **{"text": LINE, "action": "add", **new})
    assert len(json.loads(source(page))["Statement"]) == 2
    assert "two words" in source(page)
    again = sent(author, 422, text=LINE, action="add", new_resource=KEY)
    assert 'value="' + KEY in again
    assert LINE in again


@pytest.mark.parametrize(
    ("context", "told"),
    [
        ("kms:tag/Name=a\u3000b", None),
        ("=10.0.0.1", "condition key has a name"),
        ("acs:SourceIp=10.0.0.1\nacs:SourceIp=10.0.0.2", "is given twice"),
    ],
)
def test_nothing_that_a_request_carries_is_lost_on_the_way_from_the_fields(
    author: Client, context: str, told: str | None
) -> None:
    """A document without it would allow more than was asked."""
    page = sent(author, action="add", new_action="kms:Decrypt", new_resource=KEY, new_context=context)
    if told is not None:
        assert (source(page), told in page) == ("", True)
        return
    [statement] = json.loads(source(page))["Statement"]
    assert statement["Condition"] == {"StringEquals": {"kms:tag/Name": ["a\u3000b"]}}


def test_nothing_typed_is_told(author: Client) -> None:
    page = sent(author, 422, text=" ", accepted=[ALL])
    assert 'href="#text"' in page
    assert values(page, "accepted") == [ALL]


def test_the_editor_takes_the_document_over_with_its_targets(author: Client) -> None:
    page = sent(author, text=LINE)
    [target] = values(page, "targets")
    assert target == "1234567890123456|cn-hangzhou"
    form = {"source": source(page), "targets": target, "message": values(page, "message")[0]}
    editor = author.post("/policies/editor/", {**form, "action": "check"}).content.decode()
    assert KEY in editor
    saved = author.post("/policies/editor/", {**form, "name": "from-requests", "action": "save"})
    assert saved.status_code == 302
    assert json.loads(Policy.objects.get(name="from-requests").revisions.get().source) == json.loads(
        source(page)
    )


def test_the_requests_can_be_taken_along_as_tests(author: Client) -> None:
    answer = author.post(f"{PAGE}tests/", {"text": f"{LINE}\nkms:Nothing *"})
    assert answer["Content-Disposition"].startswith("attachment")
    [test] = read_tests(answer.content.decode()).tests
    assert (test.test.request.resource, test.test.expectation) == (KEY, "allow")
    assert (test.test.account, test.test.region) == ("1234567890123456", "cn-hangzhou")


def test_of_many_requests_some_are_listed_and_all_are_allowed(author: Client) -> None:
    text = "\n".join(f"kms:Decrypt {KEY}{number}" for number in range(MOST_ROWS + 5))
    page = sent(author, text=text)
    assert len(values(page, "take")) == MOST_ROWS
    assert len(json.loads(source(page))["Statement"][0]["Resource"]) == MOST_ROWS + 5


def test_a_document_of_some_of_the_requests_does_not_pass_for_one_of_all(author: Client) -> None:
    whole = "It allows exactly what was asked."
    assert whole in sent(author, text=LINE)
    assert whole not in sent(author, text=f"{LINE}\nkms:Nothing *\n")
    assert whole not in sent(author, text=f"{LINE}\nhello\n")


def test_the_text_is_sent_as_it_is_so_that_it_may_be_as_long_as_the_page_says(author: Client) -> None:
    """Escaped for an address, a text of trail events is up to three times as long."""
    event = {
        "eventName": "Decrypt",
        "serviceName": "Kms",
        "acsRegion": "cn-hangzhou",
        "recipientAccountId": "1234567890123456",
        "requestParameters": {"KeyId": "a"},
        "requestId": "0" * 24,
    }
    events = json.dumps({"Events": [event] * 8_000})
    assert 1_400_000 < len(events) < 2_000_000
    assert "8000 ×" in sent(author, text=events)
    assert 'enctype="multipart/form-data"' in author.get(PAGE).content.decode()


def test_a_choice_is_kept_when_others_come_before_it(author: Client) -> None:
    page = sent(author, text=LINE)
    more = "".join(f"kms:Decrypt {KEY}{n}\n" for n in range(MOST_ROWS))
    page = sent(author, text=f"{more}{LINE}", row=values(page, "row"), action="read")
    assert f'"{KEY}"' not in source(page)
    page = sent(author, text=f"{more}{LINE}", row=values(page, "row"), take=values(page, "take")[1:])
    assert f'"{KEY}"' not in source(page)


def test_markup_in_a_request_is_text(author: Client) -> None:
    page = sent(author, text=f"kms:Decrypt {KEY} kms:tag/a=<script>alert(1)</script>\n<b>bold</b>")
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_every_sentence_of_a_kind_is_marked_for_translation() -> None:
    assert {says for kind in kinds().values() for says in kind.says} == {str(each) for each in SAYS}


def test_a_document_that_is_too_long_to_store_is_still_shown_and_can_be_widened(author: Client) -> None:
    text = "\n".join(f"kms:Decrypt {KEY}{number}-{'x' * 150}" for number in range(1_400))
    page = sent(author, text=text)
    assert ALL in values(page, "accept")
    assert "longer than can be stored" in page
    assert "Go on with this document" not in page
    assert "Go on with this document" in sent(author, text=text, accept=ALL)
