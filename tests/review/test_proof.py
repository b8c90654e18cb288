"""What a review changes in access: over all targets, against what is released, and as it was decided afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.accounts.models import Account
from policystudio.analysis.comparing import Answer
from policystudio.catalog import load
from policystudio.policies.models import Policy
from policystudio.policies.selectors import newest_revision
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.proof import Proof, named_targets, proof, proof_of_review
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.review.standing import standing
from policystudio.teams.viewer import Viewer
from tests.api.client import Api, body_of
from tests.factories import (
    DEVELOPMENT,
    FRANKFURT,
    HANGZHOU,
    SHANGHAI,
    approve,
    make_policy,
    make_released,
    source_text,
)

pytestmark = pytest.mark.django_db
WIDER = source_text(actions=("kms:Encrypt", "kms:Decrypt"))


def proven(viewer: Viewer, policy: Policy, source: str | None = None) -> Proof:
    if source is not None:
        revise(by=viewer, policy=policy, source=source, message="more")
    review = propose(by=viewer, policy=policy, message="please")
    return proof_of_review(viewer, review, standing(review))


def answers(proof: Proof) -> tuple[Answer, Answer]:
    assert proof.access is not None
    return proof.access.grants_new_access, proof.access.revokes_access


def test_another_way_of_saying_the_same_grants_nothing_new(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui, source=WIDER)
    again = json.loads(WIDER)
    (statement,) = again["Statement"]
    again["Statement"] = [{**statement, "Action": [each]} for each in statement["Action"]]
    assert answers(proven(ada, policy, json.dumps(again))) == (Answer.NO, Answer.NO)


def test_what_is_new_is_shown_by_a_request_in_a_target(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    found = proven(ada, make_released(ada, rui), WIDER)
    assert answers(found) == (Answer.YES, Answer.NO)
    assert found.access is not None
    gained = found.access.gained
    assert gained is not None
    assert gained.target == (DEVELOPMENT, HANGZHOU)
    request = gained.change.witness.request
    assert request.action == "kms:Decrypt"
    assert request.resource.startswith(f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/")
    assert [cause.place.path for cause in gained.change.causes] == ["/Statement/0"]


def test_everything_is_new_in_a_first_release(ada: Viewer, policy: Policy) -> None:
    found = proven(ada, policy)
    assert found.before is None
    assert answers(found) == (Answer.YES, Answer.NO)


@pytest.mark.parametrize("mode", ["separate", "combined"])
def test_a_target_that_comes_is_new_access_and_one_that_goes_is_access_removed(
    ada: Viewer, rui: Viewer, development: Account, mode: str
) -> None:
    targets = ((DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI))
    policy = make_released(ada, rui, targets=targets, region_mode=mode)
    moved: list[dict[str, Any]] = [{"account": DEVELOPMENT, "region": each} for each in (SHANGHAI, FRANKFURT)]
    set_targets(by=ada, policy=policy, targets=moved, expected_version=None)
    policy.refresh_from_db()
    found = proven(ada, policy)
    assert answers(found) == (Answer.YES, Answer.YES)
    assert found.access is not None
    assert found.access.gained is not None
    assert FRANKFURT in found.access.gained.change.witness.request.resource
    assert found.access.lost is not None
    assert HANGZHOU in found.access.lost.change.witness.request.resource
    regions = {region for group in found.access.groups for _, region in group.targets}
    assert regions == {HANGZHOU, SHANGHAI, FRANKFURT}


def test_one_document_for_each_region_replaced_by_one_for_all_changes_nothing(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    targets = ((DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI))
    policy = make_released(ada, rui, targets=targets, region_mode="separate")
    Policy.objects.filter(pk=policy.pk).update(region_mode="combined")
    policy.refresh_from_db()
    assert answers(proven(ada, policy)) == (Answer.NO, Answer.NO)


def test_a_finished_review_goes_on_saying_what_was_decided(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=WIDER, message="more")
    review = propose(by=ada, policy=policy, message="please")
    before = proof_of_review(ada, review, standing(review))
    approve(rui, review)
    review = release(by=ada, review=review)
    after = proof_of_review(ada, review, standing(review))
    assert (after.before, after.after) == (before.before, before.after)
    assert answers(after) == answers(before) == (Answer.YES, Answer.NO)


def test_of_a_policy_without_targets_the_sources_are_compared(ada: Viewer) -> None:
    policy = make_policy(ada, targets=())
    found = proof(None, [], newest_revision(policy), named_targets(policy), load())
    assert answers(found) == (Answer.YES, Answer.NO)
    assert found.access is not None
    assert found.access.gained is not None
    assert found.access.gained.change.witness.request.resource.startswith("acs:kms:${region}:${account}:")


def test_a_document_that_cannot_be_rendered_has_no_proof(ada: Viewer, policy: Policy) -> None:
    revision = newest_revision(policy)
    revision.source = WIDER.replace("${account}", "${tenant}")
    assert proof(None, [], revision, named_targets(policy), load()).access is None


def test_the_api_shows_the_proof_with_a_request_that_simulate_takes(
    ada: Viewer, rui: Viewer, development: Account
) -> None:
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=WIDER, message="more")
    review = propose(by=ada, policy=policy, message="please")
    access = body_of(Api(ada).get(f"/reviews/{review.pk}/"))["access"]
    assert (access["grants_new_access"], access["revokes_access"]) == ("yes", "no")
    assert access["complete"] is True
    assert access["lost"] is None
    assert [line["known_actions"] for line in access["added"]] == [["kms:Decrypt"]]
    assert access["added"][0]["targets"] is None
    assert access["removed"] == []
    rendered = WIDER.replace("${region}", HANGZHOU).replace("${account}", DEVELOPMENT)
    asked = {"documents": [rendered], "request": access["witness"]["request"]}
    assert body_of(Api(ada).post("/simulate/", asked))["decision"] == access["witness"]["after"] == "allow"
