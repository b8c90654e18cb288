"""Importing in Chromium: dropped files, progress that goes on by itself, a closed page, a repair that was looked at."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.accounts.models import Account
from policystudio.importing.models import ImportedDocument
from policystudio.policies.models import Policy, Revision
from policystudio.teams.viewer import Viewer
from policystudio.web.pages import imports
from tests.browser.conftest import Opener
from tests.factories import DEVELOPMENT, HANGZHOU
from tests.importing.texts import concrete, document, zipped

DROP = """files => {
    const box = document.querySelector("[data-file-drop]");
    const data = new DataTransfer();
    for (const [name, text] of files) data.items.add(new File([text], name));
    for (const type of ["dragover", "drop"]) {
        box.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
    return document.querySelector("#files").files.length;
}"""


@pytest.fixture
def page(open_browser: Opener, ada: Viewer, development: Account) -> Page:
    """Ada, at the form."""
    opened = open_browser(ada.user)
    opened.goto("/policies/import/")
    return opened


def test_dropped_files_are_stored_while_the_page_shows_how_far_it_is(
    page: Page, live_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "SECONDS", 0.0)
    files = [[f"app-{n}.json", document("kms:Encrypt", f"kms:Tag{n}")] for n in range(12)]
    assert page.evaluate(DROP, files) == 12
    page.get_by_role("button", name="Look at the documents").click()
    expect(page.get_by_text("0 of 12 documents are done")).to_be_visible()
    page.get_by_role("button", name="Store all 12").click()
    expect(page.get_by_text(re.compile("^[3-9] of 12 documents are done"))).to_be_visible()

    # Closed in the middle and opened again, it goes on where it was.
    address = page.url
    page.goto("/policies/")
    page.goto(address)
    expect(page.get_by_text("12 of 12 documents are done")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("link", name="Stored 12")).to_be_visible()
    assert Policy.objects.count() == 12


def test_an_archive_can_be_chosen_and_the_report_is_filtered_by_state(page: Page) -> None:
    data = zipped({"good.json": document(), "bad.json": document()[:-4]})
    page.set_input_files("#files", {"name": "all.zip", "mimeType": "application/zip", "buffer": data})
    page.get_by_role("button", name="Look at the documents").click()
    page.get_by_role("button", name="Store all 2").click()
    page.get_by_role("link", name="Refused 1").click()
    expect(page.get_by_role("table")).to_contain_text("bad")
    expect(page.get_by_role("table")).not_to_contain_text("good")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Report as JSON").click()
    report = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert report["counts"]["refused"] == report["counts"]["stored"] == 1


def test_one_document_is_repaired_generalised_and_saved_by_choice(page: Page) -> None:
    text = concrete().replace("]\n", "],\n", 1)
    page.get_by_label("Text").fill(text)
    page.get_by_role("checkbox", name=f"Development, {HANGZHOU}").check()
    page.get_by_role("button", name="Look at the documents").click()
    repairs = page.locator("#repairs-diff")
    expect(repairs).to_contain_text("What the repairs change")
    page.get_by_label("Name").fill("payments")
    page.get_by_role("checkbox", name="Make the offered repairs").check()
    page.get_by_role("button", name="Keep these choices").click()
    placeholders = page.get_by_role("checkbox", name=f"Write the account {DEVELOPMENT}")
    expect(placeholders).not_to_be_checked()
    placeholders.check()
    page.get_by_role("button", name="Save as a policy").click()
    expect(page.get_by_role("heading", name="payments", level=1)).to_be_visible()
    assert Revision.objects.get().source == document()
    assert ImportedDocument.objects.get().text == text


def test_a_document_goes_on_to_the_builder_that_makes_it(page: Page) -> None:
    page.get_by_label("Text").fill(document("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"))
    page.get_by_role("button", name="Look at the documents").click()
    page.get_by_label("Name").fill("writers")
    page.get_by_role("button", name="Keep these choices").click()
    page.get_by_role("button", name="Open in the builder").click()
    expect(page.get_by_label("Name", exact=True)).to_have_value("writers")
    page.get_by_role("button", name="Save revision").click()
    expect(page.get_by_role("heading", name="writers", level=1)).to_be_visible()
    assert Revision.objects.get().builder == "crypto-user"


@pytest.mark.parametrize("width", [360, 1440])
def test_everything_works_without_a_script(
    open_browser: Opener, ada: Viewer, development: Account, width: int
) -> None:
    page = open_browser(ada.user, java_script_enabled=False, viewport={"width": width, "height": 800})
    page.goto("/policies/import/")
    page.get_by_label("Text").fill(document() + "\n" + document("kms:Decrypt"))
    page.get_by_role("button", name="Look at the documents").press("Enter")
    page.get_by_role("button", name="Store all 2").press("Enter")
    expect(page.get_by_text("2 of 2 documents are done")).to_be_visible()
