"""The page "who may": the question in the address, the answer with links to what causes it."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from django.urls import reverse

from policystudio.accounts.models import Account
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, HANGZHOU, make_released
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db

KEY = f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-hzz0000000000001"


def page(viewer: Viewer, status: int = 200, **query: str) -> str:
    response = browser_of(viewer).get(reverse("who_may"), query)
    assert response.status_code == status
    return response.content.decode()


def test_an_answer_leads_to_the_statement_and_to_the_simulator(
    ada: Viewer, rui: Viewer, vera: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui)
    shown = page(vera, action="kms:Encrypt", resource=KEY)
    assert "1 document allows it always" in shown
    place = reverse("policy_target", args=[policy.pk, DEVELOPMENT, HANGZHOU])
    assert f'href="{place}#released-L4"' in shown
    assert f"{reverse('simulator')}?policy={policy.pk}&amp;account={DEVELOPMENT}" in shown


def test_before_a_question_there_is_only_the_form(vera: Viewer) -> None:
    assert 'id="answer"' not in page(vera)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"action": "kms:*"}, "one action"),
        ({"action": "kms:Decrypt", "resource": "x"}, "write"),
        ({"action": "kms:Decrypt", "context": "acs:SourceIp"}, "Line 1"),
        (
            {"action": "kms:Decrypt", "context": "acs:SourceIp=nonsense"},
            "<code>nonsense</code> is no value of",
        ),
        ({"action": "kms:Decrypt", "context": "a=1\na=2"}, "Line 2"),
        ({"resource": "*"}, "Say which action"),
        ({"action": "kms:Decrypt", "complete": "false"}, "true or left out"),
        ({"action": "kms:Decrypt", "context": "a=" + "x" * 20_000}, "At most"),
    ],
)
def test_a_bad_question_keeps_what_was_typed(query: dict[str, str], told: str, vera: Viewer) -> None:
    shown = page(vera, 422, **query)
    assert told in shown
    for value in query.values():
        assert value.splitlines()[0] in shown


def test_another_team_sees_no_document(ada: Viewer, rui: Viewer, sam: Viewer, development: Account) -> None:
    make_released(ada, rui)
    assert "No released document allows it" in page(sam, action="kms:Encrypt", resource=KEY)


def test_what_a_deny_stands_against_is_listed_when_asked_for(
    ada: Viewer, rui: Viewer, vera: Viewer, development: Account
) -> None:
    place = "acs:kms:${region}:${account}:"
    statements = [
        {"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": [f"{place}key/*"]},
        {"Effect": "Deny", "Action": ["kms:Encrypt"], "Resource": ["*"]},
    ]
    make_released(ada, rui, source=json.dumps({"Version": "1", "Statement": statements}), reasons={})
    assert "denied=true" in page(vera, action="kms:Encrypt", resource=KEY)
    shown = page(vera, action="kms:Encrypt", resource=KEY, denied="true")
    assert "a Deny stands against it" in shown
    assert "statement 2" in shown


def test_what_its_conditions_leave_nothing_of_is_said_to_be_never(
    ada: Viewer, rui: Viewer, vera: Viewer, development: Account
) -> None:
    place = "acs:kms:${region}:${account}:"
    statements = [
        {
            "Effect": "Allow",
            "Action": ["kms:Encrypt"],
            "Resource": [f"{place}key/*"],
            "Condition": {"StringEquals": {"kms:tag/a": ["x"]}},
        },
        {
            "Effect": "Deny",
            "Action": ["kms:Encrypt"],
            "Resource": ["*"],
            "Condition": {"StringLike": {"kms:tag/a": ["*"]}},
        },
    ]
    make_released(ada, rui, source=json.dumps({"Version": "1", "Statement": statements}), reasons={})
    shown = page(vera, action="kms:Encrypt", resource=KEY)
    assert "Never: its conditions leave nothing of it" in shown
    assert "the numbers count statement by statement" in shown


def test_all_that_a_document_allows_is_a_link_away(
    ada: Viewer, rui: Viewer, vera: Viewer, development: Account
) -> None:
    make_released(ada, rui)
    shown = page(vera, action="kms:Encrypt", resource=KEY)
    (address,) = re.findall(r'href="(/compare/[^"]*)"', shown)
    answer = browser_of(vera).get(unescape(address))
    assert answer.status_code == 200
    told = answer.content.decode()
    assert "everything after it counts as new" in told
    assert "kms:Encrypt" in told
