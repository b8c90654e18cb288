"""A team's own severities: who sets them, what is refused, and that everybody who judges hears of them."""

from __future__ import annotations

from functools import partial

import pytest

from policystudio.audit.models import Event
from policystudio.audit.verify import verify
from policystudio.errors import InvalidInput, NotAllowed, NotFound, Stale
from policystudio.policies.judging import judge
from policystudio.policies.selectors import newest_revision, targets_of
from policystudio.ram.finding import Severity
from policystudio.review.judgement import error_problems
from policystudio.review.services.propose import propose
from policystudio.review.services.refusals import NotReady
from policystudio.review.services.release import release
from policystudio.standards.models import SeveritySetting
from policystudio.standards.services.reset_severity import reset_severity
from policystudio.standards.services.set_severity import MAX_REASON, set_severity
from policystudio.standards.severities import severities, severity_get
from policystudio.validation.registry import all_documentation
from tests.factories import approve, make_policy, source_text
from tests.racing import race, refusals

pytestmark = pytest.mark.django_db

REPEATED = source_text(actions=("kms:Encrypt", "kms:Encrypt"))
CODE = "repeated-action"
AN_ERROR = next(c for c, page in all_documentation().items() if page.severity is Severity.ERROR)
A_DANGER = next(c for c, page in all_documentation().items() if page.severity is Severity.SECURITY_WARNING)


def codes_of(refused):
    return {problem.pointer: problem.code for problem in refused.value.problems}


def test_admin_makes_a_suggestion_an_error_and_the_trail_says_why(max_):
    made = set_severity(by=max_, code=CODE, severity="error", reason="it hides what is granted")
    assert (made.severity, str(made.default), made.is_changed) == ("error", "suggestion", True)
    event = Event.objects.get(action="severity.set")
    assert event.data == {
        "code": CODE,
        "default": "suggestion",
        "before": "suggestion",
        "after": "error",
        "reason": "it hides what is granted",
    }
    assert verify(max_.team_id).valid


def test_the_trail_says_what_a_second_setting_took_the_place_of(max_):
    set_severity(by=max_, code=CODE, severity="error", reason="it hides what is granted")
    set_severity(by=max_, code=CODE, severity="off", reason="it is noise")
    event = Event.objects.filter(action="severity.set").latest("sequence")
    assert (event.data["before"], event.data["after"]) == ("error", "off")


@pytest.mark.parametrize("person", ["vera", "ada", "rui"])
def test_only_admins_set_and_reset(person, max_, request):
    somebody = request.getfixturevalue(person)
    with pytest.raises(NotAllowed):
        set_severity(by=somebody, code=CODE, severity="off", reason="noise")
    set_severity(by=max_, code=CODE, severity="off", reason="noise")
    with pytest.raises(NotAllowed):
        reset_severity(by=somebody, code=CODE)


def test_teams_do_not_hear_of_each_others_settings(max_, sam):
    set_severity(by=max_, code=CODE, severity="off", reason="noise")
    assert severity_get(sam, CODE).severity == "suggestion"
    with pytest.raises(NotFound):
        reset_severity(by=sam, code=CODE)


@pytest.mark.parametrize("severity", ["security_warning", "warning", "suggestion", "off"])
def test_what_ram_refuses_is_never_less_than_an_error(max_, severity):
    with pytest.raises(InvalidInput) as refused:
        set_severity(by=max_, code=AN_ERROR, severity=severity, reason="we know better")
    assert codes_of(refused) == {"/severity": "below-error"}


@pytest.mark.parametrize("severity", ["suggestion", "off"])
def test_a_security_warning_is_never_less_than_a_warning(max_, severity):
    with pytest.raises(InvalidInput) as refused:
        set_severity(by=max_, code=A_DANGER, severity=severity, reason="noise")
    assert codes_of(refused) == {"/severity": "below-warning"}


def test_every_fault_of_a_setting_is_pointed_at(max_):
    with pytest.raises(InvalidInput) as refused:
        set_severity(by=max_, code=CODE, severity="grave", reason="  ")
    assert codes_of(refused) == {"/severity": "unknown-choice", "/reason": "required"}
    with pytest.raises(InvalidInput) as refused:
        set_severity(by=max_, code=CODE, severity="off", reason="x" * (MAX_REASON + 1))
    assert codes_of(refused) == {"/reason": "too-long"}


@pytest.mark.parametrize("code", ["no-such-code", "no\0code", ""])
def test_unknown_codes_are_not_set(max_, code):
    with pytest.raises(NotFound):
        set_severity(by=max_, code=code, severity="off", reason="noise")


def test_a_setting_that_has_changed_meanwhile_is_not_overwritten(max_):
    set_severity(by=max_, code=CODE, severity="off", reason="noise", expected_version=0)
    with pytest.raises(Stale):
        set_severity(by=max_, code=CODE, severity="error", reason="no noise", expected_version=0)
    with pytest.raises(Stale):
        reset_severity(by=max_, code=CODE, expected_version=0)
    reset_severity(by=max_, code=CODE, expected_version=1)
    assert severity_get(max_, CODE).setting is None
    assert Event.objects.get(action="severity.reset").data == {
        "code": CODE,
        "before": "off",
        "after": "suggestion",
    }


def test_a_code_that_the_product_lost_is_shown_and_can_only_be_reset(max_):
    SeveritySetting.objects.create(
        team_id=max_.team_id,
        code="lost-code",
        severity="error",
        reason="once",
        set_by_id=max_.actor_id,
        set_by_name="max",
        set_at="2026-01-01T00:00:00Z",
    )
    lost = next(each for each in severities(max_) if each.code == "lost-code")
    assert (lost.default, lost.severity, lost.choices, lost.is_changed) == (None, None, (), False)
    with pytest.raises(InvalidInput) as refused:
        set_severity(by=max_, code="lost-code", severity="error", reason="again")
    assert codes_of(refused) == {"": "vanished-code"}
    reset_severity(by=max_, code="lost-code")
    assert {each.code for each in severities(max_)} == set(all_documentation())


def test_a_suggestion_raised_to_an_error_rules_out_a_proposal_and_says_that_the_team_did_it(
    ada, max_, development
):
    policy = make_policy(ada, source=REPEATED)
    propose(by=ada, policy=policy, message="fine")
    other = make_policy(ada, "other", source=REPEATED)
    set_severity(by=max_, code=CODE, severity="error", reason="it hides what is granted")
    with pytest.raises(NotReady) as refused:
        propose(by=ada, policy=other, message="fine?")
    [problem] = refused.value.problems
    assert problem.code == CODE
    assert "your team" in problem.detail
    validation = judge(policy, newest_revision(policy), targets_of(policy))
    assert [problem.code for problem in error_problems(validation)] == [CODE]


def test_an_approved_review_is_not_released_over_what_the_team_made_an_error(ada, rui, max_, development):
    review = propose(by=ada, policy=make_policy(ada, source=REPEATED), message="fine")
    approve(rui, review)
    set_severity(by=max_, code=CODE, severity="error", reason="it hides what is granted")
    with pytest.raises(NotReady):
        release(by=ada, review=review)
    reset_severity(by=max_, code=CODE)
    assert release(by=ada, review=review).state == "released"


@pytest.mark.django_db(transaction=True)
def test_two_admins_at_once_set_a_code_one_after_the_other(max_):
    for n in range(3):
        code = [c for c, page in all_documentation().items() if page.severity is Severity.WARNING][n]
        outcomes = race(
            *(
                partial(set_severity, by=max_, code=code, severity=severity, reason="r", expected_version=0)
                for severity in ("error", "off")
            )
        )
        assert refusals(outcomes) == [Stale]
        assert SeveritySetting.objects.filter(code=code).count() == 1
    assert verify(max_.team_id).valid
