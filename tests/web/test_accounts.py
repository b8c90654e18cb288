"""Accounts in the browser: added, changed over the version that was opened, deleted when nothing uses them."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, FRANKFURT, HANGZHOU, SHANGHAI
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
NEW = {
    "id": "1111111111111111",
    "name": "Ledger",
    "environment": "staging",
    "regions": [HANGZHOU, SHANGHAI],
    "required_approvals": "",
}


def change(account: Account, **fields: Any) -> dict[str, Any]:
    given = {
        "version": account.version,
        "name": account.name,
        "environment": account.environment,
        "regions": account.regions,
        "required_approvals": "",
    }
    return {**given, **fields}


def test_an_admin_adds_an_account(max_: Viewer) -> None:
    answer = browser_of(max_).post("/accounts/new/", NEW)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")
    account = Account.objects.get()
    assert (account.number, account.regions, account.approvals_needed) == (NEW["id"], [HANGZHOU, SHANGHAI], 1)


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"id": "12ab"}, "id"),
        ({"id": DEVELOPMENT}, "__all__"),
        ({"name": ""}, "name"),
        ({"environment": "Über"}, "environment"),
        ({"required_approvals": "11"}, "required_approvals"),
        ({"regions": ["cn-nowhere"]}, "regions"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    max_: Viewer, development: Account, fields: dict[str, Any], place: str
) -> None:
    answer = browser_of(max_).post("/accounts/new/", {**NEW, **fields})
    assert answer.status_code == 422
    assert Account.objects.count() == 1
    wrong = set(answer.context["form"].errors) or {"regions"}
    assert wrong == {place}
    assert bool(answer.context["region_errors"]) == (place == "regions")
    assert f'value="{SHANGHAI}" checked' in answer.content.decode() or "regions" in fields


def test_a_change_is_saved_over_the_opened_version_only(max_: Viewer, development: Account) -> None:
    client = browser_of(max_)
    address = f"/accounts/{DEVELOPMENT}/"
    assert client.post(address, change(development, name="First")).status_code == 302
    answer = client.post(address, change(development, name="Second"))
    assert answer.status_code == 412
    text = answer.content.decode()
    assert "Second" in text
    assert "First" in text
    development.refresh_from_db()
    assert development.name == "First"
    assert client.post(address, change(development, name="Second", version="odd")).status_code == 412


def test_a_region_in_use_stays(max_: Viewer, policy: Policy, development: Account) -> None:
    answer = browser_of(max_).post(f"/accounts/{DEVELOPMENT}/", change(development, regions=[FRANKFURT]))
    assert answer.status_code == 422
    assert policy.name in answer.content.decode()


def test_an_account_in_use_is_not_deleted(max_: Viewer, policy: Policy, development: Account) -> None:
    client = browser_of(max_)
    sent = {"version": development.version}
    assert client.post(f"/accounts/{DEVELOPMENT}/delete/", sent).status_code == 409
    policy.targets.all().delete()
    assert client.post(f"/accounts/{DEVELOPMENT}/delete/", sent).status_code == 302
    assert not Account.objects.exists()


def test_others_see_the_list_without_its_forms(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    text = client.get("/accounts/").content.decode()
    assert DEVELOPMENT in text
    assert "/accounts/new/" not in text
    assert client.get(f"/accounts/{DEVELOPMENT}/").status_code == 403
    assert client.post("/accounts/new/", NEW).status_code == 403


def test_a_stranger_finds_no_account(sam: Viewer, development: Account) -> None:
    client = browser_of(sam)
    assert DEVELOPMENT not in client.get("/accounts/").content.decode()
    assert client.get(f"/accounts/{DEVELOPMENT}/").status_code == 404
    assert client.post(f"/accounts/{DEVELOPMENT}/delete/", {"version": 1}).status_code == 404
