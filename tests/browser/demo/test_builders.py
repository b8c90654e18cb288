"""Each builder's form as it opens: the JSON at its side is the documented sample."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from policystudio.builders.builder import all_builders
from tests.browser.conftest import Opener
from tests.browser.demo.test_accessibility import opened

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.mark.parametrize("slug", all_builders())
def test_a_form_opens_with_its_sample(slug: str, open_demo: Opener) -> None:
    page = opened(open_demo, "/policies/new/", "author")
    page.locator(f'a[href="/policies/new/{slug}/"]').first.click()
    page.get_by_role("tab", name="JSON").click()
    document = page.get_by_role("region", name="Document")
    expect(document).to_be_visible()
    shown = document.locator(".code__text").all_inner_texts()
    copied = page.locator("#result-json").get_by_role("button", name="Copy").get_attribute("data-text")
    sample = json.loads((SAMPLES / f"{slug}.json").read_text(encoding="utf-8"))
    assert json.loads("\n".join(shown)) == json.loads(str(copied)) == sample
