"""The Apollo walk: a newcomer builds one realistic policy with mouse and form fields alone, in under two minutes.

"An application may decrypt with keys tagged Project=Apollo, only from 203.0.113.0/24, over HTTPS, until the end of the
year, in two regions." Once with the builder that fits, once statement by statement; no JSON is typed.

How the time is reckoned: every click, every filled field and every key counts as one interaction of 2.8 seconds, the
keystroke-level model's 1.35 s to think, 1.1 s to point and 0.2 s to press, rounded up; every character typed adds
0.28 s, an average typist who does not know the words. Two minutes are 120 seconds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from tests.browser.conftest import Opener
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI

SECONDS_PER_INTERACTION = 2.8
SECONDS_PER_CHARACTER = 0.28
MAX_SECONDS = 120
MAX_INTERACTIONS = 32
NAME = "apollo-decrypt"


class Newcomer:
    """Somebody at the page, whose every move is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.interactions = 0
        self.characters = 0

    def click(self, target: Locator) -> None:
        self.interactions += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        self.interactions += 1
        self.characters += len(text)
        target.fill(text)

    def choose(self, target: Locator, text: str) -> None:
        """From a list: one click opens it, one chooses."""
        self.interactions += 2
        target.select_option(text)

    def press(self, key: str) -> None:
        self.interactions += 1
        self.page.keyboard.press(key)

    @property
    def seconds(self) -> float:
        return self.interactions * SECONDS_PER_INTERACTION + self.characters * SECONDS_PER_CHARACTER


def end_of_year() -> str:
    """The last second of this year, or of the next one in the last days of December, when nobody would write that."""
    now = datetime.now(UTC)
    year = (now + timedelta(days=7)).year
    return f"{year}-12-31T23:59:59"


@pytest.fixture
def newcomer(open_browser: Opener, ada: Viewer, development: Account) -> Newcomer:
    """Ada on the home page."""
    page = open_browser(ada.user, viewport={"width": 1440, "height": 900})
    page.goto("/")
    return Newcomer(page)


def begin(newcomer: Newcomer, card: str) -> None:
    """From the home page to the form."""
    page = newcomer.page
    newcomer.click(page.get_by_role("link", name="Policies", exact=True))
    newcomer.click(page.get_by_role("link", name="New policy").first)
    newcomer.click(page.get_by_role("link", name=card, exact=True))
    newcomer.fill(page.get_by_label("Name", exact=True), NAME)


def choose_two_regions(newcomer: Newcomer) -> None:
    for region in (HANGZHOU, SHANGHAI):
        newcomer.click(newcomer.page.get_by_role("checkbox", name=f"Development, {region}"))


def save(newcomer: Newcomer) -> None:
    expect(newcomer.page.locator("#result")).to_contain_text("Can be saved and proposed.")
    newcomer.click(newcomer.page.get_by_role("button", name="Save revision"))
    expect(newcomer.page.get_by_role("heading", name=NAME, level=1)).to_be_visible()


def check(newcomer: Newcomer, ada: Viewer, operator: str) -> None:
    """What was saved is what was meant, for both targets, and nothing graver than a suggestion is said of it."""
    policy = Policy.objects.get()
    source = newest_revision(policy).source
    targets = targets_of(policy)
    assert [(t.account, t.region) for t in targets] == [(DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI)]
    document = parse(source).document
    assert document is not None
    (statement,) = document.statements
    assert statement.is_allow
    assert [str(a) for a in statement.actions] == ["kms:Decrypt"]
    assert [str(r) for r in statement.resources] == ["acs:kms:${region}:${account}:key/*"]
    conditions = {(str(c.operator), str(c.key)): [str(v) for v in c.values] for c in statement.conditions}
    moment = next(values[0] for (_operator, key), values in conditions.items() if key == "acs:CurrentTime")
    assert moment.startswith(end_of_year())
    assert {pair: values for pair, values in conditions.items() if pair[1] != "acs:CurrentTime"} == {
        (operator, "kms:tag/Project"): ["Apollo"],
        ("IpAddress", "acs:SourceIp"): ["203.0.113.0/24"],
        ("Bool", "acs:SecureTransport"): ["true"],
    }
    found: Any = standards_of(ada.team_id).validate(
        source, now=datetime.now(UTC), targets=targets, name=policy.name, region_mode=policy.region_mode
    )
    grave = [f for f in found.findings if f.severity is not Severity.SUGGESTION]
    assert grave == []
    assert newcomer.interactions <= MAX_INTERACTIONS, newcomer.interactions
    assert newcomer.seconds < MAX_SECONDS, (newcomer.seconds, newcomer.interactions, newcomer.characters)


def test_apollo_with_the_builder_for_tags(newcomer: Newcomer, ada: Viewer) -> None:
    page = newcomer.page
    begin(newcomer, "Use keys with chosen tags")
    newcomer.fill(page.get_by_label("Tag key").first, "Project")
    expect(page.get_by_role("button", name="Remove Apollo")).to_be_visible()
    for operation in ("Encrypt", "Generate data key"):
        newcomer.click(page.get_by_role("checkbox", name=operation).first)
    newcomer.click(page.get_by_role("checkbox", name="Only from these public addresses"))
    newcomer.fill(page.get_by_role("combobox", name="Only from these public addresses"), "203.0.113.0/24")
    newcomer.click(page.get_by_role("checkbox", name="Only over HTTPS"))
    newcomer.click(page.get_by_role("checkbox", name="Not after"))
    newcomer.fill(page.locator("input[type=datetime-local]:visible"), end_of_year())
    choose_two_regions(newcomer)
    save(newcomer)
    check(newcomer, ada, "StringEqualsIgnoreCase")


def test_apollo_statement_by_statement(newcomer: Newcomer, ada: Viewer) -> None:
    page = newcomer.page
    begin(newcomer, "Build from statements")
    card = page.locator("#s0")
    newcomer.click(card.get_by_role("button", name="Choose from the list"))
    newcomer.fill(card.get_by_label("Search"), "decrypt")
    newcomer.click(card.get_by_role("checkbox", name="kms:Decrypt"))
    newcomer.click(card.get_by_role("button", name="Add the chosen actions"))
    newcomer.click(card.get_by_role("button", name="Every key"))
    new = card.get_by_label("Add a condition on")
    newcomer.choose(new, "kms:tag/${TagKey}")
    newcomer.fill(card.get_by_label("Tag key"), "Project")
    newcomer.fill(card.get_by_role("combobox", name="Values"), "Apollo")
    newcomer.click(card.get_by_role("button", name="Add the condition"))
    expect(card.locator(".entry")).to_have_count(3)
    newcomer.choose(new, "acs:SourceIp")
    newcomer.fill(card.get_by_role("combobox", name="Addresses"), "203.0.113.0/24")
    newcomer.click(card.get_by_role("button", name="Add the condition"))
    expect(card.locator(".entry")).to_have_count(4)
    newcomer.choose(new, "acs:SecureTransport")
    newcomer.click(card.get_by_role("button", name="Add the condition"))
    expect(card.locator(".entry")).to_have_count(5)
    newcomer.choose(new, "acs:CurrentTime")
    newcomer.fill(card.get_by_label("Date and time").last, end_of_year())
    newcomer.click(card.get_by_role("button", name="Add the condition"))
    expect(card.locator(".entry")).to_have_count(6)
    choose_two_regions(newcomer)
    save(newcomer)
    check(newcomer, ada, "StringEquals")
