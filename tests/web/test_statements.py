"""The statement editor: every button works without script, nothing typed is lost, and the JSON is the truth."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU
from tests.web.people import browser_of
from tests.web.statement_form import ALLOW, CHANGE, DENY, EMPTY, NEW, Editor, document

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(ada: Viewer, development: Account) -> Editor:
    return Editor(browser_of(ada), document(ALLOW, DENY))


def test_a_policy_is_built_and_saved_without_script(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    source = client.get(NEW).context["source"]
    editor = Editor(client, source)
    editor.do("add-pattern 0", s0__pattern="kms:Decrypt, kms:Encrypt")
    editor.do("suggest 0 key")
    editor.send(s0__c__new__key="acs:SecureTransport", do="choose-key 0")
    editor.do(
        "add-condition 0",
        s0__c__new__key="acs:SecureTransport",
        s0__c__new__operator="Bool",
        s0__c__new__one="true",
    )
    assert editor.statements == [
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:Encrypt"],
            "Resource": ["acs:kms:${region}:${account}:key/*"],
            "Condition": {"Bool": {"acs:SecureTransport": ["true"]}},
        }
    ]
    editor.fields.pop("action", None)
    saved = editor.send(action="save", name="own", targets=f"{DEVELOPMENT}|{HANGZHOU}", message="mine")
    assert saved.status_code == 302
    assert newest_revision(Policy.objects.get()).source == editor.fields["source"]


def test_a_refused_save_keeps_cards_fields_and_what_was_typed(editor: Editor) -> None:
    page = editor.send(action="save", name="no name!", s0__pattern="kms:Half")
    assert page.status_code == 422
    assert Policy.objects.count() == 0
    assert page.context["fields"].name == "no name!"
    assert page.context["desk"].typed.get(0, "pattern") == "kms:Half"


@pytest.mark.parametrize(
    ("command", "statements"),
    [
        ("add", [ALLOW, DENY, EMPTY]),
        ("copy 1", [ALLOW, DENY, DENY]),
        ("up 1", [DENY, ALLOW]),
        ("down 0", [DENY, ALLOW]),
        ("remove 0", [DENY]),
        ("effect 0 Deny", [{**ALLOW, "Effect": "Deny"}, DENY]),
        ("remove-action 0 0", [{**ALLOW, "Action": []}, DENY]),
        ("remove-resource 0 0", [{**ALLOW, "Resource": []}, DENY]),
        (
            "suggest 0 key-container",
            [{**ALLOW, "Resource": [*ALLOW["Resource"], "acs:kms:${region}:${account}:key"]}, DENY],
        ),
    ],
)
def test_each_button_makes_its_change_and_undo_takes_it_back(
    editor: Editor, command: str, statements: list[Any]
) -> None:
    before = editor.fields["source"]
    editor.do(command)
    assert editor.statements == statements
    editor.do("undo")
    assert editor.fields["source"] == before
    editor.do("redo")
    assert editor.statements == statements


def test_a_condition_is_changed_and_removed(editor: Editor) -> None:
    editor.do(
        "set-condition 0 0",
        s0__c__0__key="acs:SourceIp",
        s0__c__0__operator="NotIpAddress",
        s0__c__0__values="10.0.0.0/8\n192.0.2.1",
    )
    assert editor.statements[0]["Condition"] == {
        "NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8", "192.0.2.1"]}
    }
    editor.do("remove-condition 0 0")
    assert "Condition" not in editor.statements[0]


def test_a_moment_gets_its_zone_and_a_tag_its_key(editor: Editor) -> None:
    editor.do(
        "add-condition 0",
        s0__c__new__key="acs:CurrentTime",
        s0__c__new__operator="DateLessThan",
        s0__c__new__local="2026-12-31T23:59",
        s0__c__new__zone="+08:00",
    )
    for name in [name for name in editor.fields if name.startswith("s0.c.new")]:
        del editor.fields[name]
    editor.do(
        "add-condition 0",
        s0__c__new__key="kms:tag/${TagKey}",
        s0__c__new__operator="StringEquals",
        s0__c__new__tail="Project",
        s0__c__new__values="Apollo",
    )
    conditions = editor.statements[0]["Condition"]
    assert conditions["DateLessThan"] == {"acs:CurrentTime": ["2026-12-31T23:59:00+08:00"]}
    assert conditions["StringEquals"] == {"kms:tag/Project": ["Apollo"]}


def test_a_key_that_the_catalogue_lacks_is_asked_for_with_the_input_of_its_operator(editor: Editor) -> None:
    page = editor.do(
        "choose-operator 0 new",
        s0__c__new__key="other",
        s0__c__new__tail="x:Size",
        s0__c__new__operator="NumericLessThan",
        s0__c__new__values="5",
    )
    form = page.context["cards"][0].body.new_condition
    assert (form.kind, form.one, form.tail) == ("number", "5", "x:Size")
    del editor.fields["s0.c.new.values"]
    editor.do("add-condition 0", s0__c__new__one="5")
    assert editor.statements[0]["Condition"]["NumericLessThan"] == {"x:Size": ["5"]}


def test_resources_are_written_in_parts_and_as_text(editor: Editor) -> None:
    editor.do(
        "add-resource 0",
        s0__r__new__type="alias",
        s0__r__new__name="a\nb",
        s0__r__new__region="literal",
        s0__r__new__region__literal="cn-hangzhou",
        s0__r__new__account="*",
    )
    editor.do("add-raw-resource 0", s0__r__raw__text="acs:oss:*:*:bucket\n\n*")
    editor.do("set-resource 0 0", s0__r__0__type="key", s0__r__0__name="key-1")
    assert editor.statements[0]["Resource"] == [
        "acs:kms:${region}:${account}:key/key-1",
        "acs:kms:cn-hangzhou:*:alias/a",
        "acs:kms:cn-hangzhou:*:alias/b",
        "acs:oss:*:*:bucket",
        "*",
    ]


def test_what_is_wrong_is_said_at_its_field_and_stays_typed(editor: Editor) -> None:
    before = editor.fields["source"]
    page = editor.do(
        "add-resource 0",
        s0__r__new__type="key",
        s0__r__new__name="a b",
        s0__r__new__region="literal",
        s0__r__new__region__literal="China",
    )
    assert editor.wrong == ["s0.r.new.name", "s0.r.new.region"]
    assert editor.fields["source"] == before
    assert 'id="s0.r.new.name_error"' in page.content.decode()
    assert page.context["cards"][0].body.new_resource.name == "a b"
    editor.do("add-condition 0", s0__c__new__key="kms:tag/${TagKey}")
    assert editor.wrong == ["s0.c.new.tail", "s0.c.new.values"]
    editor.do(
        "add-condition 0",
        s0__c__new__key="acs:SourceIp",
        s0__c__new__operator="IpAddress",
        s0__c__new__values="0.0.0.0/0",
    )
    assert editor.wrong == ["s0.c.new.key"]
    assert editor.fields["source"] == before


def test_the_picker_adds_what_is_chosen_and_keeps_the_choice_while_one_searches(editor: Editor) -> None:
    editor.do("pick 0")
    page = editor.do("find 0", s0__pick=["kms:Encrypt"], s0__find__q="describe", s0__find__level="Read")
    found = page.context["cards"][0].body.found
    shown = {c.action.name for group in found.groups for c in group.choices if not c.is_hidden}
    assert "kms:Encrypt" in shown
    assert "kms:DescribeKey" in shown
    assert "kms:Decrypt" not in shown
    editor.do("add-chosen 0", s0__pick=["kms:Encrypt", "kms:DescribeKey"])
    assert editor.statements[0]["Action"] == ["kms:Decrypt", "kms:Encrypt", "kms:DescribeKey"]
    editor.do("add-chosen 0", s0__pick=[])
    assert editor.wrong == ["s0.picker"]


def test_what_was_typed_goes_with_its_statement(editor: Editor) -> None:
    editor.do("down 0", s0__pattern="kms:Half", s1__pattern="other")
    assert (editor.fields["s1.pattern"], editor.fields["s0.pattern"]) == (("kms:Half",), ("other",))
    editor.do("remove 0")
    assert editor.fields["s0.pattern"] == ("kms:Half",)
    editor.do("remove 0")
    assert not any(name.startswith("s0.") for name in editor.fields)


def test_while_the_json_cannot_be_read_the_statements_stay_and_say_so(editor: Editor) -> None:
    page = editor.send(source='{"Version": "1",', action="check")
    assert [card.statement.effect for card in page.context["cards"]] == ["Allow", "Deny"]
    text = page.content.decode()
    assert "The JSON is refused: the statements below are of before" in text
    assert page.context["source"] == '{"Version": "1",'
    editor.do("effect 0 Deny")
    assert editor.fields["source"] == '{"Version": "1",'
    assert editor.wrong == [""]
    page = editor.send(source=document(DENY), action="check")
    assert [card.statement.effect for card in page.context["cards"]] == ["Deny"]
    assert "of before" not in page.content.decode()


def test_findings_stand_in_the_card_of_their_statement(editor: Editor) -> None:
    page = editor.send(source=document({**ALLOW, "Action": ["kms:Encypt"]}, ALLOW), action="check")
    (card, other) = page.context["cards"]
    assert {row.finding["code"] for row in card.beside["s0.a.0"]} >= {"unknown-action"}
    assert "s0.a.0" not in other.beside
    assert 'id="beside-s0-a-0"' in page.content.decode()


def test_what_no_form_knows_is_shown_as_json_and_can_be_changed(editor: Editor) -> None:
    page = editor.send(action="check")
    assert [other.name for other in page.context["cards"][1].body.others] == ["Note"]
    editor.do("set-element 1 0", s1__o__0__json='{"a": 2}')
    assert editor.statements[1]["Note"] == {"a": 2}
    editor.do("set-element 1 0", s1__o__0__json="{,}")
    assert editor.fields["s1.o.0.json"] == ("{,}",)
    editor.do("remove-element 1 0")
    assert "Note" not in editor.statements[1]


@pytest.mark.parametrize(
    "command",
    [
        "",
        "nothing",
        "effect",
        "effect x",
        "effect 99 Deny",
        "up -1",
        "remove 1e9",
        "set-resource 0 99",
        "suggest 0 none",
        "\0",
        "remove-condition 0 7",
        "set-element 0 0",
        "open 99",
        "pick x",
    ],
)
def test_a_command_that_no_button_sends_changes_nothing(editor: Editor, command: str) -> None:
    before = editor.fields["source"]
    assert editor.do(command).status_code == 200
    assert editor.fields["source"] == before


def test_a_change_answers_with_cards_and_result_alone(editor: Editor) -> None:
    answer = editor.client.post(CHANGE, {**editor.fields, "do": "copy 0"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert "<html" not in text
    assert text.count('id="statements"') == 1
    assert 'id="result-holder" hx-swap-oob="innerHTML"' in text
    assert "data-statement-source" in text


def test_a_pattern_says_what_it_stands_for(vera: Viewer) -> None:
    client = browser_of(vera)
    assert (
        "kms:ListKeys" in client.get("/policies/editor/expand/", {"s3.pattern": "kms:List*"}).content.decode()
    )
    assert (
        "no action that is known"
        in client.get("/policies/editor/expand/", {"pattern": "kms:X*"}).content.decode()
    )
    assert client.get("/policies/editor/expand/").status_code == 200
