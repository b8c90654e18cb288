"""Every page of the URL table in Chromium, light and dark, wide and narrow: accessible, fitting, one heading, quiet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policystudio.importing.models import Import
from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.teams.models import User
from tests.browser.conftest import Opener, accessibility_faults, page_faults, sideways_overflow
from tests.web.addresses import example, known_name, pages_to_get

# Not pages: downloads and answers to scripts. The style guide has a test of its own.
ELSEWHERE = {
    "import_report",
    "policy_download",
    "policy_tests_export",
    "editor_completions",
    "statements_expand",
    "style_guide",
    "style_guide_answers",
}
# The width decides what is where, the scheme only the colours: everything is looked at once in each of both.
APPEARANCES: tuple[tuple[int, Any, bool], ...] = (
    (1440, "light", False),
    (1440, "dark", True),
    (360, "dark", False),
    (360, "light", True),
)


def of_policy(name: str, address: str) -> Callable[[], str]:
    return lambda: address.format(id=Policy.objects.get(name=name).pk)


def of_review(name: str, query: str = "") -> Callable[[], str]:
    return lambda: f"/reviews/{Review.objects.get(policy__name=name).pk}/{query}"


def with_name(name: str, address: str) -> str:
    """The address, after the team has added a name to its catalogue."""
    known_name(name)
    return address


# Further faces of pages that the URL table knows by one address only.
FACES: dict[str, Callable[[], str]] = {
    "policy, targets": of_policy("crypto-user", "/policies/{id}/?tab=targets"),
    "policy, findings": of_policy("full-access", "/policies/{id}/?tab=findings"),
    "policy, history": of_policy("crypto-user", "/policies/{id}/?tab=history"),
    "policy, reviews": of_policy("crypto-user", "/policies/{id}/?tab=reviews"),
    "policy, combined": of_policy("asymmetric-encryption", "/policies/{id}/"),
    "policies, filtered": lambda: "/policies/?q=key&state=released",
    "policies, none found": lambda: "/policies/?q=no-such-policy",
    "review, changes requested": of_review("ip-restricted-access"),
    "several steps": of_policy(
        "key-admin", "/reach/?policy={id}&revision=newest&account=1234567890123456&region=cn-hangzhou"
    ),
    "review, ready": of_review("secret-value-retrieval"),
    "review, comment at a line": of_review("secret-admin", "?line=3"),
    "review, released": of_review("key-read-only"),
    "reviews, all": lambda: "/reviews/?show=all",
    "import, placeholders": lambda: f"/imports/{Import.objects.get().pk}/documents/2/",
    "own names, some": lambda: with_name("kms:SpinKey", "/catalogue/names/"),
    "own name": lambda: with_name("kms:SpinKey", "/catalogue/actions/kms:SpinKey/"),
    "growth, some": lambda: with_name("kms:ListSpins", "/catalogue/grown/"),
    "not found": lambda: "/policies/987654321/",
    **{
        f"builder {slug}": (lambda slug=slug: f"/policies/new/{slug}/")  # type: ignore[misc]
        for slug in ("full-access", "ip-restricted-access", "key-admin", "secret-value-retrieval")
    },
}
PAGES = {**{name: (lambda n=name: example(n)) for name in pages_to_get() if name not in ELSEWHERE}, **FACES}  # type: ignore[misc]


def check(page: Page, appearances: Sequence[tuple[int, Any, bool]] = APPEARANCES) -> None:
    """Neither axe nor the width of the page has anything to say, light and dark, wide and narrow."""
    for width, scheme, only_colours in appearances:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert (width, sideways_overflow(page) > 0) == (width, False)
        faults = accessibility_faults(page, only_colours=only_colours)
        assert (width, scheme, faults) == (width, scheme, [])


def opened(open_demo: Opener, address: str, user: str = "admin", width: int = 1440) -> Page:
    """The page, at rest."""
    found = User.objects.get(username=user) if user else None
    page = open_demo(found, viewport={"width": width, "height": 900}, reduced_motion="reduce")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize("name", PAGES)
def test_every_page(name: str, open_demo: Opener) -> None:
    page = opened(open_demo, PAGES[name](), user="" if name == "login" else "admin")
    if name == "not found":
        page_is_missing(page)
    expect(page.locator("h1")).to_have_count(1)
    check(page)


def page_is_missing(page: Page) -> None:
    """Chromium says so in the console too, which is no fault here."""
    assert [fault for fault in page_faults[page] if "404" not in fault] == []
    page_faults[page].clear()
