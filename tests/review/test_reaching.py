"""What a review says of ways in several steps: new ones, those that stay and those that go, on page and API alike."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.review.models import Review
from policystudio.review.services.propose import propose
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of
from tests.factories import make_policy, make_released
from tests.web.people import browser_of

pytestmark = pytest.mark.django_db
KEYS = "acs:kms:${region}:${account}:key/*"


def source(*statements: dict[str, Any]) -> str:
    made = [{"Effect": "Allow", "Resource": [KEYS], **each} for each in statements]
    return json.dumps({"Version": "1", "Statement": made}, indent=2)


READS = {"Action": ["kms:Decrypt"], "Condition": {"StringEquals": {"kms:tag/Project": ["Apollo"]}}}
TAGS = {"Action": ["kms:TagResource"]}


def proposed(viewer: Viewer, policy: Policy, text: str) -> Review:
    revise(by=viewer, policy=policy, source=text, message="more")
    return propose(by=viewer, policy=policy, message="please")


def steps(ways: list[Any]) -> list[list[str]]:
    return [[step["step"] for step in way["steps"]] for way in ways]


def test_a_right_that_completes_a_way_is_told_as_a_new_way(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui, source=source(READS))
    review = proposed(ada, policy, source(READS, TAGS))
    reach = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["reach"]
    assert steps(reach["new"]) == [["tag_resource", "decrypt"]]
    assert (reach["stays"], reach["gone"], reach["complete"]) == ([], [], True)
    page = browser_of(rui).get(f"/reviews/{review.pk}/").content.decode()
    assert page.index("What changes in access") < page.index("1 way is new") < page.index("set the tags")
    assert 'href="#diff-L' in page


def test_ways_that_stay_and_that_go_are_told_apart(ada: Viewer, rui: Viewer, development: Account) -> None:
    policy = make_released(ada, rui, source=source(READS, TAGS))
    review = proposed(ada, policy, source(READS, TAGS, {"Action": ["kms:DescribeKey"]}))
    reach = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["reach"]
    assert (steps(reach["new"]), steps(reach["stays"])) == ([], [["tag_resource", "decrypt"]])
    Api(ada).post(f"/reviews/{review.pk}/withdraw/", {})
    other = proposed(ada, policy, source(READS))
    reach = body_of(Api(ada).get(f"/reviews/{other.pk}/"))["reach"]
    assert (steps(reach["new"]), steps(reach["gone"])) == ([], [["tag_resource", "decrypt"]])
    page = browser_of(rui).get(f"/reviews/{other.pk}/").content.decode()
    assert "1 way is gone" in page
    assert "No new way leads in several steps" in page


def test_the_same_steps_are_new_where_they_lead_to_more(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    one, every = "acs:kms:${region}:${account}:key/a", KEYS
    opens = {"Action": ["kms:SetKeyPolicy"]}
    policy = make_released(ada, rui, source=source({**opens, "Resource": [one]}))
    review = proposed(ada, policy, source({**opens, "Resource": [every]}))
    reach = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["reach"]
    assert ["set_key_policy", "decrypt"] in steps(reach["new"])
    assert ["set_key_policy", "decrypt"] in steps(reach["stays"])
    new = {each["resource"] for way in reach["new"] for each in way["on"] if each["type"] == "key"}
    assert not any(name.endswith(":key/a") for name in new)
    Api(ada).post(f"/reviews/{review.pk}/withdraw/", {})
    values = {"StringEquals": {"kms:tag/Project": ["Apollo", "Billing"]}}
    tagged = {"StringEquals": {"kms:tag/Project": ["Apollo"]}}
    policy = make_released(ada, rui, name="tagged", source=source({**READS, "Condition": tagged}, TAGS))
    review = proposed(ada, policy, source({**READS, "Condition": values}, TAGS))
    reach = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["reach"]
    assert (steps(reach["new"]), steps(reach["gone"])) == ([], [])


def test_what_is_allowed_at_once_now_is_not_gone(ada: Viewer, rui: Viewer, development: Account) -> None:
    policy = make_released(ada, rui, source=source(READS, TAGS))
    review = proposed(ada, policy, source({"Action": ["kms:Decrypt"]}, TAGS))
    reach = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["reach"]
    assert (steps(reach["new"]), steps(reach["gone"])) == ([], [])


def test_at_first_everything_is_new(ada: Viewer, development: Account) -> None:
    policy = make_policy(ada, source=source(READS, TAGS))
    review = propose(by=ada, policy=policy, message="please")
    reach = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["reach"]
    assert steps(reach["new"]) == [["tag_resource", "decrypt"]]


def test_ways_that_first_undo_something_raise_no_alarm(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui, source=source({"Action": ["kms:Decrypt"]}))
    review = proposed(ada, policy, source({"Action": ["kms:Decrypt", "kms:EnableKey"]}))
    page = browser_of(rui).get(f"/reviews/{review.pk}/").content.decode()
    assert "1 new way first undoes something" in page
    assert "1 way is new" not in page
