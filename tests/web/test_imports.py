"""Importing as people do it: paste or choose, look, store, come back; everything without a script."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from policystudio.importing.models import Import, ImportedDocument
from policystudio.policies.models import Policy, Revision
from tests.factories import DEVELOPMENT, HANGZHOU, make_policy
from tests.importing.texts import concrete, document, reply, zipped
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db

FAULTY = document().replace("]\n", "],\n")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def ada_browser(ada):
    return browser_of(ada)


def send(ada_browser, text="", files=(), **fields):
    """The address that the form leads to."""
    named = [SimpleUploadedFile(name, content) for name, content in files]
    answer = ada_browser.post("/policies/import/", {"text": text, "files": named, **fields})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def body(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_one_document_leads_to_its_own_page_and_from_there_to_a_policy(ada_browser, development):
    here = send(ada_browser, document(), targets=[f"{DEVELOPMENT}|{HANGZHOU}"])
    page = body(ada_browser.get(here))
    assert "crypto-user" in page
    assert not Policy.objects.exists()
    saved = ada_browser.post(here, {"name": "apollo", "action": "store"})
    policy = Policy.objects.get()
    assert saved["Location"] == f"/policies/{policy.pk}/"
    assert (policy.name, policy.targets.count()) == ("apollo", 1)


def test_a_bad_name_keeps_what_was_typed(ada_browser):
    here = send(ada_browser, document())
    answer = ada_browser.post(here, {"name": "not a name", "action": "store"})
    assert answer.status_code == 422
    assert 'value="not a name"' in answer.content.decode()
    assert not Policy.objects.exists()


def test_repairs_are_shown_as_a_diff_and_made_only_when_chosen(ada_browser):
    here = send(ada_browser, FAULTY)
    page = body(ada_browser.get(here))
    assert "repairs-diff" in page
    assert "Make the offered repairs" in page
    refused = body(ada_browser.post(here, {"name": "one", "action": "store"}, follow=True))
    assert "line" in refused
    assert not Policy.objects.exists()
    ada_browser.post(here, {"name": "one", "repairs": "on", "action": "store"})
    assert Revision.objects.get().source == document()
    assert ImportedDocument.objects.get().text == FAULTY


def test_placeholders_are_offered_with_their_diff_and_a_builder_is_recognised(ada_browser, development):
    from policystudio.builders.builder import all_builders

    source = all_builders()["crypto-user"].build({}).source
    text = source.replace("${region}", HANGZHOU).replace("${account}", DEVELOPMENT)
    here = send(ada_browser, text, placeholders="on")
    page = body(ada_browser.get(here))
    assert "placeholders-diff" in page
    assert "/policies/new/crypto-user/" in page
    ada_browser.post(here, {"name": "keys", "placeholders": "on", "action": "store"})
    revision = Revision.objects.get()
    assert (revision.builder, revision.source) == ("crypto-user", source)


def test_a_choice_that_the_page_does_not_show_stays_and_one_that_it_shows_can_be_taken_back(
    ada_browser, development
):
    here = send(ada_browser, concrete().replace("]\n", "],\n"), placeholders="on")
    assert "placeholders-diff" not in body(ada_browser.get(here))
    ada_browser.post(here, {"name": "one", "repairs": "on", "offered": "repairs"})
    assert ImportedDocument.objects.get().is_generalised
    assert "placeholders-diff" in body(ada_browser.get(here))
    ada_browser.post(here, {"name": "one", "repairs": "on", "offered": ["repairs", "placeholders"]})
    one = ImportedDocument.objects.get()
    assert (one.is_mended, one.is_generalised) == (True, False)


def carried(page, action):
    """The hidden fields of the form that leads to an address."""
    form = re.search(rf'<form method="post" action="{action}">(.*?)</form>', page, re.DOTALL)
    assert form, action
    from html import unescape

    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form.group(1))
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def test_the_editor_and_the_builder_open_with_what_was_imported(ada_browser):
    from policystudio.builders.builder import all_builders

    here = send(
        ada_browser, json.dumps(reply(all_builders()["key-read-only"].build({}).source, name="readers"))
    )
    page = body(ada_browser.get(here))
    fields = carried(page, "/policies/editor/")
    editor = body(ada_browser.post("/policies/editor/", {**fields, "action": "check"}))
    assert 'value="readers"' in editor
    assert "kms:ListKeys" in editor
    fields = carried(page, "/policies/new/key-read-only/")
    builder = body(ada_browser.post("/policies/new/key-read-only/", {**fields, "action": "detected"}))
    assert 'value="readers"' in builder


def test_many_files_are_looked_at_first_and_stored_step_by_step(ada_browser, development):
    archive = zipped({f"a/app-{n}.json": document("kms:Encrypt", f"kms:Tag{n}") for n in range(30)})
    here = send(
        ada_browser,
        FAULTY,
        [
            ("all.zip", archive),
            ("own.json", document("kms:Decrypt").encode()),
            ("x.json", "\ufeff{}".encode()),
        ],
    )
    page = body(ada_browser.get(here))
    assert "0 of 33 documents are done" in page
    assert "Store all 33" in page
    assert "2 repairs are offered" in page
    assert not Policy.objects.exists()
    while "Continue" in page or "Store all" in page:
        answer = ada_browser.post(f"{here}continue/", follow=True)
        page = body(answer)
    assert "33 of 33 documents are done" in page
    assert Policy.objects.filter(name__startswith="app-").count() == 30
    refused = body(ada_browser.get(f"{here}?state=refused"))
    assert "app-1<" not in refused


def test_htmx_asks_on_until_all_is_done_and_then_loads_the_report(ada_browser):
    text = "\n".join(json.dumps(reply(document("kms:Encrypt", f"kms:T{n}"), name=f"n{n}")) for n in range(3))
    here = send(ada_browser, text)
    from policystudio.web.pages import imports

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imports, "SECONDS", 0.0)
        first = ada_browser.post(f"{here}continue/", headers=HTMX)
        assert "1 of 3 documents are done" in body(first)
        assert 'hx-trigger="load' in first.content.decode()
        ada_browser.post(f"{here}continue/", headers=HTMX)
        last = ada_browser.post(f"{here}continue/", headers=HTMX)
    assert last["HX-Redirect"] == here
    assert Policy.objects.count() == 3


def test_it_goes_on_by_itself_only_for_whoever_started_it(ada_browser, rui):
    files = [(f"n{n}.json", document("kms:Encrypt", f"kms:T{n}").encode()) for n in range(3)]
    here = send(ada_browser, files=files)
    assert 'hx-trigger="load' not in body(ada_browser.get(here))
    from policystudio.web.pages import imports

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imports, "SECONDS", 0.0)
        ada_browser.post(f"{here}continue/")
    assert 'hx-trigger="load' in body(ada_browser.get(here))
    other = body(browser_of(rui).get(here))
    assert 'hx-trigger="load' not in other
    assert "Whoever continues becomes the author" in other


def test_choices_for_all_and_refused_documents_again(ada_browser):
    here = send(
        ada_browser, files=[("a.json", FAULTY.encode()), ("b.json", document("kms:Decrypt").encode())]
    )
    ada_browser.post(f"{here}continue/")
    assert Import.objects.get().documents.filter(state="refused").count() == 1
    ada_browser.post(here, {"repairs": "on", "on_existing": "revise", "again": "on"})
    ada_browser.post(f"{here}continue/")
    assert set(Policy.objects.values_list("name", flat=True)) == {"a", "b"}
    assert ada_browser.post(here, {"on_existing": "destroy"}).status_code == 422


def test_leaving_out_and_taking_back(ada_browser):
    here = send(ada_browser, document())
    ada_browser.post(here, {"action": "skip"})
    assert "Left out" in body(ada_browser.get(here))
    ada_browser.post(here, {"name": "back", "action": "keep"})
    assert ImportedDocument.objects.get().state == "pending"


def test_the_policy_of_the_same_name_is_shown_with_what_would_happen(ada_browser, ada):
    policy = make_policy(ada, "app", targets=())
    here = send(ada_browser, files=[("app.json", document("kms:Decrypt").encode())])
    page = body(ada_browser.get(here))
    assert f"/policies/{policy.pk}/" in page
    assert "would be refused" in page


def test_the_report_is_a_file_with_every_text(ada_browser):
    here = send(ada_browser, files=[("a.json", FAULTY.encode()), ("b.json", document().encode())])
    ada_browser.post(f"{here}continue/")
    answer = ada_browser.get(f"{here}report.json")
    assert "attachment" in answer["Content-Disposition"]
    report = json.loads(answer.content)
    assert [(one["name"], one["state"], one["text"]) for one in report["results"]] == [
        ("a", "refused", FAULTY),
        ("b", "stored", document()),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"text": " \n"},
        {"text": "{}", "on_existing": "destroy"},
        {"text": "{}", "region_mode": "both"},
        {"text": "{}", "targets": ["1|2"]},
    ],
)
def test_a_wrong_form_comes_back_with_its_text(wrong, ada_browser):
    answer = ada_browser.post("/policies/import/", wrong)
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert wrong.get("text", "").strip() in answer.content.decode()
    assert not Import.objects.exists()


def test_what_an_archive_holds_beside_documents_is_told(ada_browser):
    archive = zipped({"README.md": "# hello", "a.json": document(), "b.json": document("kms:Decrypt")})
    assert "README.md" in body(ada_browser.get(send(ada_browser, files=[("all.zip", archive)])))
    answer = ada_browser.post("/policies/import/", {"files": SimpleUploadedFile("bad.zip", b"PK\x03\x04 no")})
    assert answer.status_code == 422
    assert "damaged" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("crlf.json", document().replace("\n", "\r\n").encode()),
        ("bom.json", b"\xef\xbb\xbf" + document().encode()),
        ("utf16.json", document().encode("utf-16")),
    ],
    ids=["crlf", "bom", "utf-16"],
)
def test_files_as_windows_writes_them(name, data, ada_browser):
    here = send(ada_browser, files=[(name, data)])
    ada_browser.post(here, {"name": "one", "action": "store"})
    assert Revision.objects.get().source == document()


def test_more_files_than_anybody_needs_and_more_bytes_are_refused(ada_browser, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10_000
    big = SimpleUploadedFile("big.json", b" " * 20_000)
    assert ada_browser.post("/policies/import/", {"files": big}).status_code == 413
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    three = [SimpleUploadedFile(f"{n}.json", b"{}") for n in range(3)]
    assert ada_browser.post("/policies/import/", {"files": three}).status_code == 400
    assert not Import.objects.exists()


def test_hostile_texts_stay_texts(ada_browser):
    hostile = "<script>alert(1)</script>\u202e"
    text = document(resource=hostile) + hostile
    here = send(ada_browser, text, [(f"{hostile}.json", b'{"Statement": [}')])
    for address in (here, f"{here}documents/1/", f"{here}documents/2/"):
        page = body(ada_browser.get(address))
        assert "<script>alert" not in page


def test_strangers_find_nothing_and_viewers_may_only_look(ada_browser, sam, vera):
    here = send(ada_browser, document())
    parent = f"/imports/{Import.objects.get().pk}/"
    stranger, viewer = browser_of(sam), browser_of(vera)
    for address in (parent, here, f"{parent}report.json"):
        assert stranger.get(address).status_code == 404
        assert viewer.get(address).status_code == 200
    for address in (parent, here, f"{parent}continue/"):
        assert stranger.post(address).status_code == 404
        assert viewer.post(address).status_code == 403
    assert viewer.get("/policies/import/").status_code == 403
    assert ImportedDocument.objects.get().state == "pending"


def test_a_page_of_a_report_asks_the_database_the_same_however_many_documents_it_shows(
    ada_browser, development, django_assert_num_queries
):
    few = send(ada_browser, files=[(f"a{n}.json", concrete().encode()) for n in range(2)])
    many = send(ada_browser, files=[(f"b{n}.json", concrete().encode()) for n in range(24)])
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ada_browser.get(few)
    with django_assert_num_queries(len(asked)):
        ada_browser.get(many)


def test_trying_again_is_offered_only_where_a_choice_can_make_a_document_readable(
    ada, ada_browser, development
):
    archive = zipped({"empty.json": b"", "crypto-user.json": document().encode()})
    here = send(ada_browser, files=[("team.zip", archive)])
    make_policy(ada, name="crypto-user")
    assert 'name="again"' not in body(ada_browser.get(here))
    ada_browser.post(f"{here}continue/")
    assert 'name="again"' in body(ada_browser.get(here))
