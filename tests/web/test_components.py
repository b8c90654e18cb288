"""Components and the declared page: what they escape, what they show, who gets past them."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import URLPattern
from hypothesis import given
from hypothesis import strategies as st

from policystudio import errors
from policystudio.access import PUBLIC
from policystudio.catalog import load
from policystudio.ram.render import Target
from policystudio.standards.selectors import Standards
from policystudio.teams.viewer import Viewer
from policystudio.web import faults
from policystudio.web.diff import compare
from policystudio.web.forms.result import result_of
from policystudio.web.page import PageView, pages
from policystudio.web.pages.errors import server_error
from policystudio.web.templatetags import sentences, texts
from policystudio.web.templatetags.texts import is_odd, severity_counts, shown, shown_lines, with_code


class Words(HTMLParser):
    """The text of a piece of HTML and the names of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.names = "", set[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_a_shown_text_holds_every_character_once_and_no_foreign_element(text: str) -> None:
    words = Words(shown(text))
    expected = "".join(f"U+{ord(c):04X}" if is_odd(c) else c for c in text)
    assert words.text == expected
    assert words.names <= {"span"}


@pytest.mark.parametrize(
    "character", ["\u200b", "\u202e", "\u00a0", "\u2028", "\ufeff", "\t", "\r", "\u0430", "\uff0a", "\u0301"]
)
def test_what_hides_or_deceives_is_boxed(character: str) -> None:
    assert f"U+{ord(character):04X}" in shown(f"kms{character}")


@pytest.mark.parametrize("character", ["a", "*", "密", "é", "ß", "😀"])
def test_ordinary_letters_of_any_script_are_left_alone(character: str) -> None:
    assert shown(character) == character


def test_only_a_line_feed_ends_a_line() -> None:
    assert len(shown_lines("a\u2028b\rc\x0cd\n")) == 1


def test_what_stands_between_backticks_is_code_and_escaped() -> None:
    assert with_code("unknown `<b>`") == "unknown <code>&lt;b&gt;</code>"


def test_chinese_signs_are_odd_in_values_and_not_around_them() -> None:
    assert with_code("无法理解 `；`；请（再）选，好吗：\u202e") == (
        f"无法理解 <code>{shown('；')}</code>；请（再）选，好吗：{shown(chr(0x202E))}"
    )
    assert shown("；") != "；"
    assert {lib.with_code for lib in (sentences, texts)} == {with_code}


def test_counts_come_in_the_order_of_severity() -> None:
    found = [{"severity": "suggestion"}, {"severity": "error"}, {"severity": "suggestion"}]
    assert severity_counts(found) == [("error", 1), ("suggestion", 2)]


LINES = st.lists(st.text(alphabet="ab {}\u2028", max_size=6), max_size=12).map(
    lambda lines: "".join(f"{x}\n" for x in lines)
)


@given(LINES, LINES)
def test_a_diff_tells_both_texts_in_full(before: str, after: str) -> None:
    diff = compare(before, after)
    rows = [row for block in diff.blocks for row in block.rows]
    for text, lines in ((before, [r.before for r in rows]), (after, [r.after for r in rows])):
        told = [line for line in lines if line]
        assert "".join("".join(part.text for part in line.parts) + "\n" for line in told) == text
        assert [line.number for line in told] == list(range(1, len(told) + 1))
    assert diff.is_same == (before == after)
    assert (diff.added == diff.removed == 0) == (before == after)


def test_a_diff_marks_the_changed_word_and_folds_what_is_far() -> None:
    before = "".join(f"line {n}\n" for n in range(40)) + "allow 10.0.0.0/8 here\n"
    diff = compare(before, before.replace("/8", "/16"))
    assert [block.is_folded for block in diff.blocks] == [True, False]
    assert [part.text for part in diff.blocks[-1].rows[-1].after.parts if part.is_changed] == ["16"]  # type: ignore[union-attr]


def test_a_finding_escapes_what_the_document_said() -> None:
    evil = '"><script>alert(1)</script>'
    statement = {
        "Effect": "Allow",
        "Action": [f"kms:{evil}", f"kms:{evil}"],
        "Resource": [f"acs:kms:*:*:key/{evil}"],
    }
    text = json.dumps({"Version": "1", "Statement": [statement]}, indent=2)
    result = result_of(text, Standards(load(), {}), targets=[Target("1234567890123456", "cn-hangzhou")])
    assert result.rows
    for template, context in (
        ("components/explained_findings.html", {"mode": "editor", "result": result}),
        ("components/size_meter.html", {"result": result}),
        ("components/code.html", {"text": text, "signs": result.signs}),
    ):
        assert "script" not in Words(render_to_string(template, context)).names


def test_a_code_block_copies_the_stored_text_and_not_what_is_shown() -> None:
    page = render_to_string("components/code.html", {"text": 'a\u200b"<\n'})
    assert 'data-text="a\u200b&quot;&lt;\n"' in page
    assert "U+200B" in page


def test_a_field_names_its_help_and_its_errors() -> None:
    page = render_to_string(
        "components/field.html", {"name": "n", "label": "L", "help": "H", "errors": ["E"]}
    )
    assert 'aria-describedby="n_help n_error"' in page
    assert 'aria-invalid="true"' in page


def test_every_page_view_declares_its_access() -> None:
    for name, page in pages().items():
        for url in page.urls:
            if isinstance(url, URLPattern):
                assert getattr(url.callback.view_class, "access", None), f"{name}: {url.pattern}"  # type: ignore[attr-defined]


def test_a_view_without_declaration_is_not_served() -> None:
    class Forgetful(PageView):
        """Declares nothing."""

    with pytest.raises(ImproperlyConfigured):
        Forgetful.as_view()


REFUSALS = [
    (errors.NotFound("secret thing"), 404),
    (errors.NotAllowed("no"), 403),
    (errors.InvalidInput([errors.Problem("/a", "bad", "bad")]), 422),
    (errors.Conflict("busy"), 409),
    (errors.Stale("old"), 412),
    (errors.TooLarge("long"), 413),
    (errors.Unavailable("away"), 503),
]


@pytest.fixture
def request_() -> Any:
    request = RequestFactory().get("/x/")
    request.viewer = None  # type: ignore[attr-defined]
    request.htmx = False  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize(("error", "status"), REFUSALS, ids=lambda value: getattr(value, "code", ""))
def test_a_refusal_of_a_service_becomes_its_page(
    error: errors.ServiceError, status: int, request_: Any
) -> None:
    class Refusing(PageView):
        """Refuses."""

        access = {"GET": PUBLIC}

        def get(self, request: Any) -> HttpResponse:
            raise error

    answer = Refusing.as_view()(request_)
    assert answer.status_code == status
    assert "was not" in answer.content.decode() or "Nothing was changed" in answer.content.decode()
    assert ("secret thing" in answer.content.decode()) is False


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 412, 413, 422, 429, 500, 503])
def test_every_error_page_has_one_heading_and_the_request_id(status: int, request_: Any) -> None:
    request_.request_id = "the-id"
    page = faults.fault(request_, status).content.decode()
    assert page.count("<h1") == 1
    assert "the-id" in page


def test_a_lost_database_is_a_503_and_asks_no_database(request_: Any) -> None:
    try:
        raise OperationalError("gone")
    except OperationalError:
        assert server_error(request_).status_code == 503


def test_a_method_that_is_not_declared_is_405_and_says_what_is_allowed(client: Client) -> None:
    answer = client.put("/login/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")


def test_a_choice_of_a_form_is_shown_with_all_its_options(client: Client, ada: Viewer) -> None:
    client.force_login(ada.user, "django.contrib.auth.backends.ModelBackend")
    page = client.get("/preferences/").content.decode()
    assert page.count('type="radio" name="theme"') == 3
    assert page.count("checked") == 2
