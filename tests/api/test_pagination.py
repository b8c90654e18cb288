from __future__ import annotations

from typing import Any

import pytest

from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(ada: Viewer) -> list[str]:
    made = [f"policy-{number}" for number in range(7)]
    for name in made:
        factories.make_policy(ada, name, targets=())
    return made


def shown(page: Any) -> list[str]:
    return [each["name"] for each in page["results"]]


def test_pages_lead_forth_and_back(ada: Viewer, names: list[str]) -> None:
    api = Api(ada)
    first = body_of(api.get("/policies/?limit=3"))
    assert shown(first) == names[:3]
    assert first["previous"] is None
    second = body_of(api.get(first["next"]))
    assert shown(second) == names[3:6]
    third = body_of(api.get(second["next"]))
    assert shown(third) == names[6:]
    assert third["next"] is None
    assert shown(body_of(api.get(third["previous"]))) == names[3:6]
    back = body_of(api.get(second["previous"]))
    assert shown(back) == names[:3]
    assert back["previous"] is None
    assert shown(body_of(api.get(back["next"]))) == names[3:6]


def test_rows_added_meanwhile_shift_nothing(ada: Viewer, names: list[str]) -> None:
    api = Api(ada)
    first = body_of(api.get("/policies/?limit=3"))
    factories.make_policy(ada, "a-new-one", targets=())
    assert shown(body_of(api.get(first["next"]))) == names[3:6]


def test_next_page_keeps_the_filters(ada: Viewer, names: list[str]) -> None:
    factories.make_policy(ada, "another", targets=())
    api = Api(ada)
    first = body_of(api.get("/policies/?limit=5&q=policy"))
    assert shown(body_of(api.get(first["next"]))) == names[5:]


def test_cursor_is_good_only_where_it_came_from(ada: Viewer, max_: Viewer, names: list[str]) -> None:
    api = Api(ada)
    cursor = body_of(api.get("/policies/?limit=3"))["next"].partition("cursor=")[2]
    wrong = {"/cursor": "invalid-cursor"}
    assert codes_at(Api(max_).get(f"/policies/?cursor={cursor}")) == wrong
    assert codes_at(api.get(f"/policies/?q=policy&cursor={cursor}")) == wrong
    assert codes_at(api.get(f"/accounts/?cursor={cursor}")) == wrong
    assert codes_at(api.get(f"/policies/?cursor={cursor}x")) == wrong
    assert codes_at(api.get("/policies/?cursor=")) == wrong


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.0", "", "x", "１", "9" * 30])
def test_limit_is_a_number_from_1_to_200(limit: str, ada: Viewer) -> None:
    assert list(codes_at(Api(ada).get(f"/policies/?limit={limit}"))) == ["/limit"]


def test_lists_from_memory_are_paged_the_same_way(ada: Viewer) -> None:
    api = Api(ada)
    seen: list[str] = []
    page = body_of(api.get("/builders/?limit=4"))
    while True:
        seen += [each["slug"] for each in page["results"]]
        if page["next"] is None:
            break
        page = body_of(api.get(page["next"]))
    assert len(seen) == len(set(seen)) == 11
    back = body_of(api.get(page["previous"]))
    assert [each["slug"] for each in back["results"]] == seen[4:8]
