"""Saved cases: who may keep them, what the trail holds, and when an answer is the expected one."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.analysis.deciding import Bounds, Decision
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest, Verdict, verdict
from policystudio.analysis.testing.files import Filed
from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.cases.models import Case
from policystudio.cases.selectors import case_get, cases
from policystudio.cases.services import add_case as adding
from policystudio.cases.services.import_cases import import_cases
from policystudio.cases.services.remove_case import remove_case
from policystudio.errors import Conflict, InvalidInput, NotAllowed, NotFound, Stale
from policystudio.policies.models import Policy
from policystudio.policies.services.delete_policy import delete_policy
from policystudio.teams.viewer import Viewer
from tests.factories import DEVELOPMENT, make_case, make_policy
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"


def test_the_trail_tells_what_was_added_and_removed(ada: Viewer, policy: Policy) -> None:
    case = make_case(ada, policy=policy, note="asked for in March", account=DEVELOPMENT, region="cn-hangzhou")
    remove_case(by=ada, case=case, expected_version=1)
    added, removed = Event.objects.order_by("pk")[Event.objects.count() - 2 :]
    assert (added.action, removed.action) == ("case.added", "case.removed")
    assert added.data == removed.data
    assert added.data["request"] == case.request.as_json()
    assert (added.data["policy"], added.data["expectation"]) == (policy.pk, "deny")
    assert verify(ada.team_id).valid


def test_a_viewer_reads_and_changes_nothing(ada: Viewer, rui: Viewer, vera: Viewer) -> None:
    case = make_case(rui)
    assert list(cases(vera)) == [case]
    with pytest.raises(NotAllowed):
        make_case(vera, "another")
    with pytest.raises(NotAllowed):
        remove_case(by=vera, case=case)
    assert Case.objects.count() == 1


def test_what_is_for_every_policy_is_no_authors_to_add_or_remove(
    ada: Viewer, rui: Viewer, policy: Policy
) -> None:
    of_team = make_case(rui)
    with pytest.raises(NotAllowed, match="reviewer"):
        make_case(ada, "another")
    with pytest.raises(NotAllowed, match="reviewer"):
        remove_case(by=ada, case=of_team)
    assert Case.objects.filter(removed_at=None).count() == 1
    remove_case(by=ada, case=make_case(ada, policy=policy))
    remove_case(by=rui, case=of_team)
    assert not Case.objects.filter(removed_at=None).exists()


def test_cases_of_another_team_do_not_exist(ada: Viewer, rui: Viewer, sam: Viewer, policy: Policy) -> None:
    case = make_case(rui)
    assert list(cases(sam)) == []
    for asked in (
        partial(case_get, sam, case.pk),
        partial(remove_case, by=sam, case=case),
        partial(make_case, sam, policy=policy),
    ):
        with pytest.raises(NotFound):
            asked()


def test_the_cases_of_a_deleted_policy_are_out_of_sight(ada: Viewer, rui: Viewer) -> None:
    policy = make_policy(ada, "short-lived", targets=())
    of_policy, of_team = make_case(ada, policy=policy), make_case(rui)
    assert list(cases(ada, policy.pk)) == [of_team, of_policy]
    delete_policy(by=ada, policy=policy)
    assert list(cases(ada)) == [of_team]
    with pytest.raises(NotFound):
        case_get(ada, of_policy.pk)
    policy.refresh_from_db()
    with pytest.raises(NotFound):
        make_case(ada, "another", policy=policy)


def test_a_name_is_given_once_for_each_policy_and_once_for_the_team(
    ada: Viewer, rui: Viewer, policy: Policy
) -> None:
    make_case(rui)
    make_case(ada, policy=policy)
    for place in (None, policy):
        with pytest.raises(Conflict):
            make_case(rui, "nobody DELETES the key", policy=place)


def test_a_team_keeps_so_many_cases(ada: Viewer, rui: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "MAX_CASES", 1)
    make_case(rui)
    with pytest.raises(Conflict, match="at most 1"):
        make_case(rui, "another")


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"request": Request("Decrypt", KEY)}, "/request/action"),
        ({"request": Request("kms:Decrypt", "key-1")}, "/request/resource"),
        ({"request": Request("kms:*", KEY)}, "/request/action"),
        ({"request": Request("kms:Decrypt", KEY + "*")}, "/request/resource"),
        ({"request": Request("kms:${region}", KEY)}, "/request/action"),
        ({"request": Request("kms:Decrypt", KEY, {"": "x"})}, "/request/context/"),
        ({"request": Request("kms:Decrypt", KEY, {"a": "x\0"})}, "/request/context"),
        ({"request": Request("kms:Decrypt", KEY, {str(n): "" for n in range(101)})}, "/request/context"),
        ({"request": Request("kms:" + "x" * 300, KEY)}, "/request/action"),
        ({"expectation": "maybe"}, "/expectation"),
        ({"note": "x" * 2001}, "/note"),
        ({"account": "x" * 40}, "/account"),
        ({"name": " "}, "/name"),
    ],
)
def test_what_is_no_case_is_refused_at_its_place(
    ada: Viewer, rui: Viewer, given: dict[str, object], pointer: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        make_case(rui, **{"name": "a case", **given})  # type: ignore[arg-type]
    assert {problem.pointer for problem in refused.value.problems} == {pointer}
    assert not Case.objects.exists()


def test_a_stale_removal_is_refused(ada: Viewer, rui: Viewer) -> None:
    case = make_case(rui)
    with pytest.raises(Stale):
        remove_case(by=rui, case=case, expected_version=2)


@pytest.mark.parametrize(
    ("least", "most", "for_allow", "for_deny"),
    [
        (Decision.ALLOW, Decision.ALLOW, Verdict.HOLDS, Verdict.FAILS),
        (Decision.EXPLICIT_DENY, Decision.EXPLICIT_DENY, Verdict.FAILS, Verdict.HOLDS),
        (Decision.IMPLICIT_DENY, Decision.IMPLICIT_DENY, Verdict.FAILS, Verdict.HOLDS),
        (Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY, Verdict.FAILS, Verdict.HOLDS),
        (Decision.IMPLICIT_DENY, Decision.ALLOW, Verdict.UNKNOWN, Verdict.UNKNOWN),
    ],
)
def test_what_is_open_never_counts_as_held(
    least: Decision, most: Decision, for_allow: Verdict, for_deny: Verdict
) -> None:
    assert verdict("allow", Bounds(least, most)) is for_allow
    assert verdict("deny", Bounds(least, most)) is for_deny


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_same_name_get_one_case(ada: Viewer, rui: Viewer, max_: Viewer) -> None:
    outcomes = race(partial(make_case, max_), partial(make_case, rui))
    assert refusals(outcomes) == [Conflict]
    assert Case.objects.count() == 1
    assert verify(ada.team_id).valid


def test_a_file_is_taken_over_whole_or_not_at_all(ada: Viewer, vera: Viewer, policy: Policy) -> None:
    def filed(name: str, expectation: Expectation = Expectation.DENY, **place: str) -> Filed:
        request = Request("kms:Decrypt", "acs:kms:${region}:${account}:key/key-1")
        return Filed(PolicyTest(name, request, expectation, **place))

    both = [filed("one"), filed("two")]
    with pytest.raises(NotAllowed):
        import_cases(by=vera, policy=policy, filed=both)
    assert len(import_cases(by=ada, policy=policy, filed=both).added) == 2
    again = import_cases(by=ada, policy=policy, filed=[*both, filed("three")])
    assert ([case.name for case in again.added], again.unchanged) == (["three"], 2)
    with pytest.raises(InvalidInput) as refused:
        import_cases(
            by=ada,
            policy=policy,
            filed=[filed("four"), filed("ONE", Expectation.ALLOW), filed("five", account="9"), filed("a\nb")],
        )
    assert [(each.pointer, each.code) for each in refused.value.problems] == [
        ("/tests/1/name", "name-taken"),
        ("/tests/2/account", "unknown-account"),
        ("/tests/3/name", "bad-character"),
    ]
    assert Case.objects.count() == 3
    assert verify(ada.team_id).valid


def test_a_removed_case_is_out_of_sight_and_its_name_is_free(ada: Viewer, policy: Policy) -> None:
    case = make_case(ada, policy=policy)
    remove_case(by=ada, case=case)
    assert list(cases(ada, policy.pk)) == []
    for asked in (partial(case_get, ada, case.pk), partial(remove_case, by=ada, case=case)):
        with pytest.raises(NotFound):
            asked()
    assert make_case(ada, policy=policy).pk != case.pk
    case.refresh_from_db()
    assert (case.removed_at is not None, case.removed_by_name) == (True, "ada")


def test_placeholders_are_kept_in_one_form_and_unknown_ones_refused(ada: Viewer, rui: Viewer) -> None:
    request = Request("kms:Decrypt", "acs:kms:$<region>:${account}:key/k", {"k:a": "$<region>"})
    case = make_case(rui, request=request)
    assert (case.resource, case.context) == ("acs:kms:${region}:${account}:key/k", {"k:a": "${region}"})
    with pytest.raises(InvalidInput) as refused:
        make_case(rui, "other", request=Request("kms:Decrypt", "acs:kms:${regoin}:*:key/k", {"k:a": "${x}"}))
    assert {each.pointer: each.code for each in refused.value.problems} == {
        "/request/resource": "unknown-placeholder",
        "/request/context/k:a": "unknown-placeholder",
    }
