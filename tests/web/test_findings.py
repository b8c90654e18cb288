"""Findings on pages: beside the field that causes them, with changes made in place, and the room a policy takes."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.template.loader import render_to_string

from policystudio.accounts.models import Account
from policystudio.builders.builder import all_builders, get
from policystudio.policies.services.revise import revise
from policystudio.ram.reader import read
from policystudio.standards.selectors import standards_of
from policystudio.teams.viewer import Viewer
from policystudio.waivers.services.decide_waiver import accept_waiver
from policystudio.web.forms.beside import TOP, OpenForm, slots
from policystudio.web.forms.builder_form import BuilderForm
from policystudio.web.forms.finding_rows import MAX_FULL
from policystudio.web.forms.policy_fields import PolicyFields
from policystudio.web.forms.result import Result, result_of
from policystudio.web.forms.shown import new_form_result
from tests.factories import DEVELOPMENT, HANGZHOU, make_policy, make_released, source_text
from tests.waivers.findings import request
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
IP = "/policies/new/ip-restricted-access/"
ADDRESSES = {"p.addresses": "10.0.0.0/8\n47.96.10.0/24"}
TWICE = ("kms:Encrypt", "kms:Encrypt", "kms:Encrypt")


def result_in(response: Any) -> Result:
    found = response.context["result"]
    assert isinstance(found, Result)
    return found


def apply_in(result: Result, code: str, *, choice: bool = False) -> str:
    """The name of the first change that a finding of the code offers."""
    offers = (offer for row in result.rows if row.finding["code"] == code for offer in row.offers)
    return next(offer.token for offer in offers if offer.is_choice == choice)


def element(html: str, id: str) -> str:
    """The inside of the element with this id, up to the next element with one."""
    return html.partition(f'id="{id}"')[2].partition(' id="')[0]


@pytest.mark.parametrize("slug", all_builders())
def test_every_finding_of_a_form_stands_beside_one_of_its_fields_or_on_top(slug: str, ada: Viewer) -> None:
    builder = get(slug)
    assert builder is not None
    form = BuilderForm(builder, builder.build({}).parameters)
    result = new_form_result(ada, form, PolicyFields())
    assert result is not None
    page = browser_of(ada).get(f"/policies/new/{slug}/").content.decode()
    assert set(result.beside) <= set(slots(form))
    assert sum(map(len, result.beside.values())) == len(result.rows)
    for slot in slots(form):
        assert page.count(f'id="beside-{slot.replace(".", "-")}"') == 1


def test_a_finding_stands_at_its_field_and_links_both_ways(ada: Viewer, development: Account) -> None:
    page = browser_of(ada).post(IP, {**ADDRESSES, "action": "check"})
    html, result = page.content.decode(), result_in(page)
    (row,) = result.beside["p.addresses"]
    assert "10.0.0.0/8" in row.finding["message"]
    assert (row.field.id, row.field.entry) == ("p.addresses", "10.0.0.0/8") if row.field else False
    assert f'href="#finding-{row.number}"' in element(html, "beside-p-addresses")
    assert 'data-goes-to="p.addresses" data-entry="10.0.0.0/8"' in element(html, f"finding-{row.number}")
    assert "beside__finding--security_warning" in element(html, "beside-form")


def test_while_one_types_the_findings_beside_the_fields_follow(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    html = client.post(f"{IP}preview/", {"p.addresses": "47.96.10.0/24"}).content.decode()
    assert html.count('hx-swap-oob="true"') == len(list(slots(BuilderForm(_ip(), {}))))
    assert "beside__finding" not in element(html, "beside-p-addresses")
    html = client.post(f"{IP}preview/", ADDRESSES).content.decode()
    assert "beside__finding" in element(html, "beside-p-addresses")


def _ip() -> Any:
    return get("ip-restricted-access")


def test_a_change_that_the_form_can_show_is_made_in_the_form(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    fields = {**ADDRESSES, "name": "typed-name", "message": "typed message"}
    shown = result_in(client.post(IP, {**fields, "action": "check"}))
    row = next(row for row in shown.rows if "10.0.0.0/8" in row.finding["message"])
    offer = next(offer for offer in row.offers if offer.fits)
    after = client.post(IP, {**fields, "apply": offer.token})
    assert after.templates[0].name == "builder/builder.html"
    assert "10.0.0.0/8" not in after.context["form"].parameters["addresses"]
    html = after.content.decode()
    assert 'value="typed-name"' in html
    assert "typed message" in html
    assert "nothing is saved yet" in html


@pytest.mark.parametrize(
    ("editor", "template"),
    [("json", "editor/editor.html"), ("statements", "statements/statements.html")],
)
def test_a_change_that_the_form_cannot_show_goes_on_elsewhere(
    editor: str, template: str, ada: Viewer, development: Account
) -> None:
    client = browser_of(ada)
    fields = {**ADDRESSES, "name": "typed-name", "targets": f"{DEVELOPMENT}|{HANGZHOU}"}
    shown = result_in(client.post(IP, {**fields, "action": "check"}))
    offer = next(offer for row in shown.rows for offer in row.offers if offer.fits is False)
    page = client.post(IP, {**fields, "action": "check"}).content.decode()
    assert f'value="json:{offer.token}"' in page
    assert f'value="statements:{offer.token}"' in page
    after = client.post(IP, {**fields, "apply": f"{editor}:{offer.token}"})
    assert after.templates[0].name == template
    assert read(after.context["source"]).value is not None
    assert after.context["source"] != shown.validation.text
    assert 'value="typed-name"' in after.content.decode()


@pytest.mark.parametrize("name", ["", "x", "json:", "all:", "all:no-such-code", "0" * 16, "\x00"])
def test_a_change_that_is_not_offered_changes_nothing(name: str, ada: Viewer, development: Account) -> None:
    after = browser_of(ada).post(IP, {**ADDRESSES, "apply": name})
    assert after.status_code == 200
    assert after.context["form"].parameters["addresses"] == ADDRESSES["p.addresses"].split()


def test_a_change_of_an_older_text_is_refused_with_words(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    shown = result_in(client.post(IP, {**ADDRESSES, "action": "check"}))
    name = shown.rows[0].offers[0].token
    after = client.post(IP, {"p.addresses": "47.97.10.0/24\n47.96.10.0/24", "apply": name})
    assert "Nothing was changed" in after.content.decode()


def test_without_script_changes_are_made_in_the_json_editor_too(ada: Viewer) -> None:
    client, source = browser_of(ada), source_text(actions=TWICE)
    shown = result_in(client.post("/policies/editor/", {"source": source, "action": "check"}))
    one = client.post(
        "/policies/editor/", {"source": source, "apply": apply_in(shown, "repeated-action")}
    ).context["source"]
    assert json.loads(one)["Statement"][0]["Action"] == ["kms:Encrypt"] * 2
    everything = client.post("/policies/editor/", {"source": source, "apply": "all:repeated-action"})
    assert "repeated-action" not in {row.finding["code"] for row in result_in(everything).rows}
    assert "Fix all 2" in client.post("/policies/editor/", {"source": source}).content.decode()


def test_from_the_policy_page_a_change_opens_the_editor_with_it(ada: Viewer, development: Account) -> None:
    client, policy = browser_of(ada), make_policy(ada, source=source_text(actions=TWICE))
    page = client.get(f"/policies/{policy.pk}/?tab=findings").content.decode()
    (link,) = set(re.findall(r'href="([^"]*apply=all:repeated-action)"', page))
    after = client.get(link, follow=True)
    assert json.loads(after.context["source"])["Statement"][0]["Action"] == ["kms:Encrypt"]
    policy.refresh_from_db()
    assert policy.newest_number == 1


def test_a_viewer_is_offered_no_change(vera: Viewer, ada: Viewer, development: Account) -> None:
    policy = make_policy(ada, source=source_text(actions=TWICE))
    page = browser_of(vera).get(f"/policies/{policy.pk}/?tab=findings").content.decode()
    assert "repeated-action" in page
    assert "apply=" not in page


def test_what_is_new_since_the_release_is_said_on_every_page(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    client = browser_of(ada)
    policy = make_released(ada, rui, source=source_text(actions=("kms:Encrypt", "kms:Encrypt")))
    both = source_text(actions=("kms:Encrypt", "kms:Encrypt", "kms:Decrypt", "kms:Decrypt"))
    revise(by=ada, policy=policy, source=both, message="both")
    for path in ("?tab=findings", "revisions/2/", "edit/json/"):
        result = result_in(client.get(f"/policies/{policy.pk}/{path}"))
        news = {
            row.finding["message"]: row.is_new
            for row in result.rows
            if row.finding["code"] == "repeated-action"
        }
        assert {"Decrypt" in message: is_new for message, is_new in news.items()} == {
            True: True,
            False: False,
        }
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="less")
    page = client.get(f"/policies/{policy.pk}/?tab=findings")
    assert "repeated-action" in {row.finding["code"] for row in result_in(page).gone}
    assert "of the released revision" in page.content.decode()


def test_before_a_release_nothing_is_called_new(ada: Viewer, development: Account) -> None:
    policy = make_policy(ada, source=source_text(actions=TWICE))
    result = result_in(browser_of(ada).get(f"/policies/{policy.pk}/?tab=findings"))
    assert {row.is_new for row in result.rows} == {None}


def test_signs_stand_on_the_lines_of_what_is_shown(ada: Viewer, development: Account) -> None:
    compact = source_text(actions=TWICE).replace("\n", "").replace("  ", "")
    targets = {"targets": f"{DEVELOPMENT}|{HANGZHOU}", "show_as": f"{DEVELOPMENT}|{HANGZHOU}"}
    result = result_in(browser_of(ada).post("/policies/editor/preview/", {"source": compact, **targets}))
    lines = result.shown.split("\n")
    marked = [lines[line - 1].strip().rstrip(",") for line in result.shown_signs if line > 1]
    assert '"kms:Encrypt"' in marked
    assert sum(len(sign.rows) for sign in result.shown_signs.values()) <= len(result.rows)
    assert list(result.signs) == [1]


def test_the_meter_names_what_takes_the_room(ada: Viewer, development: Account) -> None:
    policy = make_policy(ada, targets=((DEVELOPMENT, HANGZHOU),))
    page = browser_of(ada).get(f"/policies/{policy.pk}/").content.decode()
    meter = result_in(browser_of(ada).get(f"/policies/{policy.pk}/")).meter
    assert meter is not None
    assert meter.worst is not None
    assert meter.worst.account == DEVELOPMENT
    assert meter.room.bytes == meter.size.bytes_compact
    assert f"{meter.size.bytes_compact} of 6144 bytes" in page
    assert "most of all statement 1, Resource" in page


def test_of_very_many_findings_the_last_are_told_in_a_line_each(ada: Viewer) -> None:
    statement = {"Effect": "Allow", "Action": ["kms:Encrypt"] * 300, "Resource": ["*"]}
    text = json.dumps({"Version": "1", "Statement": [statement]}, indent=2)
    result = result_of(text, standards_of(ada.team_id))
    assert len(result.rows) > 3 * MAX_FULL
    html = render_to_string("components/explained_findings.html", {"result": result, "mode": "editor"})
    assert html.count("<article") == len(result.rows)
    assert html.count("finding--brief") == result.brief_count
    assert len(html) < 4000 * MAX_FULL + 1000 * len(result.rows)


def test_only_what_was_typed_is_kept_when_a_form_takes_a_change_over() -> None:
    builder = get("secret-value-retrieval")
    assert builder is not None
    pairs = [{"name": "one", "key": None}, {"name": "two", "key": "k"}, {"name": "three", "key": "k"}]
    form = BuilderForm(builder, builder.build({"secrets": pairs}).parameters)
    text = form.source() or ""
    taken = OpenForm(form).taken_over(text)
    assert taken is not None
    assert taken.parameters["secrets"] == pairs
    assert OpenForm(form).taken_over(text.replace('"Allow"', '"Deny"')) is None
    assert OpenForm(form).taken_over("{") is None
    assert TOP in set(slots(form))


def test_a_waived_finding_is_folded_away_and_counts_no_longer(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    client, policy = browser_of(ada), make_policy(ada, source=source_text(actions=("kms:Encrypt",) * 2))
    address = f"/policies/{policy.pk}/?tab=findings"
    before = result_in(client.get(address))
    waiver = request(ada, policy, "repeated-action")
    asked = client.get(address)
    assert result_in(asked).finding_count == before.finding_count
    assert waiver.reason in element(asked.content.decode(), f"finding-{_number(asked, 'repeated-action')}")
    accept_waiver(by=rui, waiver=waiver)
    after = client.get(address)
    assert result_in(after).finding_count == before.finding_count - 1
    assert [row.finding["code"] for row in result_in(after).waived_rows] == ["repeated-action"]
    assert "1 finding is waived" in after.content.decode()
    edited = result_in(client.get(f"/policies/{policy.pk}/edit/json/"))
    assert [row.finding["code"] for row in edited.waived_rows] == ["repeated-action"]


def _number(response: Any, code: str) -> int:
    return next(row.number for row in result_in(response).rows if row.finding["code"] == code)
