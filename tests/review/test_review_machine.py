"""Whatever people do in whatever order, the product and the reference on a page of plain Python agree at every step."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from policystudio.accounts.models import Account
from policystudio.accounts.services.update_account import update_account
from policystudio.audit.verify import verify
from policystudio.errors import ServiceError
from policystudio.policies.models import Policy
from policystudio.policies.services.revise import revise
from policystudio.policies.services.set_targets import set_targets
from policystudio.policies.services.update_policy import update_policy
from policystudio.review.models import Current, Review
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.review.services.withdraw import withdraw
from policystudio.review.standing import standing
from policystudio.teams.permissions import Role
from policystudio.teams.selectors import member_get
from policystudio.teams.services.change_role import change_role
from policystudio.teams.viewer import Viewer
from policystudio.waivers.models import Waiver
from policystudio.waivers.services.decide_waiver import accept_waiver, refuse_waiver
from policystudio.waivers.services.end_waiver import end_waiver
from policystudio.waivers.services.request_waiver import request_waiver
from policystudio.waivers.usage import unused_now
from tests import factories
from tests.factories import DEVELOPMENT, FRANKFURT, HANGZHOU, PRODUCTION, SHANGHAI
from tests.reference.review import Model
from tests.waivers.findings import finding_of, soon

CODE = "repeated-action"
ANSWERS = {"accepted": accept_waiver, "refused": refuse_waiver, "ended": end_waiver}
PEOPLE = st.sampled_from(["ada", "rui", "noor", "max"])
ACTIONS = ("kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey")
SOURCES = st.sampled_from(ACTIONS)
TARGETS = st.frozensets(
    st.sampled_from([(DEVELOPMENT, HANGZHOU), (DEVELOPMENT, SHANGHAI), (PRODUCTION, FRANKFURT)]), max_size=3
)


def source_of(action: str) -> str:
    """A source of its own for each action, with one finding that can be waived."""
    return factories.source_text(actions=(action, action))


class ReviewMachine(RuleBasedStateMachine):
    """Every rule does the same to both and compares what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        boss = factories.make_user("max")
        self.team = factories.make_team("payments", boss)
        self.max = factories.viewer_of(self.team, boss)
        for name, role in (("ada", Role.AUTHOR), ("rui", Role.REVIEWER), ("noor", Role.REVIEWER)):
            factories.make_member(self.team, name, role)
        factories.make_account(self.max)
        factories.make_account(self.max, PRODUCTION, environment="production", name="Production")
        self.policy = factories.make_policy(
            self.by("ada"), "app", targets=[(DEVELOPMENT, HANGZHOU)], source=source_of("kms:Encrypt")
        )
        self.waivers: list[Waiver] = []
        self.marks: dict[str, str] = {}
        self.review: Review = propose(by=self.by("ada"), policy=self.policy, message="m")
        self.seen: list[tuple[Any, str]] = []
        self.model = Model(
            roles={"ada": "author", "rui": "reviewer", "noor": "reviewer", "max": "admin"},
            required={DEVELOPMENT: 1, PRODUCTION: 2},
            revisions=[("ada", "kms:Encrypt")],
            targets=frozenset({(DEVELOPMENT, HANGZHOU)}),
            is_open=True,
        )

    def teardown(self) -> None:
        assert verify(self.team.pk).valid
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def by(self, name: str) -> Viewer:
        return Viewer(member=member_get(self.max, name))

    def agree(self, expected: str | None, service: Any, **given: Any) -> Any:
        """The model's answer and the service's are the same."""
        if expected is None:
            return service(**given)
        with pytest.raises(ServiceError) as refusal:
            service(**given)
        assert refusal.value.code == expected
        return None

    @rule(person=PEOPLE, action=SOURCES)
    def revise(self, person: str, action: str) -> None:
        expected = self.model.revise(person, action)
        self.agree(
            expected, revise, by=self.by(person), policy=self.policy, source=source_of(action), message="m"
        )

    @rule(person=PEOPLE, places=TARGETS)
    def retarget(self, person: str, places: frozenset[tuple[str, str]]) -> None:
        expected = self.model.shape(person, targets=places)
        sent = [{"account": account, "region": region} for account, region in places]
        self.agree(expected, set_targets, by=self.by(person), policy=self.policy, targets=sent)

    @rule(
        person=PEOPLE,
        name=st.sampled_from(["app", "renamed"]),
        mode=st.sampled_from(["separate", "combined"]),
    )
    def rename(self, person: str, name: str, mode: str) -> None:
        expected = self.model.shape(person, name=name, mode=mode)
        self.agree(
            expected, update_policy, by=self.by(person), policy=self.policy, name=name, region_mode=mode
        )

    @rule(person=st.sampled_from(["ada", "rui"]), role=st.sampled_from(list(Role)))
    def change_role(self, person: str, role: Role) -> None:
        self.model.roles[person] = str(role)
        change_role(by=self.max, member=member_get(self.max, person), role=role)

    @rule(number=st.sampled_from([DEVELOPMENT, PRODUCTION]), required=st.integers(1, 3))
    def require_approvals(self, number: str, required: int) -> None:
        self.model.required[number] = required
        update_account(by=self.max, account=Account.objects.get(number=number), required_approvals=required)

    @rule(person=PEOPLE)
    def propose(self, person: str) -> None:
        made = self.agree(
            self.model.propose(person), propose, by=self.by(person), policy=self.policy, message="m"
        )
        self.review = made or self.review

    @rule()
    def look(self) -> None:
        """Somebody opens the page and leaves it open; a decision may come from it later."""
        if self.model.is_open:
            self.seen.append((self.model.proposal, standing(self.review).digest))

    @rule(person=PEOPLE, verdict=st.sampled_from(["approve", "approve", "request_changes"]))
    def decide(self, person: str, verdict: str) -> None:
        self.decide_on(person, verdict, self.model.proposal, standing(self.review).digest)

    @precondition(lambda self: self.seen)
    @rule(person=PEOPLE, verdict=st.sampled_from(["approve", "request_changes"]), data=st.data())
    def decide_from_an_open_page(self, person: str, verdict: str, data: Any) -> None:
        self.decide_on(person, verdict, *data.draw(st.sampled_from(self.seen)))

    def decide_on(self, person: str, verdict: str, proposal: Any, digest: str) -> None:
        expected = self.model.decide(person, verdict, proposal)
        self.agree(expected, decide, by=self.by(person), review=self.review, verdict=verdict, digest=digest)

    @rule()
    def everybody_who_may_approves(self) -> None:
        """Without this, chance rarely comes as far as something that could be released."""
        for person in ("rui", "noor", "max"):
            self.decide(person, "approve")

    @rule(person=PEOPLE)
    def release(self, person: str) -> None:
        self.agree(self.model.release(person), release, by=self.by(person), review=self.review)

    @rule(person=PEOPLE)
    def withdraw(self, person: str) -> None:
        self.agree(self.model.withdraw(person), withdraw, by=self.by(person), review=self.review)

    @rule(person=PEOPLE, days=st.sampled_from([-1, 0, 3, 366, 367]))
    def ask_for_a_waiver(self, person: str, days: int) -> None:
        expected = self.model.ask(person, days)
        source = self.model.revisions[-1][1]
        mark = self.marks.get(source) or finding_of(self.policy, CODE).fingerprint
        self.marks[source] = mark
        made = self.agree(
            expected,
            request_waiver,
            by=self.by(person),
            policy=self.policy,
            code=CODE,
            fingerprint=mark,
            reason="r",
            until=soon(days),
        )
        self.waivers += [made] if made else []

    @precondition(lambda self: self.waivers)
    @rule(
        person=PEOPLE, verdict=st.sampled_from(["accepted", "accepted", "refused", "ended"]), data=st.data()
    )
    def answer_a_waiver(self, person: str, verdict: str, data: Any) -> None:
        number = data.draw(st.integers(0, len(self.waivers) - 1))
        asked, waiver = self.model.waivers[number], self.waivers[number]
        if verdict == "ended":
            expected = self.model.end_waiver(person, asked)
        else:
            expected = self.model.judge_waiver(person, asked, verdict)
        self.agree(expected, ANSWERS[verdict], by=self.by(person), waiver=waiver)

    @precondition(lambda self: self.waivers)
    @rule(days=st.sampled_from([1, 4]))
    def days_pass(self, days: int) -> None:
        """Instead of the clock, the last days move."""
        for asked in self.model.waivers:
            asked.days -= days
        for waiver in Waiver.objects.all():
            Waiver.objects.filter(pk=waiver.pk).update(until=waiver.until - timedelta(days=days))

    @precondition(lambda self: self.waivers)
    @invariant()
    def waivers_stand_where_the_model_says(self) -> None:
        assert finding_of(self.policy, CODE).is_waived == self.model.is_waived()
        lines = Waiver.objects.select_related("policy").order_by("pk")
        states = [str(waiver.state_on(soon(0))) for waiver in lines]
        assert states == [asked.shown for asked in self.model.waivers]
        unused = [
            self.waivers[n].pk for n, each in enumerate(self.model.waivers) if self.model.is_unused(each)
        ]
        assert unused_now(lines) == set(unused)

    @invariant()
    def review_stands_where_the_model_says(self) -> None:
        policy = Policy.objects.get(pk=self.policy.pk)
        assert policy.is_under_review == self.model.is_open
        assert (policy.released_number or 0) == self.model.released
        if self.model.is_open:
            stands = standing(self.review)
            assert (stands.state, stands.approvals, stands.required_approvals) == (
                self.model.state(),
                self.model.approvals(),
                self.model.needed,
            )
            assert {problem.code for problem in stands.blocked_by} == self.model.in_the_way()

    @invariant()
    def exported_is_what_the_model_released(self) -> None:
        exported = {
            (c.account, c.region, c.name, json.loads(c.document.text)["Statement"][0]["Action"][0])
            for c in Current.objects.select_related("document")
        }
        assert exported == self.model.exported


@pytest.mark.hypothesis
@pytest.mark.timeout(600)
@pytest.mark.django_db
def test_review_agrees_with_the_reference_model():
    profile = settings.default
    assert profile is not None
    # The longer search belongs to `make fuzz`; explaining a failure would trace every line of every run.
    examples = 20 if profile.max_examples <= 100 else profile.max_examples // 10
    phases = [phase for phase in profile.phases if phase is not Phase.explain]
    run_state_machine_as_test(
        ReviewMachine, settings=settings(max_examples=examples, stateful_step_count=40, phases=phases)
    )
