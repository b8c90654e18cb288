"""The tests of a policy in its review: a failing one is in the way of a release, and none goes away unseen."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.analysis.request import Request
from policystudio.audit.models import Event
from policystudio.cases import blocking
from policystudio.cases.models import Case
from policystudio.cases.services.remove_case import remove_case
from policystudio.errors import InvalidInput
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.review.models import Release, Review
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import State, standing, standings
from policystudio.review.tested import ask_at, results_at_release, since_release
from policystudio.teams.viewer import Viewer
from tests.factories import (
    DEVELOPMENT,
    HANGZHOU,
    SHANGHAI,
    approve,
    make_case,
    make_policy,
    make_released,
    source_text,
)

pytestmark = pytest.mark.django_db
OWN = "acs:kms:${region}:${account}:key/key-hzz0000000000001"


def expect(by: Viewer, action: str, expectation: str, **fields: Any) -> Case:
    return make_case(
        by,
        fields.pop("name", f"{action} {expectation}"),
        request=Request(action, OWN),
        expectation=expectation,
        **fields,
    )


def refused(by: Viewer, review: Review) -> dict[str, str]:
    before = Release.objects.count(), Event.objects.count()
    with pytest.raises(NotReady) as error:
        release(by=by, review=review)
    assert (Release.objects.count(), Event.objects.count()) == before
    return {problem.pointer: problem.code for problem in error.value.problems}


def test_a_failing_test_is_in_the_way_of_a_release_until_the_document_answers_it(
    ada: Viewer, rui: Viewer, policy: Policy, review: Review
) -> None:
    case = expect(ada, "kms:Decrypt", "allow", policy=policy)
    approve(rui, review)
    assert refused(ada, review) == {f"/cases/{case.pk}": "test-fails"}
    [problem] = standing(review).blocked_by
    assert f"{DEVELOPMENT} {HANGZHOU} (implicit_deny)" in problem.detail
    # The approval is not lost: the tests are no part of what was approved.
    assert standing(review).state is State.APPROVED
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Encrypt", "kms:Decrypt")), message="both")
    approve(rui, review)
    assert release(by=ada, review=review).state == "released"
    assert Event.objects.order_by("-pk")[0].data["tests"] == 1


def test_every_test_that_does_not_hold_is_named(
    ada: Viewer, rui: Viewer, policy: Policy, review: Review
) -> None:
    approve(rui, review)
    failing = expect(ada, "kms:Decrypt", "allow", policy=policy)
    of_team = expect(rui, "kms:Encrypt", "deny")
    expect(ada, "kms:Encrypt", "allow", policy=policy)
    nowhere = expect(
        ada, "kms:Encrypt", "allow", policy=policy, account=DEVELOPMENT, region=SHANGHAI, name="elsewhere"
    )
    expect(
        rui, "kms:Encrypt", "deny", account=DEVELOPMENT, region=SHANGHAI, name="not of this policy's targets"
    )
    assert refused(ada, review) == {
        f"/cases/{failing.pk}": "test-fails",
        f"/cases/{of_team.pk}": "test-fails",
        f"/cases/{nowhere.pk}": "test-not-asked",
    }


def test_a_test_that_cannot_be_told_is_in_the_way_too(
    ada: Viewer, rui: Viewer, policy: Policy, review: Review
) -> None:
    doubtful = source_text().replace(
        '"Effect": "Allow",',
        '"Effect": "Allow", "Condition": {"ForAnyValue:StringEquals": {"acs:SourceIp": "x"}},',
    )
    revise(by=ada, policy=policy, source=doubtful, message="doubtful")
    approve(rui, review)
    request = Request("kms:Encrypt", OWN, {"acs:SourceIp": "x"})
    case = make_case(ada, "told", policy=policy, request=request, expectation="allow")
    assert refused(ada, review)[f"/cases/{case.pk}"] == "test-unknown"


def test_every_target_is_asked(ada: Viewer, rui: Viewer, policy: Policy, review: Review) -> None:
    case = expect(ada, "kms:Encrypt", "allow", policy=policy)
    fixed = source_text().replace("${region}", HANGZHOU)
    revise(by=ada, policy=policy, source=fixed, message="one region")
    set_targets(
        by=ada,
        policy=policy,
        targets=[{"account": DEVELOPMENT, "region": region} for region in (HANGZHOU, SHANGHAI)],
    )
    approve(rui, review)
    assert f"/cases/{case.pk}" in refused(ada, review)
    [result] = standing(review).tests or ()
    assert [answer.target.region for answer in result.result.failing] == [SHANGHAI]


def test_a_test_of_the_last_release_that_is_gone_is_told(ada: Viewer, rui: Viewer, development: Any) -> None:
    policy = make_released(ada, rui)
    first = expect(ada, "kms:Encrypt", "allow", policy=policy, name="encrypts")
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Encrypt", "kms:Sign")), message="more")
    review = propose(by=ada, policy=policy, message="please")
    # It was no part of a release yet, and is seen all the same, as a reviewer may have added it.
    remove_case(by=ada, case=first)
    assert [gone.case for gone in since_release(ada, review, ()).gone] == [first]
    kept, dropped = (
        expect(ada, "kms:Encrypt", "allow", policy=policy, name=name) for name in ("encrypts", "another")
    )
    approve(rui, review)
    release(by=ada, review=review)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="less")
    review = propose(by=ada, policy=policy, message="please")
    remove_case(by=ada, case=kept)
    remove_case(by=ada, case=dropped)
    turned = expect(ada, "kms:Encrypt", "deny", policy=policy, name="Encrypts")
    since = since_release(ada, review, standing(review).tests)
    # What was gone at that release already is not told again.
    assert [(gone.case, gone.now) for gone in since.gone] == [(dropped, None), (kept, turned)]
    assert since.before[turned.pk].verdict == "fails"
    approve(rui, review)
    release(by=ada, review=review)
    data = Event.objects.order_by("-pk")[0].data
    assert [each["name"] for each in data["tests_gone"]] == ["another", "encrypts"]


def test_released_newest_and_numbered_revisions_are_asked(ada: Viewer, rui: Viewer, development: Any) -> None:
    policy = make_released(ada, rui)
    revise(by=ada, policy=policy, source=source_text(actions=("kms:Decrypt",)), message="less")
    case = expect(ada, "kms:Encrypt", "allow", policy=policy)

    def verdict(revision: str, **place: str) -> tuple[int, str]:
        found = ask_at(ada, policy.pk, [case], revision, **place)
        return found.number, str(found.results[0].verdict)

    assert [verdict(name) for name in ("", "released", "newest", "1")] == [
        (1, "holds"),
        (1, "holds"),
        (2, "fails"),
        (1, "holds"),
    ]
    assert verdict("newest", account=DEVELOPMENT) == (2, "fails")
    with pytest.raises(InvalidInput):
        verdict("newest", account=DEVELOPMENT, region=SHANGHAI)


def test_the_tests_of_a_list_share_their_time_and_a_release_has_its_own(
    ada: Viewer, rui: Viewer, policy: Policy, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = make_policy(ada, "other")
    another = propose(by=ada, policy=other, message="please")
    for each in (policy, other):
        expect(ada, "kms:Encrypt", "allow", policy=each)
    both = standings([review, another])
    assert [[each.verdict for each in both[pk].tests or ()] for pk in both] == [["holds"], ["holds"]]
    monkeypatch.setattr(blocking, "MILLISECONDS_OF_MANY", -1)
    both = standings([review, another])
    assert {
        problem.code for stands in both.values() for problem in stands.blocked_by if "case" in problem.pointer
    } == {"test-unknown"}
    approve(rui, review)
    assert release(by=ada, review=review).state == "released"


def test_of_many_failing_tests_some_are_named_and_the_rest_is_counted(
    ada: Viewer, rui: Viewer, policy: Policy, review: Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocking, "MAX_TOLD", 2)
    approve(rui, review)
    for name in "abcd":
        expect(ada, "kms:Decrypt", "allow", policy=policy, name=name)
    told = standing(review).blocked_by
    assert [problem.code for problem in told] == ["test-fails", "test-fails", "more-tests"]
    assert "2 more tests" in told[-1].detail
    Case.objects.filter(name="c").delete()
    Case.objects.filter(name="d").delete()
    assert [problem.code for problem in standing(review).blocked_by] == ["test-fails", "test-fails"]


def test_no_test_goes_away_unseen_before_the_first_release(ada: Viewer, rui: Viewer, policy: Policy) -> None:
    def gone(review: Review) -> list[str]:
        return [each.case.name for each in since_release(rui, review, standing(review).tests).gone]

    remove_case(by=ada, case=expect(ada, "kms:Decrypt", "allow", policy=policy, name="before anybody looked"))
    review = propose(by=ada, policy=policy, message="please")
    of_reviewer = expect(rui, "kms:Encrypt", "deny", policy=policy, name="of the reviewer")
    renamed = expect(rui, "kms:Encrypt", "allow", policy=policy, name="misnamed")
    assert gone(review) == []
    remove_case(by=ada, case=of_reviewer)
    remove_case(by=ada, case=renamed)
    assert gone(review) == ["misnamed", "of the reviewer"]
    expect(ada, "kms:Encrypt", "allow", policy=policy, name="named well")
    assert gone(review) == ["of the reviewer"]
    # Nor by withdrawing and proposing anew.
    withdraw(by=ada, review=review)
    review = propose(by=ada, policy=policy, message="again")
    assert gone(review) == ["of the reviewer"]
    approve(rui, review)
    release(by=ada, review=review)
    assert [each["name"] for each in Event.objects.order_by("-pk")[0].data["tests_gone"]] == [
        "of the reviewer"
    ]
    review.refresh_from_db()
    done = results_at_release(ada, review)
    assert done is not None
    assert [(each.case.name, str(each.verdict)) for each in done[1]] == [("named well", "holds")]
    assert [each.case.name for each in since_release(ada, review, done[1]).gone] == ["of the reviewer"]
