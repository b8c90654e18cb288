"""Who may do what over the API: answers with their statements, counts beside the page, bad questions refused."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from policystudio.accounts.models import Account
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at
from tests.factories import DEVELOPMENT, HANGZHOU, SHANGHAI, make_released

pytestmark = pytest.mark.django_db

KEY = f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/a"


def asked(viewer: Viewer, **query: str) -> Any:
    return Api(viewer).get(f"/search/?{urlencode(query)}")


@pytest.fixture
def released(ada: Viewer, rui: Viewer, development: Account) -> None:
    statement = {
        "Effect": "Allow",
        "Action": ["kms:Decrypt"],
        "Resource": ["acs:kms:${region}:${account}:key/a"],
        "Condition": {"IpAddress": {"acs:SourceIp": ["203.0.112.0/24"]}},
    }
    source = json.dumps({"Version": "1", "Statement": [statement]})
    make_released(ada, rui, source=source, targets=((DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI)))


@pytest.mark.usefixtures("released")
class TestReleased:
    def test_a_document_is_found_with_the_statement_and_the_open_condition(self, vera: Viewer) -> None:
        found = body_of(asked(vera, action="kms:Decrypt", resource=KEY))
        (hit,) = found["results"]
        assert (hit["account"], hit["region"], hit["answer"]) == (DEVELOPMENT, HANGZHOU, "under_conditions")
        condition = {"operator": "IpAddress", "key": "acs:SourceIp", "values": ["203.0.112.0/24"]}
        assert hit["statements"] == [
            {
                "path": "/Statement/0",
                "effect": "Allow",
                "on_some_resources": False,
                "resources": [KEY],
                "all_but_resources": False,
                "conditions": [condition],
            }
        ]
        assert found["counts"] == {"always": 0, "under_conditions": 1, "denied": 0}

    def test_what_the_request_carries_settles_conditions(self, vera: Viewer) -> None:
        inside = body_of(
            asked(vera, action="kms:decrypt", resource=KEY, context='{"acs:SourceIp": "203.0.112.9"}')
        )
        assert [hit["answer"] for hit in inside["results"]] == ["always"]
        outside = body_of(asked(vera, action="kms:Decrypt", context='{"acs:SourceIp": "192.0.2.1"}'))
        assert outside["results"] == []
        nothing = body_of(asked(vera, action="kms:Decrypt", complete="true"))
        assert nothing["results"] == []

    def test_a_value_that_its_key_cannot_have_is_refused_at_its_place(self, vera: Viewer) -> None:
        refused = asked(vera, action="kms:Decrypt", resource=KEY, context='{"acs:SourceIp": "nonsense"}')
        assert codes_at(refused) == {"/context/acs:SourceIp": "unreadable-value"}

    def test_without_a_resource_every_target_is_listed_in_pages(self, vera: Viewer) -> None:
        first = body_of(asked(vera, action="kms:Decrypt", limit="1"))
        second = body_of(Api(vera).get(first["next"]))
        regions = [page["results"][0]["region"] for page in (first, second)]
        assert regions == [HANGZHOU, SHANGHAI]
        assert second["next"] is None
        assert first["counts"]["under_conditions"] == 2

    def test_a_target_narrows_the_answer(self, vera: Viewer) -> None:
        found = body_of(asked(vera, action="kms:Decrypt", region=SHANGHAI))
        assert [hit["region"] for hit in found["results"]] == [SHANGHAI]

    def test_another_team_finds_nothing(self, sam: Viewer) -> None:
        assert body_of(asked(sam, action="kms:Decrypt"))["results"] == []


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({}, "/action"),
        ({"action": "Decrypt"}, "/action"),
        ({"action": "kms:*"}, "/action"),
        ({"action": "kms:Decrypt", "resource": "key/a"}, "/resource"),
        ({"action": "kms:Decrypt", "context": "acs:SourceIp"}, "/context"),
        ({"action": "kms:Decrypt", "context": '{"a": 1}'}, "/context"),
        ({"action": "kms:Decrypt", "context": '{"a": "1", "a": "2"}'}, "/context"),
        ({"action": "kms:Decrypt", "complete": "yes"}, "/complete"),
        ({"action": "kms:Decrypt", "who": "me"}, "/who"),
    ],
)
def test_what_is_no_question_is_refused_at_its_place(
    query: dict[str, str], pointer: str, vera: Viewer
) -> None:
    assert pointer in codes_at(asked(vera, **query))
