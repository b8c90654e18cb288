"""The pages in Simplified Chinese: nothing is left untranslated, nothing is lost in translation, English is marked."""

from __future__ import annotations

import gettext
import importlib.util
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from policystudio.catalog import load
from policystudio.catalog.team import GROUP
from policystudio.demo.people import person
from policystudio.guardrails.definition import Kind
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.ready import ready_guardrails
from policystudio.guardrails.ready._ready import Ready
from policystudio.guardrails.words import sentence
from policystudio.policies.models import Policy
from policystudio.ram.finding import Severity
from policystudio.teams.models import User
from policystudio.teams.permissions import Role, Scope
from policystudio.teams.services.create_token import create_token
from policystudio.web.statements.words import GROUPS
from policystudio.web.words import listed, said
from tests.web.addresses import example, pages_to_get
from tests.web.statement_form import ALLOW, DENY, EMPTY, Editor, document

CHINESE = "zh-hans"
# What is no whole page, and what only developers see.
NOT_TRANSLATED = {
    "import_report",
    "policy_download",
    "policy_tests_export",
    "editor_completions",
    "statements_expand",
    "style_guide",
    "style_guide_answers",
    "api_docs",
}
HTML = [name for name in pages_to_get() if name not in NOT_TRANSLATED]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%\w?|\$\{\w+\}")
TAG = re.compile(r"<[^>]+>")
CODE = re.compile(r"`[^`]+`")
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?:\b[A-Za-z]+,? ){3}")
# They are the same in both languages.
KEPT = {"API"}


def tool() -> ModuleType:
    """The program behind `make messages`."""
    spec = importlib.util.spec_from_file_location("messages", settings.BASE_DIR / ".make" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MESSAGES = tool()
FILE: Path = settings.BASE_DIR / "policystudio" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
CATALOGUE = MESSAGES.read(FILE)
TEXTS: list[Any] = [message for message in CATALOGUE if message.id]


@pytest.fixture(autouse=True)
def language_of_before() -> Iterator[None]:
    """A request leaves its language behind; the next test starts without it."""
    with translation.override(translation.get_language()):
        yield


def key(id: str | tuple[str, ...]) -> str:
    """What a text is looked up by: itself, or the singular."""
    return id if isinstance(id, str) else id[0]


def test_every_marked_text_is_in_the_catalogue_and_nothing_else_is() -> None:
    assert {key(message.id) for message in MESSAGES.messages()} == {key(message.id) for message in TEXTS}, (
        "Run `make messages`, and translate what is new."
    )


def test_every_text_is_translated_and_none_is_a_guess() -> None:
    wanting = [m.id for m in TEXTS if m.fuzzy or not all(MESSAGES.texts_of(m.string))]
    assert wanting == []
    same = {
        key(m.id) for m in TEXTS if key(m.id) == MESSAGES.texts_of(m.string)[0] and TAG.sub("", key(m.id))
    }
    assert {text for text in same if re.search(r"[A-Za-z]{3}", PLACEHOLDER.sub("", text))} == KEPT


@pytest.mark.parametrize("pattern", [PLACEHOLDER, TAG, CODE], ids=["values", "tags", "code"])
def test_values_tags_and_code_come_through(pattern: re.Pattern[str]) -> None:
    for message in TEXTS:
        # The one Chinese form stands for every number, so it has what the plural has.
        original = message.id if isinstance(message.id, str) else message.id[1]
        for text in MESSAGES.texts_of(message.string):
            assert sorted(pattern.findall(text)) == sorted(pattern.findall(original)), message.id


def test_sentences_end_as_chinese_ones_do() -> None:
    for message in TEXTS:
        ending = key(message.id)[-1]
        for text in MESSAGES.texts_of(message.string):
            assert text.strip() == text, message.id
            if ending == "." and HAN.search(text):
                assert text.endswith("。"), message.id
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text), text


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with FILE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in TEXTS:
        [text] = MESSAGES.texts_of(message.string)
        if isinstance(message.id, str):
            assert compiled.gettext(message.id) == text
        else:
            one, many = message.id
            assert {compiled.ngettext(one, many, n) for n in (0, 1, 2, 5)} == {text}


def test_words_of_the_database_and_the_catalogue_have_names() -> None:
    catalogue = load()
    actions = catalogue.actions.values()
    groups = {GROUP, *(action.group for action in actions)}
    values = {
        *(str(role) for role in Role),
        *(str(severity).replace("_", " ") for severity in Severity),
        *(action.access_level for action in actions),
        *(action.risk.level for action in actions),
        *(kind.kind for kind in catalogue.resource_types.values()),
        *(kind.label for kind in catalogue.resource_types.values()),
        *(region.name for region in catalogue.regions.values()),
        *(region.status for region in catalogue.regions.values()),
    }
    with translation.override(CHINESE):
        assert [group for group in groups if not HAN.search(str(GROUPS.get(group, "")))] == []
        assert [value for value in values if not HAN.search(said(value))] == []
        assert listed(["ada", "noor"]) == "ada、noor"
        assert said("") == ""
    with translation.override("en"):
        assert listed(["ada", "noor"]) == "ada, noor"


class Read(HTMLParser):
    """The languages of a page: its own, and for each piece of text the one that is in force there."""

    VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "use"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang") or (self.open[-1][1] if self.open else "")
        if tag not in self.VOID:
            self.open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        # A void element may be closed as well, as in `<use></use>`; that ends nothing else.
        if any(tag == each for each, _language in self.open):
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.texts.append((self.open[-1][1], " ".join(data.split())))


def is_in_chinese(page: str) -> list[str]:
    """Check that nothing of ours stayed English, and that no Chinese is marked as English; the Chinese texts."""
    assert f'<html lang="{CHINESE}"' in page
    read = Read(page).texts
    chinese = [text for language, text in read if language == CHINESE]
    # Sentences of ours; a single word may as well be somebody's name.
    ours = {key(message.id) for message in TEXTS if " " in key(message.id) and "%" not in key(message.id)}
    assert [text for text in chinese if text in ours] == []
    assert [text for language, text in read if language == "en" and HAN.search(text)] == []
    return chinese


@pytest.fixture
def reader(demo: None) -> Client:
    """The browser of the demo's admin, who reads Chinese and has a token."""
    create_token(by=person("admin"), name="nightly", scopes=[Scope.READ], days=30)
    User.objects.filter(username="admin").update(language=CHINESE)
    browser = Client()
    browser.force_login(User.objects.get(username="admin"))
    return browser


@pytest.mark.parametrize("name", HTML)
def test_a_page_is_in_chinese(name: str, reader: Client) -> None:
    browser = reader if name != "login" else Client(headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    answer = browser.get(example(name))
    assert answer.status_code == 200
    is_in_chinese(answer.content.decode())


def test_the_reader_of_pages_goes_on_after_an_icon() -> None:
    page = Read('<p lang="zh">a<svg><use href="#i"></use></svg>b<i lang="en">c</i>d</p>')
    assert page.texts == [("zh", "a"), ("zh", "b"), ("en", "c"), ("zh", "d")]


@pytest.mark.parametrize(
    "statements", [[], [ALLOW, DENY, EMPTY], [3, {"Effect": "Alow", "Action": "kms:Encypt"}]]
)
def test_the_statement_editor_is_in_chinese(statements: list[Any], reader: Client) -> None:
    editor = Editor(reader, document(*statements))
    asked = ["open-all", "pick 0", "add-pattern 0", "add-resource 0", "add-condition 0", "up 0", "undo"]
    for command in ("check", *asked[: 7 if len(statements) == 3 else 2]):
        chinese = is_in_chinese(editor.do(command).content.decode())
        assert [text for text in chinese if ENGLISH.search(text)] == [], command


KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"
ASKED = {
    "answered": [("policy", "{policy}"), ("action", "kms:Decrypt"), ("resource", KEY)],
    "denied": [("policy", "{policy}"), ("action", "kms:PutSecretValue"), ("resource", KEY)],
    "not a resource": [("policy", "{policy}"), ("action", "kms:Decrypt"), ("resource", "acs:kms:key")],
    "not an action": [("action", "De crypt"), ("resource", "x"), ("context", "y")],
}
SEARCHED = {
    "by action": {"action": "kms:Decrypt"},
    "from an address": {"action": "kms:GetSecretValue", "context": "acs:SourceIp=203.0.113.9"},
    "of one key": {"action": "kms:Encrypt", "resource": KEY, "complete": "true"},
    "without an action": {"resource": KEY},
    "not a line": {"action": "kms:Decrypt", "context": "x\ny=1\ny=2"},
}


@pytest.mark.parametrize(
    "address",
    [
        *(f"/simulator/?{urlencode(asked)}" for asked in ASKED.values()),
        *(f"/who-may/?{urlencode(asked)}" for asked in SEARCHED.values()),
        "/compare/?before_policy={policy}&after_policy={other}",
        "/compare/?before_policy={other}&after_policy={policy}",
        *(f"/guardrails/new/?kind={kind}" for kind in Kind),
        *(f"/guardrails/new/?ready={slug}" for slug in ready_guardrails()),
    ],
)
def test_questions_and_guardrails_are_in_chinese(address: str, reader: Client) -> None:
    policy, other = (Policy.objects.get(name=name).pk for name in ("crypto-user", "key-admin"))
    answer = reader.get(address.replace("%7B", "{").replace("%7D", "}").format(policy=policy, other=other))
    assert answer.status_code in (200, 422)
    chinese = is_in_chinese(answer.content.decode())
    assert [text for text in chinese if ENGLISH.search(text)] == []


def filled(ready: Ready) -> dict[str, Any]:
    """Its definition with something in the blanks, which are lists."""
    text = json.dumps(ready.definition).replace(
        '"values": []', '"values": ["203.0.113.0/24", "2001:db8::/32"]'
    )
    made: dict[str, Any] = json.loads(text)
    return made


@pytest.mark.parametrize("slug", list(ready_guardrails()))
def test_a_guardrail_is_said_in_the_language_of_the_reader(slug: str) -> None:
    definition = read_definition(filled(ready_guardrails()[slug]))
    english = sentence(definition)
    assert not HAN.search(english)
    with translation.override(CHINESE):
        chinese = sentence(definition)
    assert HAN.search(chinese)
    assert not ENGLISH.search(CODE.sub("", chinese))
    assert sorted(CODE.findall(chinese)) == sorted(CODE.findall(english))


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/policies/editor/", {"action": "save", "name": "a b", "source": '{"Statement": [{"Action": 1}],}'}),
        ("/policies/new/custom/", {"action": "save", "name": "crypto-user", "source": document(ALLOW)}),
        ("/policies/new/crypto-user/", {"action": "save", "name": "", "keys_scope": "these", "keys": "a b"}),
        ("/policies/import/", {"text": "", "on_existing": "else"}),
        ("/severities/unknown-action/", {"severity": "", "reason": ""}),
        ("/catalogue/names/new/", {"kind": "action", "name": "Decrypt", "seen_on": "x"}),
    ],
)
def test_a_refused_form_is_in_chinese_but_for_what_services_say(
    address: str, typed: dict[str, str], reader: Client
) -> None:
    answer = reader.post(address, {"version": "0", **typed})
    assert answer.status_code == 422
    chinese = is_in_chinese(answer.content.decode())
    assert [text for text in chinese if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("kms:De*", "目前代表"), ("kms:Zz*", "不代表任何已知操作"), ("kms:Zz", "不是已知操作")],
)
def test_what_a_pattern_stands_for_is_said_in_chinese(pattern: str, words: str, reader: Client) -> None:
    page = reader.get(example("statements_expand"), {"s0.pattern": pattern}).content.decode()
    assert words in page


def test_groups_of_actions_have_names_in_the_catalogue(reader: Client) -> None:
    assert "密钥策略和凭据策略" in reader.get(example("catalogue")).content.decode()
    assert "加密和解密" in reader.get(example("action")).content.decode()


def test_what_the_validator_and_the_catalogue_say_is_marked_as_english(reader: Client) -> None:
    for name, words in (("rule", "action"), ("catalogue", "Turns ciphertext")):
        read = Read(reader.get(example(name)).content.decode()).texts
        said_there = [language for language, text in read if words in text and not HAN.search(text)]
        assert said_there, name
        assert "en" in said_there, name


def test_the_language_is_the_persons_choice_and_not_the_browsers(reader: Client) -> None:
    assert "策略" in reader.get("/", headers={"Accept-Language": "en"}).content.decode()
    User.objects.filter(username="admin").update(language="en")
    page = reader.get("/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert '<html lang="en"' in page
    assert "策略" not in page


def test_who_is_not_logged_in_reads_the_language_of_the_browser(db: None) -> None:
    page = Client().get("/login/", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}).content.decode()
    assert '<html lang="zh-hans"' in page
    assert "登录" in page
    assert '<html lang="en"' in Client().get("/login/").content.decode()


def test_a_chosen_language_is_answered_in_from_the_next_page_on(reader: Client) -> None:
    answer = reader.post(
        "/preferences/", {"theme": "system", "language": "en", "single_key_shortcuts": "on"}, follow=True
    )
    assert '<html lang="en"' in answer.content.decode()
    answer = reader.post(
        "/preferences/", {"theme": "system", "language": CHINESE, "single_key_shortcuts": "on"}, follow=True
    )
    assert f'<html lang="{CHINESE}"' in answer.content.decode()


def test_dates_and_ages_are_written_as_in_chinese(reader: Client) -> None:
    compiled_on = load().compiled_on
    page = reader.get(example("catalogue")).content.decode()
    assert f"{compiled_on.year}年{compiled_on.month}月{compiled_on.day}日" in page
    assert re.search(r"<time [^>]*>(现在|[^<]*前)</time>", reader.get(example("audit")).content.decode())


@pytest.mark.parametrize("address", ["/no/such/page/", "/policies/987654321/"])
def test_error_pages_are_in_chinese(address: str, reader: Client) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "这里没有您可以查看的内容" in answer.content.decode()


def test_refusals_of_a_form_are_in_chinese(reader: Client) -> None:
    answer = reader.post(example("new_account"), {"id": "", "name": "", "environment": ""})
    assert answer.status_code == 422
    assert "还不能保存" in answer.content.decode()


def test_the_api_stays_english(reader: Client) -> None:
    answer = reader.get("/api/v1/policies/987654321/", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 404
    assert not HAN.search(answer.content.decode())
