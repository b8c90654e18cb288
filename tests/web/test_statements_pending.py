"""What was typed into a card and not applied keeps one from saving, closing and leaving, and is said at its field."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import newest_revision
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, make_policy
from tests.web.people import browser_of
from tests.web.statement_form import ALLOW, DENY, NEW, Editor, document

pytestmark = pytest.mark.django_db

RAW = {"Effect": "Allow", "Action": "kms:*", "Resource": ["acs:oss:*:*:bucket", "acs:kms:*:1:secret/a/*"]}
TAGS = {
    **ALLOW,
    "Condition": {
        "Bool": {"acs:MFAPresent": "true", "acs:SecureTransport": ["false"]},
        "DateLessThan": {"acs:CurrentTime": "2026-12-31T23:59:00+08:00"},
        "DateGreaterThan": {"acs:CurrentTime": ["2026-02-30T00:00:00Z"]},
        "StringEquals": {"kms:tag/Project": ["a", "b, c"], "acs:SourceVpc": [" x "]},
        "NumericLessThan": {"own:Number": ["5"]},
        "IpAddress": {"ACS:sourceip": ["192.0.2.1", "192.0.2.1"]},
        "Odd": {"a": []},
    },
}
HALF = {
    "s0.pattern": {"s0.pattern": "kms:Half"},
    "s0.picker": {"s0.pick": "kms:Encrypt", "picking": "0"},
    "s0.r.new.type": {"s0.r.new.type": "key", "s0.r.new.name": "prod/*"},
    "s0.r.raw.text": {"s0.r.raw.text": "acs:kms:*:*:key/a"},
    "s0.r.0.type": {"s0.r.0.type": "key", "s0.r.0.name": "other"},
    "s0.c.new.key": {"s0.c.new.key": "acs:SourceIp", "s0.c.new.values": "203.0.113.0/24"},
    "s0.c.0.operator": {"s0.c.0.key": "acs:SourceIp", "s0.c.0.operator": "NotIpAddress"},
    "s1.o.0.json": {"s1.o.0.json": '{"b": 2}'},
}


class Fields(HTMLParser):
    """What a browser without script sends of a page's statement editor."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self._inside = ""
        self._name = ""
        self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        is_on = "checked" in given or given.get("type") not in ("radio", "checkbox")
        if tag == "input" and name and is_on and "disabled" not in given:
            self.sent.setdefault(name, []).append(given.get("value", ""))
        if tag in ("select", "textarea"):
            self._inside, self._name, self._text = tag, name, ""
        is_chosen = "selected" in given or self._name not in self.sent
        if tag == "option" and self._inside == "select" and is_chosen:
            self.sent[self._name] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.sent[self._name] = [self._text.removeprefix("\n").replace("\n", "\r\n")]
        if tag == self._inside:
            self._inside = ""


@pytest.fixture
def editor(ada: Viewer, development: Account) -> Editor:
    return Editor(browser_of(ada), document(ALLOW, DENY))


@pytest.mark.parametrize("field", HALF)
def test_a_new_policy_is_not_saved_without_what_was_typed(editor: Editor, field: str) -> None:
    page = editor.send(action="save", name="own", targets=f"{DEVELOPMENT}|{HANGZHOU}", **HALF[field])
    assert page.status_code == 422
    assert editor.wrong == [field]
    assert Policy.objects.count() == 0
    html = page.content.decode()
    assert f'href="#{field}"' in html
    assert f'id="{field}"' in html
    assert f'id="{field}_error"' in html


@pytest.mark.parametrize("field", HALF)
def test_a_revision_is_not_saved_without_what_was_typed(
    ada: Viewer, development: Account, field: str
) -> None:
    policy = make_policy(ada, source=document(ALLOW, DENY))
    address = f"/policies/{policy.pk}/edit/statements/"
    client = browser_of(ada)
    sent = Fields(client.get(address).content.decode()).sent
    page = client.post(address, {**sent, **HALF[field], "message": "m", "action": "save"})
    assert page.status_code == 422
    assert f'id="{field}_error"' in page.content.decode()
    assert Revision.objects.filter(policy=policy).count() == 1
    policy.refresh_from_db()
    assert newest_revision(policy).number == 1


@pytest.mark.parametrize("to", ["json", "builder"])
@pytest.mark.parametrize("field", ["s0.pattern", "s0.c.new.key"])
def test_one_does_not_leave_for_another_editor_without_what_was_typed(
    editor: Editor, to: str, field: str
) -> None:
    assert editor.send(f"{NEW}?to={to}", **HALF[field]).status_code == 422
    assert editor.wrong == [field]


@pytest.mark.parametrize(
    ("command", "field", "shown"),
    [
        ("close 0", "s0.c.new.key", "s0.c.new.key"),
        ("close-all", "s1.o.0.json", "s1.o.0.json"),
        ("pick 0", "s0.picker", "s0.picker"),
        ("pick 1", "s0.picker", "s0.picker"),
    ],
)
def test_what_was_typed_is_not_closed_away(editor: Editor, command: str, field: str, shown: str) -> None:
    editor.do(command, **HALF[field])
    assert editor.wrong == [shown]
    assert {0, 1} <= editor.page.context["desk"].open


@pytest.mark.parametrize("statements", [[ALLOW, DENY], [RAW], [TAGS], ["no object", {"Effect": 1}]])
def test_a_form_that_nobody_touched_holds_nothing_back(
    ada: Viewer, development: Account, statements: list[Any]
) -> None:
    client = browser_of(ada)
    page = client.post(NEW, {"source": document(*statements), "action": "check"})
    sent = Fields(page.content.decode()).sent
    again = client.post(f"{NEW}?to=json", {**sent, "action": "check"})
    assert again.status_code == 307, again.context["desk"].wrong
    picking = client.post(NEW, {**sent, "do": "pick 0"})
    sent = Fields(picking.content.decode()).sent
    assert client.post(f"{NEW}?to=json", {**sent, "action": "check"}).status_code == 307


def test_the_type_that_a_form_began_with_is_nothing_typed(ada: Viewer, development: Account) -> None:
    client = browser_of(ada)
    page = client.get(NEW)
    sent = Fields(page.content.decode()).sent
    page = client.post(NEW, {**sent, "s0.pattern": "kms:GetSecretValue", "do": "add-pattern 0"})
    sent = Fields(page.content.decode()).sent
    assert client.post(f"{NEW}?to=json", {**sent, "action": "check"}).status_code == 307
