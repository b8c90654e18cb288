"""Writing a policy in sentences: read while one types, refused with buttons, and nothing typed is lost on any way."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from policystudio.policies.models import Policy
from policystudio.teams.models import User

PAGE = "/policies/new/sentences/"
SENTENCE = "Allows decrypting with every key in the target's region and account."
CHINESE = "允许对目标地域、目标账号的所有密钥执行以下操作：解密。"
STATEMENT = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:${region}:${account}:key/*"}


@pytest.fixture
def author(demo: None) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(username="author"))
    return browser


def sent(browser: Client, status: int = 200, path: str = PAGE, **form: Any) -> str:
    answer = browser.post(path, {"language": "en", **form})
    assert answer.status_code == status
    return answer.content.decode()


def typed(page: str) -> str:
    found = re.search(r'<textarea[^>]*id="sentences"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)
    assert found is not None
    return unescape(found[1])


def choices(page: str) -> list[str]:
    return [unescape(value) for value in re.findall(r'name="choose" value="([^"]*)" data-choice', page)]


def test_the_page_offers_a_beginning_and_sentences_to_begin_with(author: Client) -> None:
    assert PAGE in author.get("/policies/new/").content.decode()
    page = author.get(PAGE).content.decode()
    assert typed(page) == ""
    first = sent(author, choose=choices(page)[0], sentences="")
    assert typed(first) == SENTENCE
    assert typed(sent(author, choose=choices(page)[0], sentences="x")) == f"x\n{SENTENCE}"


def test_sentences_become_a_policy(author: Client) -> None:
    sent(
        author,
        302,
        sentences=SENTENCE.replace("every key", "EVERY  key").rstrip("."),
        name="said-plainly",
        action="save",
        targets="1234567890123456|cn-hangzhou",
        region_mode="separate",
    )
    policy = Policy.objects.get(name="said-plainly")
    assert json.loads(policy.revisions.get().source)["Statement"] == [STATEMENT]


def test_what_is_wrong_is_said_at_the_field_and_a_button_cures_it(author: Client) -> None:
    wrong = SENTENCE.replace("decrypting", "decryptng")
    form: dict[str, Any] = {
        "sentences": f"{SENTENCE}\r\n{wrong}",
        "name": "kept-name",
        "description": "kept words",
    }
    page = sent(author, 422, action="save", **form)
    assert typed(page) == f"{SENTENCE}\n{wrong}"
    assert "line 2, column 8" in page
    assert "kept-name" in page
    assert "kept words" in page
    assert not Policy.objects.filter(name="kept-name").exists()
    cured = sent(author, choose=choices(page)[0], **form)
    assert typed(cured) == f"{SENTENCE}\n{SENTENCE}"
    assert "line 2, column" not in cured


def test_words_that_are_too_much_are_left_out_by_a_button_that_says_so(author: Client) -> None:
    given = SENTENCE.rstrip(".") + ", if the key's tag `A` is `b`"
    form: dict[str, Any] = {
        "sentences": f"{given} (or the request carries no such condition key)",
        "action": "check",
    }
    page = author.post(PAGE, {"language": "en", **form}).content.decode()
    assert "Leave these words out" in page
    assert typed(sent(author, choose=choices(page)[0], **form)) == given
    User.objects.filter(username="author").update(language="zh-hans")
    assert "删去这几个字" in author.post(PAGE, {"language": "en", **form}).content.decode()


def test_a_choice_for_another_text_changes_nothing(author: Client) -> None:
    stale = json.dumps([0, 3, "Nev", "Always"])
    odd = '[0, 6, "Allows", null]', "[" * 100_000, "[0, 1e400, 1, 1]", '[-1, -1, "", {}]'
    for value in (stale, "nonsense", "[1]", "null", *odd):
        assert typed(sent(author, choose=value, sentences="Allows x")) == "Allows x"


def test_the_result_and_the_problems_come_while_one_types(author: Client) -> None:
    page = sent(author, path=f"{PAGE}preview/", sentences=SENTENCE)
    assert 'id="shown-L1"' in page
    assert 'id="sentences_error" hx-swap-oob="true"' in page
    page = sent(author, path=f"{PAGE}preview/", sentences=f"{SENTENCE}\nForbids")
    assert "Understood so far" in page
    assert "line 2, column 1" in page


def test_words_are_offered_for_the_cursor(author: Client) -> None:
    answer = author.post(f"{PAGE}completions/", {"text": "Allows decr on", "cursor": "11", "language": "en"})
    assert {"text": "decrypting", "start": 7, "end": 11, "about": "kms:Decrypt"} in answer.json()[
        "completions"
    ]
    chinese = author.post(f"{PAGE}completions/", {"text": "绝", "language": "zh-hans"})
    assert [each["text"] for each in chinese.json()["completions"]] == ["不允许"]
    assert (
        author.post(f"{PAGE}completions/", {"text": "", "cursor": "99999", "language": "fr"}).status_code
        == 200
    )


def test_the_other_language_says_the_same(author: Client) -> None:
    there = sent(author, say="zh-hans", sentences=SENTENCE)
    assert typed(there) == CHINESE
    assert 'name="language" value="zh-hans"' in there
    assert typed(sent(author, say="en", sentences=CHINESE, language="zh-hans")) == SENTENCE
    unread = sent(author, say="zh-hans", sentences="Forbids")
    assert typed(unread) == "Forbids"
    assert 'name="language" value="en"' in unread


def test_the_page_begins_in_the_language_of_the_interface(author: Client) -> None:
    User.objects.filter(username="author").update(language="zh-hans")
    assert 'name="language" value="zh-hans"' in author.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("to", "address"), [("json", "/policies/editor/"), ("statements", "/policies/new/custom/")]
)
def test_other_editors_go_on_with_what_was_said(author: Client, to: str, address: str) -> None:
    form = {"sentences": SENTENCE, "language": "en", "name": "carried-over", "action": "check"}
    led = author.post(f"{PAGE}?to={to}", form)
    assert (led.status_code, led["Location"]) == (307, address)
    there = author.post(address, form).content.decode()
    assert "kms:Decrypt" in there
    assert "carried-over" in there
    kept = sent(author, 422, path=f"{PAGE}?to={to}", **{**form, "sentences": "Forbids"})
    assert typed(kept) == "Forbids"


def test_a_document_of_another_editor_is_said_in_sentences(author: Client) -> None:
    source = json.dumps({"Version": "1", "Statement": [{"Sid": "Keys", **STATEMENT}]})
    page = sent(author, source=source, name="carried-over")
    assert typed(page) == SENTENCE
    assert "One statement had a Sid" in page
    assert "carried-over" in page
    broken = author.post(PAGE, {"source": "{", "name": "x"})
    assert (broken.status_code, broken["Location"]) == (307, "/policies/editor/")


def test_markup_in_sentences_is_harmless(author: Client) -> None:
    text = "Allows <script>alert(1)</script> `</textarea><b>` \u202e"
    page = sent(author, 422, sentences=text, action="save")
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page
    assert typed(page) == text


def test_the_next_revision_is_written_in_sentences(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    page = f"/policies/{policy.pk}/edit/sentences/"
    first = author.get(page).content.decode()
    text = typed(first)
    assert text == SENTENCE.replace("every key", "every key and every alias")
    version = re.search(r'name="version" value="(\d+)"', first)
    assert version is not None
    form = {"version": version[1], "message": "narrower", "action": "save"}
    wrong = sent(author, 422, path=page, sentences=text.replace("decrypting", "decryptng"), **form)
    assert "narrower" in wrong
    before = policy.revisions.count()
    sent(author, 302, path=page, sentences=SENTENCE, **form)
    assert json.loads(policy.revisions.order_by("-number")[0].source)["Statement"] == [STATEMENT]
    assert policy.revisions.count() == before + 1
    stale = sent(author, 412, path=page, sentences=text, **form)
    assert typed(stale) == text


def test_both_ways_between_the_editors_of_a_policy(author: Client) -> None:
    policy = Policy.objects.get(name="crypto-user")
    here = f"/policies/{policy.pk}/edit/"
    form: dict[str, Any] = {"action": "check", "version": policy.version, "message": "kept message"}
    source = json.dumps({"Version": "1", "Statement": [STATEMENT]})
    led = author.post(f"{here}statements/?to=sentences", {**form, "source": source})
    assert (led.status_code, led["Location"]) == (307, f"{here}sentences/")
    page = sent(author, path=f"{here}sentences/", **form, source=source)
    assert typed(page) == SENTENCE
    assert "kept message" in page
    back = author.post(f"{here}sentences/?to=json", {**form, "sentences": SENTENCE, "language": "en"})
    assert (back.status_code, back["Location"]) == (307, f"{here}json/")
    there = author.post(f"{here}json/", {**form, "sentences": SENTENCE, "language": "en"}).content.decode()
    assert "kms:Decrypt" in there
    assert "kept message" in there
    result = sent(author, path=f"{here}sentences/preview/", sentences=SENTENCE)
    assert 'id="shown-L1"' in result
