"""Guardrails over the API: written, looked at, switched on, excepted from; and what a release is refused with."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at
from tests.factories import DEVELOPMENT, HANGZHOU, approve, source_text
from tests.guardrails.rules import make_on, only_from_office, soon

pytestmark = pytest.mark.django_db

BODY = {"name": "Office", "why": "audit", "definition": only_from_office("kms:Encrypt")}


def test_a_guardrail_is_written_previewed_and_switched_on(max_: Viewer, ada: Viewer, policy: Policy) -> None:
    api = Api(max_)
    made = api.post("/guardrails/", BODY)
    assert made.status_code == 201
    shown = body_of(made)
    assert (shown["is_on"], shown["in_force"]) == (False, None)
    assert "`kms:Encrypt`" in shown["sentence"]
    at = f"/guardrails/{shown['id']}/"
    seen = body_of(Api(ada).get(f"{at}preview/"))
    [stop] = seen["stops"]
    assert stop["policy"] == policy.pk
    [broken] = stop["newest"]
    assert broken["requests"][0]["action"].lower() == "kms:encrypt"
    assert broken["paths"] == ["/Statement/0"]
    assert stop["repaired_source"]
    assert api.post(f"{at}switch-on/", {"preview": "0" * 64}).status_code == 409
    assert body_of(api.post(f"{at}switch-on/", {"preview": seen["preview"]}))["is_on"]
    assert api.get("/guardrails/").status_code == 200
    assert body_of(api.post(f"{at}switch-off/", {}))["is_on"] is False


def test_a_refused_release_has_a_pointer_and_the_request(
    max_: Viewer, ada: Viewer, rui: Viewer, review: Review
) -> None:
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    approve(rui, review)
    refused = Api(ada).post(f"/reviews/{review.pk}/release/", {})
    assert codes_at(refused, 409) == {"/source/Statement/0": "guardrail-broken"}
    blocked = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["blocked_by"]
    assert [each["code"] for each in blocked] == ["guardrail-broken"]
    body = {"policy": review.policy_id, "reason": "a month", "until": soon().isoformat()}
    asked = Api(ada).post(f"/guardrails/{guardrail.pk}/exceptions/", body)
    assert asked.status_code == 201
    at = f"/exceptions/{body_of(asked)['id']}/"
    assert Api(rui).post(f"{at}grant/", {}).status_code == 403
    assert body_of(Api(max_).post(f"{at}grant/", {"remark": "fine"}))["state"] == "granted"
    assert len(body_of(Api(ada).get(f"/guardrails/{guardrail.pk}/exceptions/"))["results"]) == 1
    assert Api(ada).post(f"/reviews/{review.pk}/release/", {}).status_code == 200
    assert body_of(Api(ada).post(f"{at}end/", {}))["state"] == "ended"


@pytest.mark.parametrize(
    ("definition", "faults"),
    [
        ({}, {"/definition/never/actions": "required"}),
        ({"kind": "often"}, {"/definition/kind": "unknown-choice"}),
        ({"never": {"actions": ["nothing"]}}, {"/definition/never/actions/0": "missing-service-prefix"}),
        (
            {"never": {"actions": ["kms:*"], "resources": ["acs:kms"]}},
            {"/definition/never/resources/0": "missing-resource-field"},
        ),
        (
            {
                "never": {
                    "actions": ["kms:*"],
                    "conditions": [
                        {"operator": "IpAddress", "key": "acs:SourceIp", "values": ["here"]},
                        {"operator": "ForAnyValue:StringLike", "key": "a", "values": ["b"]},
                        {"operator": "Bool", "key": "", "values": []},
                    ],
                }
            },
            {
                "/definition/never/conditions/0/values/0": "unreadable-value",
                "/definition/never/conditions/1/operator": "unknown-operator",
                "/definition/never/conditions/2/key": "required",
                "/definition/never/conditions/2/values": "required",
            },
        ),
        ({"never": {"actions": ["kms:*"]}, "unless": [{}]}, {"/definition/unless/0": "required"}),
        ({"kind": "separation", "never": {"actions": ["kms:*"]}}, {"/definition/other/actions": "required"}),
        ({"kind": "long-names", "never": {"actions": ["kms:*"]}}, {"/definition/characters": "out-of-range"}),
        (
            {
                "never": {"actions": ["kms:*"]},
                "scope": {
                    "environments": ["Production"],
                    "accounts": ["123"],
                    "regions": ["cn-hangzho"],
                    "except_policies": ["app-*", "**"],
                },
            },
            {
                "/definition/scope/environments/0": "unknown-environment",
                "/definition/scope/accounts/0": "unknown-account",
                "/definition/scope/regions/0": "unknown-region",
                "/definition/scope/except_policies/1": "guards-nothing",
            },
        ),
        (
            {"never": {"actions": ["kms:Encrypt"]}, "unless": [{"actions": ["kms:*"]}]},
            {"/definition/unless": "guards-nothing"},
        ),
        ({"oops": 1}, {"/definition/oops": "unknown-field"}),
    ],
)
def test_faults_of_a_guardrail_are_pointed_at(
    max_: Viewer, definition: dict[str, Any], faults: dict[str, str]
) -> None:
    refused = Api(max_).post("/guardrails/", {**BODY, "definition": definition})
    assert refused.status_code == 400
    assert codes_at(refused) == faults


def test_validating_for_targets_tells_what_a_release_would_break(
    max_: Viewer, ada: Viewer, policy: Policy
) -> None:
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    target = {"account": DEVELOPMENT, "region": HANGZHOU}
    told = body_of(Api(ada).post("/validate/", {"text": source_text(), **target}))
    [breach] = told["guardrails"]
    assert breach["guardrail"] == guardrail.pk
    assert breach["broken"][0]["targets"] == [target]
    assert body_of(Api(ada).post("/validate/", {"text": source_text()}))["guardrails"] == []
    assert body_of(Api(ada).post("/validate/", {"text": "{", **target}))["guardrails"] == []


def test_a_guardrail_is_reworded_and_removed_by_who_read_it(max_: Viewer) -> None:
    api = Api(max_)
    made = api.post("/guardrails/", BODY)
    at = f"/guardrails/{body_of(made)['id']}/"
    assert api.patch(at, {"name": "Lab"}).status_code == 428
    changed = api.patch(at, {"name": "Lab"}, if_match=made["ETag"])
    assert body_of(changed)["name"] == "Lab"
    assert body_of(changed)["definition"] == body_of(made)["definition"]
    assert api.delete(at, if_match=made["ETag"]).status_code == 412
    assert api.delete(at, if_match=changed["ETag"]).status_code == 204
    assert api.get(at).status_code == 404


def test_the_ready_made_ones_can_be_sent_once_filled(max_: Viewer) -> None:
    api = Api(max_)
    for ready in body_of(api.get("/guardrails/ready/"))["results"]:
        body = {"name": ready["title"], "definition": ready["definition"]}
        assert api.post("/guardrails/", body).status_code == (400 if ready["blanks"] else 201)


def test_an_action_that_the_catalogue_does_not_know_is_told(max_: Viewer) -> None:
    definition = {"never": {"actions": ["kms:Decrypt", "kms:Decript", "kms:Xyz*"]}}
    shown = body_of(Api(max_).post("/guardrails/", {**BODY, "definition": definition}))
    assert shown["unknown_actions"] == ["kms:Decript", "kms:Xyz*"]


def test_a_new_name_does_not_ask_again_whether_the_accounts_are_there(max_: Viewer, development: Any) -> None:
    definition = {"never": {"actions": ["kms:Decrypt"]}, "scope": {"accounts": [DEVELOPMENT]}}
    api = Api(max_)
    made = api.post("/guardrails/", {**BODY, "definition": definition})
    development.delete()
    at = f"/guardrails/{body_of(made)['id']}/"
    assert api.patch(at, {"name": "Lab"}, if_match=made["ETag"]).status_code == 200
