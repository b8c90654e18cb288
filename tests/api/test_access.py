"""The URL table of the API × the whole cast: who may do what is written down here once more, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.api.openapi import described
from policystudio.importing.services.create_import import create_import
from policystudio.policies.models import Policy
from policystudio.ram.unpacking import unpack
from policystudio.review.models import Review
from policystudio.review.services.comment import comment
from policystudio.review.services.decide import decide
from policystudio.review.standing import standing
from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Scope
from policystudio.teams.viewer import Viewer
from tests import factories
from tests.api.client import Api, body_of, make_token, problem_of
from tests.guardrails.rules import ask as ask_exception
from tests.guardrails.rules import make_on, only_from_office
from tests.waivers.findings import REPEATED, request

pytestmark = pytest.mark.django_db

ANYBODY = ("public", set[str]())
ANY_MEMBER = ("viewer", set(Scope))
READ = ("viewer", {"read"})
EXPORT = ("viewer", {"export"})
WRITE = ("author", {"write"})
SPEAK = ("author", {"write", "review"})
REVIEW = ("reviewer", {"review"})
ADMIN = ("admin", {"admin"})
TOKENS = ("viewer", {"admin"})
NAMES = ("reviewer", {"review", "admin"})

RULES: dict[tuple[str, str], tuple[str, set[Any]]] = {
    ("GET", "/api/schema/"): ANYBODY,
    ("GET", "/api/v1/schema/document/"): ANYBODY,
    ("GET", "/api/v1/me/"): ANY_MEMBER,
    ("GET", "/api/v1/builders/"): READ,
    ("GET", "/api/v1/builders/{slug}/"): READ,
    ("POST", "/api/v1/builders/{slug}/render/"): READ,
    ("POST", "/api/v1/compare/"): READ,
    ("POST", "/api/v1/escalate/"): READ,
    ("POST", "/api/v1/derive/"): READ,
    ("POST", "/api/v1/diagnose/"): READ,
    ("POST", "/api/v1/minimise/"): READ,
    ("POST", "/api/v1/split/"): READ,
    ("POST", "/api/v1/validate/"): READ,
    ("POST", "/api/v1/explain/"): READ,
    ("POST", "/api/v1/simulate/"): READ,
    ("POST", "/api/v1/sentences/"): READ,
    ("POST", "/api/v1/sentences/completions/"): READ,
    ("GET", "/api/v1/search/"): READ,
    ("GET", "/api/v1/rules/"): READ,
    ("GET", "/api/v1/rules/{code}/"): READ,
    ("GET", "/api/v1/severities/"): READ,
    ("GET", "/api/v1/severities/{code}/"): READ,
    ("PUT", "/api/v1/severities/{code}/"): ADMIN,
    ("DELETE", "/api/v1/severities/{code}/"): ADMIN,
    ("GET", "/api/v1/catalog/actions/"): READ,
    ("GET", "/api/v1/catalog/resource-types/"): READ,
    ("GET", "/api/v1/catalog/condition-keys/"): READ,
    ("GET", "/api/v1/catalog/regions/"): READ,
    ("GET", "/api/v1/catalog/grown/"): READ,
    ("GET", "/api/v1/catalog/names/"): READ,
    ("POST", "/api/v1/catalog/names/"): NAMES,
    ("GET", "/api/v1/catalog/names/{name_id}/"): READ,
    ("GET", "/api/v1/catalog/names/{name_id}/uses/"): READ,
    ("DELETE", "/api/v1/catalog/names/{name_id}/"): NAMES,
    ("GET", "/api/v1/accounts/"): READ,
    ("POST", "/api/v1/accounts/"): ADMIN,
    ("GET", "/api/v1/accounts/{number}/"): READ,
    ("PATCH", "/api/v1/accounts/{number}/"): ADMIN,
    ("DELETE", "/api/v1/accounts/{number}/"): ADMIN,
    ("GET", "/api/v1/policies/"): READ,
    ("POST", "/api/v1/policies/"): WRITE,
    ("GET", "/api/v1/policies/{policy_id}/"): READ,
    ("PATCH", "/api/v1/policies/{policy_id}/"): WRITE,
    ("DELETE", "/api/v1/policies/{policy_id}/"): WRITE,
    ("GET", "/api/v1/policies/{policy_id}/revisions/"): READ,
    ("POST", "/api/v1/policies/{policy_id}/revisions/"): WRITE,
    ("GET", "/api/v1/policies/{policy_id}/revisions/{number}/"): READ,
    ("GET", "/api/v1/policies/{policy_id}/targets/"): READ,
    ("PUT", "/api/v1/policies/{policy_id}/targets/"): WRITE,
    ("GET", "/api/v1/policies/{policy_id}/reviews/"): READ,
    ("POST", "/api/v1/policies/{policy_id}/reviews/"): WRITE,
    ("GET", "/api/v1/policies/{policy_id}/waivers/"): READ,
    ("POST", "/api/v1/policies/{policy_id}/waivers/"): WRITE,
    ("GET", "/api/v1/waivers/"): READ,
    ("GET", "/api/v1/waivers/{waiver_id}/"): READ,
    ("POST", "/api/v1/waivers/{waiver_id}/accept/"): REVIEW,
    ("POST", "/api/v1/waivers/{waiver_id}/refuse/"): REVIEW,
    ("POST", "/api/v1/waivers/{waiver_id}/end/"): WRITE,
    ("GET", "/api/v1/guardrails/"): READ,
    ("POST", "/api/v1/guardrails/"): ADMIN,
    ("GET", "/api/v1/guardrails/ready/"): READ,
    ("GET", "/api/v1/guardrails/{guardrail_id}/"): READ,
    ("PATCH", "/api/v1/guardrails/{guardrail_id}/"): ADMIN,
    ("DELETE", "/api/v1/guardrails/{guardrail_id}/"): ADMIN,
    ("GET", "/api/v1/guardrails/{guardrail_id}/preview/"): READ,
    ("POST", "/api/v1/guardrails/{guardrail_id}/switch-on/"): ADMIN,
    ("POST", "/api/v1/guardrails/{guardrail_id}/switch-off/"): ADMIN,
    ("GET", "/api/v1/guardrails/{guardrail_id}/exceptions/"): READ,
    ("POST", "/api/v1/guardrails/{guardrail_id}/exceptions/"): WRITE,
    ("GET", "/api/v1/exceptions/{exception_id}/"): READ,
    ("POST", "/api/v1/exceptions/{exception_id}/grant/"): ADMIN,
    ("POST", "/api/v1/exceptions/{exception_id}/refuse/"): ADMIN,
    ("POST", "/api/v1/exceptions/{exception_id}/end/"): WRITE,
    ("GET", "/api/v1/cases/"): READ,
    ("POST", "/api/v1/cases/"): WRITE,
    ("GET", "/api/v1/cases/{case_id}/"): READ,
    ("DELETE", "/api/v1/cases/{case_id}/"): WRITE,
    ("POST", "/api/v1/cases/{case_id}/run/"): READ,
    ("GET", "/api/v1/policies/{policy_id}/tests/run/"): READ,
    ("GET", "/api/v1/policies/{policy_id}/tests/mutants/"): READ,
    ("GET", "/api/v1/policies/{policy_id}/tests/offered/"): READ,
    ("GET", "/api/v1/policies/{policy_id}/tests/file/"): READ,
    ("POST", "/api/v1/policies/{policy_id}/tests/file/"): WRITE,
    ("GET", "/api/v1/imports/"): READ,
    ("POST", "/api/v1/imports/"): WRITE,
    ("GET", "/api/v1/imports/{import_id}/"): READ,
    ("POST", "/api/v1/imports/{import_id}/continue/"): WRITE,
    ("GET", "/api/v1/reviews/"): READ,
    ("GET", "/api/v1/reviews/{review_id}/"): READ,
    ("GET", "/api/v1/reviews/{review_id}/findings/"): READ,
    ("GET", "/api/v1/reviews/{review_id}/decisions/"): READ,
    ("POST", "/api/v1/reviews/{review_id}/decisions/"): REVIEW,
    ("GET", "/api/v1/reviews/{review_id}/decisions/{decision_id}/"): READ,
    ("GET", "/api/v1/reviews/{review_id}/comments/"): READ,
    ("POST", "/api/v1/reviews/{review_id}/comments/"): SPEAK,
    ("GET", "/api/v1/comments/{comment_id}/"): READ,
    ("POST", "/api/v1/comments/{comment_id}/resolve/"): SPEAK,
    ("POST", "/api/v1/reviews/{review_id}/release/"): SPEAK,
    ("POST", "/api/v1/reviews/{review_id}/withdraw/"): SPEAK,
    ("GET", "/api/v1/export/"): EXPORT,
    ("GET", "/api/v1/export/{account}/{region}/{name}/"): EXPORT,
    ("GET", "/api/v1/team/members/"): READ,
    ("GET", "/api/v1/tokens/"): TOKENS,
    ("POST", "/api/v1/tokens/"): TOKENS,
    ("GET", "/api/v1/tokens/{token_id}/"): TOKENS,
    ("DELETE", "/api/v1/tokens/{token_id}/"): TOKENS,
    ("GET", "/api/v1/audit/"): READ,
    ("GET", "/api/v1/audit/verify/"): READ,
}
ROLES = ("viewer", "author", "reviewer", "admin")
OF_THE_TEAM = (
    "policy_id",
    "import_id",
    "review_id",
    "comment_id",
    "decision_id",
    "token_id",
    "waiver_id",
    "guardrail_id",
    "exception_id",
    "case_id",
    "name_id",
    "number",
    "{account}",
)


def routes() -> list[tuple[str, str]]:
    """Every method of every address."""
    from policystudio.api.openapi import braced

    return sorted((method, braced(address)) for address, view, _ in described() for method in view.operations)


def test_every_route_has_a_rule_here_and_no_rule_is_left_over() -> None:
    assert set(routes()) == set(RULES)


@pytest.fixture
def places(review: Review, policy: Policy, ada: Viewer, rui: Viewer, max_: Viewer) -> dict[str, str]:
    """An object of the team for each part of a path."""
    decision = decide(by=rui, review=review, verdict="request_changes", digest=standing(review).digest)
    make_token(max_, "read")
    token = ApiToken.objects.filter(member=max_.member).latest("pk")
    repeating = factories.make_policy(ada, "repeating", source=REPEATED)
    guardrail = make_on(max_, only_from_office("kms:Encrypt"))
    return {
        "slug": "key-read-only",
        "code": "unknown-action",
        "policy_id": str(policy.pk),
        "import_id": str(create_import(by=ada, found=unpack(factories.source_text()).found).pk),
        "review_id": str(review.pk),
        "decision_id": str(decision.pk),
        "comment_id": str(comment(by=ada, review=review, body="why?").pk),
        "token_id": str(token.pk),
        "waiver_id": str(request(ada, repeating, "repeated-action").pk),
        "guardrail_id": str(guardrail.pk),
        "exception_id": str(ask_exception(ada, guardrail, policy).pk),
        "case_id": str(factories.make_case(ada, policy=policy).pk),
        "account": factories.DEVELOPMENT,
        "region": factories.HANGZHOU,
        "name": policy.name,
        "name_id": str(factories.make_known_name(max_).pk),
    }


def filled(address: str, places: dict[str, str]) -> str:
    number = places["account"] if "accounts" in address else "1"
    return address.format(**places, number=number)


def outcome(api: Api, method: str, address: str) -> int:
    body: Any = {} if method in ("POST", "PATCH", "PUT") else None
    return api.send(method, address, body).status_code


@pytest.mark.parametrize(("method", "address"), routes())
def test_roles_and_scopes(
    method: str,
    address: str,
    places: dict[str, str],
    vera: Viewer,
    ada: Viewer,
    rui: Viewer,
    max_: Viewer,
    sam: Viewer,
) -> None:
    lowest, scopes = RULES[method, address]
    path = filled(address, places)
    anonymous = outcome(Api(), method, path)
    if lowest == "public":
        assert anonymous == 200
        return
    assert anonymous == 401
    for role, person in zip(ROLES, (vera, ada, rui, max_), strict=True):
        is_allowed = ROLES.index(role) >= ROLES.index(lowest)
        # Somebody else's token is hidden from all but the admin.
        answered = outcome(Api(person), method, path)
        assert (answered not in (401, 403)) == is_allowed, (role, answered)
        assert is_allowed or answered == 403
    for scope in Scope:
        answered = outcome(Api(max_, scope), method, path)
        assert (answered not in (401, 403)) == (scope in scopes), (scope, answered)
    answered = outcome(Api(sam), method, path)
    if any(part in address for part in OF_THE_TEAM):
        assert answered == 404
    else:
        assert answered not in (401, 403, 404)


@pytest.mark.parametrize(("method", "address"), [route for route in routes() if "_id}" in route[1]])
def test_foreign_and_unknown_look_the_same(
    method: str, address: str, places: dict[str, str], sam: Viewer
) -> None:
    api = Api(sam)
    body: Any = {} if method in ("POST", "PATCH", "PUT") else None
    foreign = api.send(method, filled(address, places), body)
    unknown = api.send(
        method, filled(address, {**places, **{n: "987654321" for n in places if n.endswith("_id")}}), body
    )
    assert problem_of(foreign, 404) == problem_of(unknown, 404)


def test_refusal_names_what_is_missing(vera: Viewer, max_: Viewer) -> None:
    assert "author" in problem_of(Api(vera).post("/policies/", {}), 403)["detail"]
    assert "scope write" in problem_of(Api(max_, "read").post("/policies/", {}), 403)["detail"]


@pytest.mark.parametrize(("method", "address"), [route for route in routes() if RULES[route] != ANYBODY])
def test_other_methods_are_405_with_allow(
    method: str, address: str, places: dict[str, str], max_: Viewer
) -> None:
    declared = {m for m, a in routes() if a == address}
    api = Api(max_)
    for other in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - declared:
        refused = api.send(other, filled(address, places))
        problem_of(refused, 405)
        assert declared <= set(refused["Allow"].split(", "))
    options = api.send("OPTIONS", filled(address, places))
    assert options.status_code == 204
    assert declared <= set(options["Allow"].split(", "))


def test_head_is_like_get_without_a_body(ada: Viewer, policy: Policy) -> None:
    api, address = Api(ada), f"/policies/{policy.pk}/"
    head = api.send("HEAD", address)
    assert head.status_code == 200
    assert head.content == b""
    assert head["ETag"] == api.get(address)["ETag"]
    problem_status = Api().send("HEAD", address).status_code
    assert problem_status == 401


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api/v1/",
        "/api/v2/policies/",
        "/api/v1/policies",
        "/api/v1/policies/0/",
        "/api/v1/policies/999999999999999999999999/",
        "/api/v1/policies/１/",
        "/api/v1/x%0Ay/",
    ],
)
def test_unknown_addresses_are_problems(path: str, ada: Viewer) -> None:
    problem_of(Api(ada).get(path), 404)


def test_nul_in_an_address_is_malformed(ada: Viewer) -> None:
    problem_of(Api(ada).get("/api/v1/accounts/%00/"), 400)


def test_me_says_who_is_asking(ada: Viewer) -> None:
    me = body_of(Api(ada, "read").get("/me/"))
    assert me["user"] == "ada"
    assert me["role"] == "author"
    assert me["scopes"] == ["read"]
    assert me["may"] == ["read"]
    assert me["team"]["slug"] == ada.team.slug
