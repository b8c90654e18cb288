from __future__ import annotations

from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.review.services.propose import propose
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of, codes_at, problem_of
from tests.factories import make_policy, source_text
from tests.waivers.findings import REPEATED, soon

pytestmark = pytest.mark.django_db

CODE = "repeated-action"


@pytest.fixture
def repeating(ada: Viewer, development: Account) -> Policy:
    return make_policy(ada, "repeating", source=REPEATED)


def finding(viewer: Viewer, policy: Policy) -> Any:
    findings = body_of(Api(viewer).get(f"/policies/{policy.pk}/revisions/1/"))["findings"]
    [found] = [each for each in findings if each["code"] == CODE]
    return found


def asked(viewer: Viewer, policy: Policy, **changed: Any) -> Any:
    mark = finding(viewer, policy)["fingerprint"]
    body = {"code": CODE, "fingerprint": mark, "reason": "old client", "until": soon().isoformat()}
    return Api(viewer).post(f"/policies/{policy.pk}/waivers/", {**body, **changed})


def test_waiver_is_asked_for_accepted_shown_with_its_finding_and_ended(
    ada: Viewer, rui: Viewer, repeating: Policy
) -> None:
    assert finding(ada, repeating)["waiver"] is None
    made = asked(ada, repeating)
    assert made.status_code == 201
    address = made["Location"]
    assert body_of(Api(ada).get(address)) == body_of(made)
    assert body_of(made)["state"] == "requested"
    assert finding(ada, repeating)["waiver"]["state"] == "requested"
    accepted = body_of(Api(rui).post(f"{address}accept/", {"remark": "fine"}))
    assert (accepted["state"], accepted["decided_by"], accepted["remark"]) == ("accepted", "rui", "fine")
    assert finding(ada, repeating)["waiver"] == {
        "id": accepted["id"],
        "state": "accepted",
        "reason": "old client",
        "until": soon().isoformat(),
        "requested_by": "ada",
        "decided_by": "rui",
    }
    problem_of(Api(rui).post(f"{address}refuse/"), 409)
    ended = body_of(Api(ada).post(f"{address}end/"))
    assert (ended["state"], ended["ended_by"]) == ("ended", "ada")
    assert finding(ada, repeating)["waiver"] is None


def test_one_s_own_waiver_is_403(rui: Viewer, ada: Viewer, repeating: Policy) -> None:
    address = asked(rui, repeating)["Location"]
    assert "you asked" in problem_of(Api(rui).post(f"{address}accept/"), 403)["detail"]


def test_waivers_are_listed_by_state(ada: Viewer, rui: Viewer, repeating: Policy) -> None:
    api, address = Api(ada), asked(ada, repeating)["Location"]

    def states(query: str) -> list[str]:
        return [each["state"] for each in body_of(api.get(f"/waivers/{query}"))["results"]]

    assert states("") == states("?state=requested") == ["requested"]
    assert body_of(api.get(f"/policies/{repeating.pk}/waivers/?state=requested"))["results"]
    assert states("?state=accepted") == states("?state=unused") == states("?state=expired") == []
    Api(rui).post(f"{address}accept/")
    assert states("?state=unused") == []
    revise(by=ada, policy=repeating, source=source_text(), message="mended")
    assert states("?state=unused") == ["accepted"]
    assert body_of(api.get(address))["is_unused"] is True
    assert codes_at(api.get("/waivers/?state=odd")) == {"/state": "unknown-choice"}


def test_faults_of_a_waiver_are_pointed_at(ada: Viewer, repeating: Policy) -> None:
    assert codes_at(asked(ada, repeating, until="2026-02-31")) == {"/until": "wrong-form"}
    assert codes_at(asked(ada, repeating, until="20260228")) == {"/until": "wrong-form"}
    assert codes_at(asked(ada, repeating, until=1)) == {"/until": "wrong-type"}
    assert codes_at(asked(ada, repeating, until="2020-01-01", reason="")) == {
        "/until": "out-of-range",
        "/reason": "required",
    }
    assert codes_at(asked(ada, repeating, fingerprint="x")) == {"/fingerprint": "unknown-finding"}
    assert asked(ada, repeating).status_code == 201
    assert problem_of(asked(ada, repeating), 409)["type"].endswith("already-requested")


def test_a_review_says_that_a_waiver_stands_in_its_way(ada: Viewer, rui: Viewer, repeating: Policy) -> None:
    address = asked(ada, repeating)["Location"]
    review = propose(by=ada, policy=repeating, message="please look")
    shown = body_of(Api(rui).get(f"/reviews/{review.pk}/"))
    assert "waiver-undecided" in {each["code"] for each in shown["blocked_by"]}
    decision = {"verdict": "approve", "digest": shown["digest"], "body": ""}
    refused = problem_of(Api(rui).post(f"/reviews/{review.pk}/decisions/", decision), 409)
    assert refused["errors"][0]["code"] == "waiver-undecided"
    Api(rui).post(f"{address}accept/")
    assert Api(rui).post(f"/reviews/{review.pk}/decisions/", decision).status_code == 201


def test_validating_a_text_knows_no_waivers(ada: Viewer) -> None:
    for each in body_of(Api(ada).post("/validate/", {"text": REPEATED}))["findings"]:
        assert "waiver" not in each
