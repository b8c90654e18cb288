"""The statement editor among the others: switching, saving over a version, very long documents, other teams."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.policies.services.revise import revise
from policystudio.teams.viewer import Viewer
from tests.factories import make_policy, source_text
from tests.web.people import browser_of
from tests.web.statement_form import ALLOW, DENY, NEW, Editor, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(ada: Viewer, development: Account) -> Editor:
    return Editor(browser_of(ada), document(ALLOW, DENY))


def test_every_editor_leads_to_the_others_with_what_was_typed(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    typed = {"name": "own", "description": "why", "source": document(ALLOW), "action": "check"}
    here = client.post(NEW, typed)
    there = client.post("/policies/editor/", {**typed, "readable": document(ALLOW)})
    for page in (here, there):
        assert (page.context["fields"].name, page.context["fields"].description) == ("own", "why")
        assert page.context["source"] == document(ALLOW)
    assert f'formaction="{NEW}?to=json"' in here.content.decode()
    led = client.post(f"{NEW}?to=json", typed)
    assert (led.status_code, led["Location"]) == (307, "/policies/editor/")
    assert f'formaction="{NEW}"' in there.content.decode()
    builder = client.post(
        "/policies/new/key-read-only/", {"name": "own", "action": "statements", "p.keys": "all"}
    )
    assert builder.templates[0].name == "statements/statements.html"
    assert builder.context["fields"].name == "own"
    assert builder.context["cards"]


def test_the_next_revision_is_saved_over_the_version_that_was_opened(ada: Viewer, policy: Policy) -> None:
    client = browser_of(ada)
    address = f"/policies/{policy.pk}/edit/statements/"
    page = client.get(address)
    fields: dict[str, Any] = {"source": source_text(key="key-hzz2"), "version": page.context["version"]}
    revise(by=ada, policy=policy, source=source_text(key="theirs"), message="")
    stale = client.post(address, fields)
    assert stale.status_code == 412
    assert stale.context["source"] == fields["source"]
    again = client.post(address, {**fields, "version": stale.context["version"], "message": "mine"})
    assert again.status_code == 302
    assert newest_revision(Policy.objects.get()).message == "mine"


def test_a_change_that_a_finding_offers_is_made_without_script(editor: Editor) -> None:
    page = editor.send(source=document({**ALLOW, "Action": ["kms:decrypt"]}), action="check")
    offers = [offer for row in page.context["result"].rows for offer in row.offers]
    assert offers
    editor.send(apply=offers[0].token)
    assert editor.statements != [{**ALLOW, "Action": ["kms:decrypt"]}]
    editor.do("undo")
    assert editor.statements == [{**ALLOW, "Action": ["kms:decrypt"]}]


def test_a_large_document_starts_with_closed_cards_that_open_one_by_one(
    ada: Viewer, development: Account
) -> None:
    editor = Editor(browser_of(ada), document(*[{**ALLOW, "Sid": str(n)} for n in range(200)]))
    assert [card.body for card in editor.page.context["cards"] if card.body] == []
    page = editor.do("open 150")
    assert [card.number for card in page.context["cards"] if card.body] == [151]
    editor.do("up 150")
    assert editor.statements[149]["Sid"] == "150"
    assert editor.page.context["desk"].open == {149}


def test_more_statements_than_can_be_shown_are_counted_and_kept(ada: Viewer, development: Account) -> None:
    editor = Editor(browser_of(ada), document(*[{"Effect": "Deny"}] * 450))
    assert len(editor.page.context["cards"]) == 400
    assert "50 further statements are in the JSON only" in editor.page.content.decode()
    editor.do("remove 0")
    assert len(editor.statements) == 449


def test_strangers_find_no_policy_of_another_team(sam: Viewer, policy: Policy) -> None:
    client = browser_of(sam)
    for address in (
        f"/policies/{policy.pk}/edit/statements/",
        f"/policies/{policy.pk}/edit/statements/change/",
    ):
        assert client.post(address, {"source": source_text()}).status_code == 404


def test_a_policy_that_no_builder_makes_opens_here(ada: Viewer, development: Account) -> None:
    policy = make_policy(
        ada, "own", source=document(DENY | {"Note": "x"}).replace(',\n      "Note": "x"', "")
    )
    assert browser_of(ada).get(f"/policies/{policy.pk}/edit/")["Location"].endswith("/edit/statements/")
