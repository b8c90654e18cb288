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


def test_a_finding_stands_under_the_entry_that_causes_it(editor: Editor) -> None:
    resources = ["acs:kms:*:*:key/a", "acs:kms:*:*:nothing/b"]
    page = editor.send(
        source=document({**ALLOW, "Action": ["kms:Decrypt", "kms:Decript"], "Resource": resources})
    )
    beside = page.context["cards"][0].beside
    assert "s0.a.1" in beside
    assert "s0.r.1" in beside
    html = page.content.decode()
    assert 'id="s0.r.1' in html
    conditions = {"IpAddress": {"acs:SourceIp": ["192.0.2.0/24"], "acs:Nothing": ["192.0.2.0/33"]}}
    page = editor.send(source=document({**ALLOW, "Condition": conditions}))
    assert "s0.c.1" in page.context["cards"][0].beside


def test_a_waived_finding_is_neither_shown_nor_counted_in_a_card(editor: Editor, monkeypatch: Any) -> None:
    source = document({**ALLOW, "Action": ["kms:Decript"]})
    assert editor.send(source=source).context["cards"][0].finding_count > 0
    monkeypatch.setattr(
        "policystudio.web.forms.finding_rows.FindingRow.is_waived", property(lambda row: True)
    )
    (card,) = editor.send(source=source).context["cards"]
    assert (card.finding_count, card.beside) == (0, {})


def test_an_empty_card_is_calm_while_the_result_says_what_is_missing(ada: Viewer) -> None:
    page = browser_of(ada).get(NEW)
    (card,) = page.context["cards"]
    assert (card.finding_count, card.beside, card.is_blank) == (0, {}, True)
    assert page.context["result"].finding_count > 0
    assert "Choose an action to begin" in page.content.decode()


def test_a_refused_text_is_told_by_its_line_and_holds_the_cards(editor: Editor) -> None:
    typed = {"s0.pattern": "kms:Half"}
    text = document({**ALLOW, "Resource": ["acs:kms:*:*:key/\u202ea"]})
    html = editor.send(source=text, action="check", **typed).content.decode()
    line = text[: text.index("\u202e")].count("\n") + 1
    assert f"line {line}" in html
    (fault,) = editor.page.context["faults"]
    assert fault.finding["message"].endswith("remove it (U+202E)")
    assert "U+202E" in html[html.index("The JSON is refused") :]
    assert "statements__cards--stale" in html
    assert '<textarea name="s0.pattern" hidden' in html
    # What was typed is still there once the text can be read again.
    editor.send(source=document(ALLOW, DENY), action="check")
    assert editor.page.context["desk"].typed.get(0, "pattern") == "kms:Half"


def test_enter_without_script_adds_the_action_that_was_written(editor: Editor) -> None:
    html = editor.send().content.decode()
    form = html[html.index('id="statement-form"') :]
    assert form.index('value="enter"') < form.index('name="do"', form.index('value="enter"'))
    editor.do("enter", s0__pattern="kms:Encrypt")
    assert editor.statements[0]["Action"] == ["kms:Decrypt", "kms:Encrypt"]
    editor.do("enter", s0__pattern="kms:Sign", s1__pattern="kms:Verify")
    assert editor.statements[0]["Action"] == ["kms:Decrypt", "kms:Encrypt"]


def test_the_editor_asks_for_open_findings_of_a_policy_of_its_own_team(
    ada: Viewer, sam: Viewer, policy: Policy
) -> None:
    page = browser_of(ada).get(f"/policies/{policy.pk}/edit/statements/").content.decode()
    assert f'name="policy" value="{policy.pk}"' in page
    asked = {"text": document({**ALLOW, "Action": ["kms:Decript"]}), "policy": str(policy.pk)}
    assert browser_of(ada).post("/policies/editor/validate/", asked).json()["findings"]
    assert browser_of(sam).post("/policies/editor/validate/", asked).status_code == 404
