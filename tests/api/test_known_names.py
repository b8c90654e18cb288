"""The team's own names over the API, and what they change for the validator; what grew by them."""

from __future__ import annotations

import pytest
from django.utils import timezone

from policystudio.audit.models import Event
from policystudio.standards.models import KnownName
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db
NEW = {"kind": "action", "name": "kms:SpinKey", "note": "tried in the sandbox", "seen_on": "2026-01-31"}
TEXT = factories.source_text(actions=("kms:SpinKey",))


def codes(api: Api, text: str = TEXT) -> set[str]:
    return {finding["code"] for finding in body_of(api.post("/validate/", {"text": text}))["findings"]}


def test_name_is_added_shown_and_removed(rui: Viewer, ada: Viewer) -> None:
    api = Api(rui)
    made = api.post("/catalog/names/", NEW)
    assert made.status_code == 201
    shown = body_of(made)
    assert {name: shown[name] for name in NEW} == NEW
    assert (shown["access_level"], shown["resource_types"], shown["risk"]) == (None, None, None)
    assert (shown["added_by"], shown["is_in_catalog"]) == ("rui", False)
    assert body_of(Api(ada).get(made["Location"])) == shown
    assert body_of(api.get("/catalog/names/"))["results"] == [shown]
    problem_of(api.delete(made["Location"]), 428)
    problem_of(api.delete(made["Location"], If_Match='"9-0"'), 412)
    assert api.delete(made["Location"], If_Match=made["ETag"]).status_code == 204
    problem_of(api.get(made["Location"]), 404)
    assert [e.action for e in Event.objects.order_by("pk")][-2:] == ["known_name.added", "known_name.removed"]


def test_added_name_is_unknown_no_more_to_this_team_alone(rui: Viewer, ada: Viewer, sam: Viewer) -> None:
    assert "unknown-action" in codes(Api(ada))
    name = factories.make_known_name(rui)
    assert codes(Api(ada)) == set()
    assert "unknown-action" in codes(Api(sam))
    assert Api(rui).delete(f"/catalog/names/{name.pk}/", If_Match="*").status_code == 204
    assert "unknown-action" in codes(Api(ada))


def test_what_is_known_of_a_name_is_kept(rui: Viewer) -> None:
    known = {**NEW, "access_level": "Read", "resource_types": ["key", "alias"], "risk": "low"}
    made = body_of(Api(rui).post("/catalog/names/", known))
    assert {name: made[name] for name in known} == known
    listed = body_of(Api(rui).get("/catalog/actions/?q=SpinKey"))["results"]
    assert [(a["name"], a["confidence"], a["access_level"]) for a in listed] == [
        ("kms:SpinKey", "team", "Read")
    ]


def test_condition_key_is_added_like_an_action(rui: Viewer) -> None:
    text = TEXT.replace(
        '"Resource"', '"Condition": {"StringEquals": {"kms:Purpose/App": "a"}}, "Resource"'
    ).replace("SpinKey", "Encrypt")
    assert "unknown-condition-key" in codes(Api(rui), text)
    key = {**NEW, "kind": "condition_key", "name": "kms:Purpose/"}
    assert Api(rui).post("/catalog/names/", key).status_code == 201
    assert "unknown-condition-key" not in codes(Api(rui), text)
    listed = body_of(Api(rui).get("/catalog/condition-keys/?q=Purpose"))["results"]
    assert [(k["key"], k["prefix"], k["confidence"]) for k in listed] == [
        ("kms:Purpose/${Name}", "kms:Purpose/", "team")
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "kms:Spin*"}, {"/name": "bad-name"}),
        ({"name": "oss:GetObject"}, {"/name": "bad-name"}),
        ({"name": "kms:decrypt"}, {"/name": "known-name"}),
        ({"name": "kms:" + "A" * 200}, {"/name": "too-long"}),
        ({"kind": "verb"}, {"/kind": "unknown-choice"}),
        ({"note": "  "}, {"/note": "required"}),
        ({"seen_on": "2999-01-01"}, {"/seen_on": "out-of-range"}),
        ({"seen_on": "yesterday"}, {"/seen_on": "wrong-form"}),
        ({"access_level": "Root"}, {"/access_level": "unknown-choice"}),
        ({"risk": "huge"}, {"/risk": "unknown-choice"}),
        (
            {"resource_types": ["key", "key", "moon"]},
            {"/resource_types/1": "duplicate", "/resource_types/2": "unknown-choice"},
        ),
        ({"kind": "condition_key", "name": "kms:Purpose", "risk": "low"}, {"/risk": "not-for-this-kind"}),
        ({"kind": "condition_key", "name": "kms:EncryptionAlgorithm"}, {"/name": "known-name"}),
        ({"colour": "red"}, {"/colour": "unknown-field"}),
    ],
)
def test_faults_are_pointed_at(rui: Viewer, change: dict[str, object], expected: dict[str, str]) -> None:
    assert codes_at(Api(rui).post("/catalog/names/", {**NEW, **change})) == expected


def test_same_name_in_another_case_is_in_conflict(rui: Viewer, sam: Viewer) -> None:
    factories.make_known_name(rui)
    problem = problem_of(Api(rui).post("/catalog/names/", {**NEW, "name": "kms:SPINKEY"}), 409)
    assert "written kms:SpinKey" in problem["detail"]
    assert str(KnownName.objects.get().pk) in str(problem)
    assert Api(sam).post("/catalog/names/", NEW).status_code == 201


def test_author_does_not_add_names(ada: Viewer) -> None:
    assert "reviewer" in problem_of(Api(ada).post("/catalog/names/", NEW), 403)["detail"]


def test_grown_release_is_listed_with_what_it_now_also_covers(
    rui: Viewer, ada: Viewer, sam: Viewer, development: object
) -> None:
    policy = factories.make_released(
        ada, rui, name="wide", source=factories.source_text(actions=("kms:Get*", "kms:Encrypt"))
    )
    assert body_of(Api(ada).get("/catalog/grown/"))["results"] == []
    factories.make_known_name(rui, "kms:GetKeySpin", resource_types=["key"])
    factories.make_known_name(rui, "kms:GetSecretSpin", resource_types=["secret"])
    (shown,) = body_of(Api(ada).get("/catalog/grown/"))["results"]
    by_rui = {"origin": "team", "known_since": timezone.localdate().isoformat(), "added_by": "rui"}
    assert shown["policy"] == {"id": policy.pk, "name": "wide"}
    assert shown["revision"] == 1
    assert shown["judged_by_catalog_of"] == "2026-11-24"
    assert shown["growth"] == [
        {
            "statement": 0,
            "path": "/Statement/0/Action/0",
            "effect": "Allow",
            "entry": "kms:Get*",
            "is_exception": False,
            "actions": [
                {"name": "kms:GetKeySpin", "can_act": True, **by_rui},
                # What a team says of its names is not documented, so it is not taken for certain.
                {"name": "kms:GetSecretSpin", "can_act": True, **by_rui},
            ],
        }
    ]
    assert body_of(Api(sam).get("/catalog/grown/"))["results"] == []


def test_policies_that_use_a_name_are_listed_those_that_name_it_first(
    rui: Viewer, ada: Viewer, sam: Viewer, development: object
) -> None:
    key = factories.make_known_name(rui, "kms:SpinMode/", kind="condition_key")
    action = factories.make_known_name(rui)
    wide = factories.make_policy(ada, "a-wide", source=factories.source_text(actions=("kms:Spin*",)))
    conditional = TEXT.replace(
        '"Resource"', '"Condition": {"StringEquals": {"kms:SpinMode/Fast": ["yes"]}}, "Resource"'
    )
    spins = factories.make_policy(ada, "spins", source=conditional)
    found = body_of(Api(ada).get(f"/catalog/names/{action.pk}/uses/"))["results"]
    assert [(use["policy"]["id"], use["is_named"]) for use in found] == [(spins.pk, True), (wide.pk, False)]
    assert found[0]["accounts"] == [factories.DEVELOPMENT]
    found = body_of(Api(ada).get(f"/catalog/names/{key.pk}/uses/"))["results"]
    assert [use["policy"]["name"] for use in found] == ["spins"]
    problem_of(Api(sam).get(f"/catalog/names/{key.pk}/uses/"), 404)
