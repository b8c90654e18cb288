"""What holds for every page: a strict policy, one heading, no change by looking, and hostile texts that stay texts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from policystudio.accounts.services.create_account import create_account
from policystudio.demo.people import DEVELOPMENT, REGIONS, person
from policystudio.policies.models import Policy
from policystudio.policies.services.create_policy import create_policy
from policystudio.review.models import Review
from policystudio.review.services.comment import comment
from policystudio.review.services.propose import propose
from policystudio.teams.models import User
from policystudio.teams.permissions import Scope
from policystudio.teams.services.create_token import create_token
from policystudio.web.templatetags.texts import prose
from tests.factories import source_text
from tests.web.addresses import example, pages_to_get, routes

POLICY = {
    "default-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}
NOT_HTML = {
    "import_report",
    "policy_download",
    "policy_tests_export",
    "editor_completions",
    "statements_expand",
    "style_guide_answers",
}
HTML = [name for name in pages_to_get() if name not in NOT_HTML]
FIELD = re.compile(r"<textarea\b.*?</textarea>", re.DOTALL)
HOSTILE = {
    "script": "<script>alert('x')</script>\"><img src=x onerror=alert(1)>",
    "template": "{{ 7|add:7 }} {% load static %} ${region} %s {0} ${{7*7}}",
    "direction": "paid\u202efdp.exe\u202c \u2066left\u2069 \u200bunseen",
    "right-to-left": "سياسة المفاتيح \u05de\u05e4\u05ea\u05d7\u05d5\u05ea",
    "chinese": "密钥策略：仅允许解密",
    "long": "x" * 1000,
    "attribute": '" onmouseover="alert(1)" x=\'',
    "link": "javascript:alert(1)",
}


@pytest.fixture
def admin(demo: None) -> Client:
    """The browser of the demo's admin, who has a token."""
    create_token(by=person("admin"), name="nightly", scopes=[Scope.READ], days=30)
    browser = Client()
    browser.force_login(User.objects.get(username="admin"))
    return browser


class Elements(HTMLParser):
    """The start tags of a page, as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def unsafe_parts(page: str) -> list[str]:
    """What the Content-Security-Policy would refuse, or should have had to."""
    wrong = []
    for tag, attributes in Elements(page).found:
        is_data = attributes.get("type") == "application/json"
        is_ours = (attributes.get("src") or "").startswith("/static/")
        if tag == "style" or (tag == "script" and not is_data and not is_ours):
            wrong.append(f"inline {tag}")
        for name, value in attributes.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                wrong.append(f"{tag} {name}")
            is_address = name in {"href", "src", "action", "formaction", "hx-get", "hx-post"}
            if is_address and not (value or "").startswith(("/", "#", "?", "https://", "http://testserver/")):
                wrong.append(f"{tag} {name}={value}")
    return wrong


@pytest.mark.parametrize("name", HTML)
def test_a_page_keeps_to_the_strict_policy(name: str, admin: Client) -> None:
    answer = admin.get(example(name)) if name != "login" else Client().get(example(name))
    assert answer.status_code == 200
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert policy == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    assert unsafe_parts(page) == []
    assert len([tag for tag, _attributes in Elements(page).found if tag == "h1"]) == 1


@pytest.mark.parametrize("name", HTML)
def test_ids_are_unique_and_what_refers_to_them_finds_them(name: str, admin: Client) -> None:
    browser = admin if name != "login" else Client()
    found = Elements(browser.get(example(name)).content.decode()).found
    ids = [attributes["id"] for _tag, attributes in found if attributes.get("id")]
    assert len(ids) == len(set(ids)), ids
    for tag, attributes in found:
        for reference in (
            "for",
            "aria-labelledby",
            "aria-describedby",
            "popovertarget",
            "data-confirm",
            "data-dialog",
        ):
            for wanted in (attributes.get(reference) or "").split():
                assert wanted in ids, (tag, reference, wanted)
        if tag == "a" and (attributes.get("href") or "").startswith("#") and attributes["href"] != "#":
            assert str(attributes["href"])[1:] in ids, attributes


@pytest.mark.parametrize(
    "query", ["no-such=1", "q=%00", "page=-1&after=x&before=%FF&tab=%3Cscript%3E", "line=1e9&from=x"]
)
def test_unknown_and_odd_parameters_are_no_fault_of_ours(query: str, admin: Client) -> None:
    for name in pages_to_get():
        answer = admin.get(f"{example(name)}?{query}")
        assert answer.status_code in (200, 302, 400, 404), (name, answer)


def snapshot() -> dict[str, Any]:
    """Every row of every table, but for sessions, which remember when they were last used."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models()
        if model._meta.label != "sessions.Session"
    }


def test_looking_changes_nothing(admin: Client) -> None:
    addresses = {name: example(name) for name in pages_to_get()}
    before = snapshot()
    for name, address in addresses.items():
        assert admin.get(address).status_code == (302 if name == "login" else 200), name
    assert snapshot() == before


@pytest.mark.parametrize("name", [name for method, name in routes() if method == "POST"])
def test_a_form_without_its_secret_is_refused_and_changes_nothing(name: str, admin: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = admin.cookies
    address, before = example(name), snapshot()
    assert strict.post(address, {}).status_code == 403
    assert strict.post(address, {}, headers={"HX-Request": "true"}).status_code == 403
    assert snapshot() == before


@pytest.fixture(params=list(HOSTILE))
def hostile(request: pytest.FixtureRequest, admin: Client) -> str:
    """A text that ends up everywhere where people may write: description, messages, comment, account, token."""
    text = HOSTILE[request.param]
    # A name is one line of what can be seen; what cannot is refused there, which tests of the services hold.
    name = "".join(character for character in text if character.isprintable())[:60]
    author = person("author")
    create_account(
        by=person("admin"), number="1111222233334444", name=name, environment="staging", regions=[REGIONS[0]]
    )
    policy = create_policy(
        by=author,
        name="hostile",
        description=text,
        source=source_text(),
        message=text,
        targets=[{"account": DEVELOPMENT, "region": REGIONS[0]}],
    )
    review = propose(by=author, policy=policy, message=text)
    comment(by=author, review=review, body=text, line=1)
    create_token(by=person("admin"), name=name, scopes=[Scope.READ], days=30)
    return text


def test_hostile_texts_stay_texts(hostile: str, admin: Client) -> None:
    policy = Policy.objects.get(name="hostile").pk
    review = Review.objects.get(policy_id=policy).pk
    for name in HTML:
        if name in ("login", "style_guide"):
            continue
        page = admin.get(example(name, policy_id=policy, review_id=review))
        assert page.status_code in (200, 404), name
        assert unsafe_parts(page.content.decode()) == [], name
        assert "<script>alert" not in page.content.decode(), name
        # A field holds what is stored, so that it can be corrected.
        read = FIELD.sub("", page.content.decode())
        for mark in "\u202e\u2066\u200b":
            assert mark not in read, name


def test_what_people_write_keeps_its_script_and_loses_its_tricks() -> None:
    assert prose("密钥：仅解密 سياسة αβγ 👩\u200d💻\n<b>") == "密钥：仅解密 سياسة αβγ 👩\u200d💻\n&lt;b&gt;"
    for mark in "\u202e\u2066\u200b\u00ad\u2028\0":
        assert f">U+{ord(mark):04X}</span>" in prose(f"a{mark}b")


@pytest.mark.parametrize("text", list(HOSTILE.values()), ids=list(HOSTILE))
def test_hostile_questions_are_shown_as_they_were_typed(text: str, admin: Client) -> None:
    for name in ("policies", "reviews", "catalogue", "rules", "audit"):
        answer = admin.get(example(name), {"q": text, "builder": text, "state": text, "action": text})
        assert answer.status_code in (200, 400)
        assert unsafe_parts(answer.content.decode()) == [], name
