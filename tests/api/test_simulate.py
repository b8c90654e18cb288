"""`/simulate/`: a decision with its reasons, from documents that are sent or stored, and the place of every refusal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.audit.models import Event
from policystudio.policies.models import Policy
from policystudio.review.models import Current
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, codes_at, problem_of

pytestmark = pytest.mark.django_db

KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"


@pytest.fixture
def released(ada: Viewer, rui: Viewer, development: Account) -> Policy:
    targets = [(factories.DEVELOPMENT, factories.HANGZHOU)]
    return factories.make_released(ada, rui, name="App-Read", targets=targets)


def document(**statement: Any) -> dict[str, Any]:
    one = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/*", **statement}
    return {"Version": "1", "Statement": [one]}


def asked(action: str = "kms:Decrypt", resource: str = KEY, **context: Any) -> dict[str, Any]:
    return {
        "action": action,
        "resource": resource,
        "context": {key.replace("_", ":"): value for key, value in context.items()},
    }


def simulate(viewer: Viewer, *documents: Any, request: Any = None) -> Any:
    body = {"documents": list(documents), "request": request or asked()}
    return body_of(Api(viewer, "read").post("/simulate/", body))


def test_a_document_as_text_and_as_object_gets_the_same_answer(vera):
    answer = simulate(vera, json.dumps(document()))
    assert answer["decision"] == "allow"
    assert answer["matched"] == [{"document": 0, "path": "/Statement/0", "effect": "Allow"}]
    assert answer["reason"] is None
    assert answer["near"] == []
    assert answer["not_considered"]
    assert [element["outcome"] for element in answer["trace"][0]["elements"]] == ["match", "match"]
    assert simulate(vera, document()) == answer


def test_a_deny_overrides_and_every_statement_is_traced(vera):
    answer = simulate(vera, document(), document(Effect="Deny", Action="*", Resource="*"))
    assert answer["decision"] == "explicit_deny"
    assert [(each["document"], each["effect"]) for each in answer["matched"]] == [(1, "Deny"), (0, "Allow")]
    assert len(answer["trace"]) == 2


def test_nothing_attached_allows_nothing(vera):
    assert simulate(vera)["decision"] == "implicit_deny"


def test_a_near_miss_says_what_is_missing(vera):
    condition = {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}
    answer = simulate(vera, document(Action="oss:*"), document(Condition=condition))
    assert answer["decision"] == "implicit_deny"
    assert answer["near"][0]["document"] == 1
    assert answer["near"][0]["failing"] == ["/Statement/0/Condition/IpAddress/acs:SourceIp"]
    assert "all but `acs:SourceIp` fits" in answer["near"][0]["text"]


def test_an_undocumented_operator_is_unknown_with_its_place(vera):
    answer = simulate(vera, document(Condition={"ForAllValues:StringEquals": {"a:b": "c"}}))
    assert answer["decision"] == "unknown"
    assert answer["reason"]["path"] == "/Statement/0/Condition/ForAllValues:StringEquals"
    assert answer["reason"]["document"] == 0


@pytest.mark.parametrize(
    ("operator", "value", "sent"),
    [
        ("Bool", "true", True),
        ("NumericLessThan", "4", 3),
        ("NumericEquals", "0.0000001", 0.0000001),
        ("StringEquals", "3", 3),
    ],
)
def test_booleans_and_numbers_of_the_context_become_their_text(vera, operator, value, sent):
    answer = simulate(vera, document(Condition={operator: {"a:b": value}}), request=asked(a_b=sent))
    assert answer["decision"] == "allow"


@pytest.mark.parametrize("sent", [["10.0.0.1"], None, {}])
def test_a_context_value_is_one_value(vera, sent):
    body = {"documents": [], "request": asked(acs_SourceIp=sent)}
    assert codes_at(Api(vera).post("/simulate/", body)) == {"/request/context/acs:SourceIp": "wrong-type"}


def test_a_huge_exponent_is_not_written_out(vera):
    raw = json.dumps({"documents": [document()], "request": asked(a_b=1)}).replace(": 1}", ": 1e999999999}")
    assert Api(vera).send("POST", "/simulate/", raw=raw.encode()).status_code == 200


def test_what_is_no_request_is_refused_at_its_place(vera):
    body = {"documents": [], "request": asked("Decrypt", "key/1")}
    refused = Api(vera).post("/simulate/", body)
    assert codes_at(refused) == {
        "/request/action": "malformed-action",
        "/request/resource": "malformed-resource",
    }


def test_broken_documents_are_refused_with_line_and_column(vera):
    body = {"documents": [document(), '{"Version": "1",\n "Statement": [}'], "request": asked()}
    refused = Api(vera).post("/simulate/", body)
    assert set(codes_at(refused)) == {"/documents/1"}
    assert "line 2" in problem_of(refused, 400)["detail"]


def test_an_object_at_fault_is_pointed_into(vera):
    body = {"documents": [document(Effect="allow", Resource="key/1")], "request": asked()}
    assert codes_at(Api(vera).post("/simulate/", body)) == {
        "/documents/0/Statement/0/Effect": "unknown-effect"
    }
    body = {"documents": [document(Resource="key/1")], "request": asked()}
    refused = Api(vera).post("/simulate/", body)
    assert codes_at(refused) == {"/documents/0/Statement/0/Resource": "malformed-resource"}


def test_number_and_size_of_documents_are_limited(vera):
    many = {"documents": [document()] * 51, "request": asked()}
    assert codes_at(Api(vera).post("/simulate/", many)) == {"/documents": "too-many"}
    large = {"documents": [json.dumps(document()) + " " * 100_000] * 4, "request": asked()}
    assert codes_at(Api(vera).post("/simulate/", large)) == {"/documents": "too-large"}


def test_documents_or_policies_are_needed(vera):
    assert codes_at(Api(vera).post("/simulate/", {"request": asked()})) == {"/documents": "required"}


def test_a_placeholder_that_is_left_is_told(vera):
    answer = simulate(vera, document(Resource="acs:kms:${region}:${account}:key/*"))
    assert answer["decision"] == "implicit_deny"
    assert [each["code"] for each in answer["warnings"]] == ["unreplaced-placeholder"]


def test_a_released_document_is_taken_by_its_policy_and_hidden_from_strangers(vera, sam, released):
    current = Current.objects.get(policy_id=released.pk)
    named = {"policy": current.policy_id, "account": current.account, "region": current.region}
    body = {"policies": [named], "request": asked()}
    answer = body_of(Api(vera, "read").post("/simulate/", body))
    assert len(answer["trace"]) >= 1
    hidden = problem_of(Api(sam).post("/simulate/", body), 404)
    unknown = {**body, "policies": [{**named, "policy": 987654321}]}
    assert problem_of(Api(sam).post("/simulate/", unknown), 404) == hidden
    elsewhere = {**body, "policies": [{**named, "region": "nowhere-1"}]}
    problem_of(Api(vera).post("/simulate/", elsewhere), 404)


def test_an_altered_document_is_not_judged_and_the_trail_says_so(vera, released, unprotected):
    place = {"policy": released.pk, "account": factories.DEVELOPMENT, "region": factories.HANGZHOU}
    body = {"policies": [place], "request": asked()}
    assert body_of(Api(vera).post("/simulate/", body))["trace"]
    unprotected.execute("UPDATE review_releaseddocument SET text = replace(text, 'kms:Encrypt', 'kms:*')")
    refused = Api(vera).post("/simulate/", body)
    assert problem_of(refused, 500)["code"] == "integrity-broken"
    assert Event.objects.latest("sequence").action == "export.integrity_broken"


def test_a_number_that_no_policy_can_have_is_refused(vera: Viewer) -> None:
    named = {"account": factories.DEVELOPMENT, "region": factories.HANGZHOU}
    for number in (0, 2**63, 10**30):
        body = {"policies": [{"policy": number, **named}], "request": asked()}
        assert codes_at(Api(vera, "read").post("/simulate/", body)) == {"/policies/0/policy": "out-of-range"}
    body = {"policies": [{"policy": 2**63 - 1, **named}], "request": asked()}
    problem_of(Api(vera, "read").post("/simulate/", body), 404)


@pytest.mark.parametrize(
    ("request_", "pointers"),
    [
        (asked(action="kms:*"), ["/request/action"]),
        (asked(resource="acs:kms:*:*:key/?"), ["/request/resource"]),
        (asked(resource="*"), []),
        (asked(), []),
    ],
)
def test_a_pattern_where_a_name_is_asked_for_is_answered_with_a_warning(request_, pointers, vera):
    answer = simulate(vera, document(), request=request_)
    assert [(each["pointer"], each["code"]) for each in answer["request_warnings"]] == [
        (pointer, "wildcard-in-name") for pointer in pointers
    ]


@pytest.mark.parametrize(
    "statement",
    [
        {"Action": "kms:" + "A" * 3_000},
        {"Resource": "acs:kms:*:*:key/" + "k" * 5_000},
        {"Condition": {"StringEquals": {"kms:tag/a": "v" * 3_000}}},
        {"Condition": {"StringEquals": {f"kms:tag/{n}": "v" for n in range(300)}}},
    ],
)
def test_a_request_that_a_comparison_shows_can_be_asked(statement, vera):
    after = document(**statement)
    compared = body_of(Api(vera, "read").post("/compare/", {"before": [], "after": [after]}))
    answer = simulate(vera, after, request=compared["witness"]["request"])
    assert answer["decision"] == "allow"
