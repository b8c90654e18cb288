"""Where a review stands now: its state, whose approvals count, and what is in the way of a release.

Nothing of this is stored while the review is open: roles, accounts, targets and revisions are read when asked. Whether
the document itself is in order is asked of the validator by `judgement.py`; here only where a waiver that may have been
the author's reason is over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import Exists, OuterRef

from policystudio.accounts.models import Account
from policystudio.cases.blocking import CaseResult, results_by_policy
from policystudio.cases.blocking import problems as test_problems
from policystudio.errors import Problem
from policystudio.guardrails.blocking import Breach, breaches_by_policy
from policystudio.policies.authors import work_on
from policystudio.policies.judging import judge
from policystudio.policies.models import Policy, PolicyTarget
from policystudio.policies.selectors import newest_revision
from policystudio.ram.render import Target
from policystudio.review.digest import review_digest
from policystudio.review.judgement import reason_problems, unexplained
from policystudio.review.models import Current, Decision, Review, Verdict
from policystudio.teams.models import Member
from policystudio.teams.permissions import TABLE, Act, Role
from policystudio.waivers.models import State as WaiverState
from policystudio.waivers.models import Waiver
from policystudio.waivers.selectors import undecided
from policystudio.waivers.weighing import judged, today


class State(StrEnum):
    """What people see."""

    OPEN = "open"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A decision, whether it speaks of something else than is proposed now, and whether it counts as an approval."""

    decision: Decision
    is_stale: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """`revision` is the number under review; `authors` are the users who wrote what is proposed, or wrote or
    shaped anything since the last release; `removed` is what is exported now and would not be after a release;
    `undecided` are the waivers of the policy that wait for a reviewer, `breaches` the guardrails that it breaks,
    `tests` what came of its tests, None while the document has errors."""

    state: State
    revision: int
    digest: str
    required_approvals: int
    approvals: int
    blocked_by: tuple[Problem, ...]
    decisions: tuple[Weighed, ...]
    authors: frozenset[int]
    removed: tuple[Target, ...] = ()
    undecided: tuple[Waiver, ...] = ()
    breaches: tuple[Breach, ...] = ()
    tests: tuple[CaseResult, ...] | None = ()

    @property
    def approved_by(self) -> list[str]:
        """The names of those whose approval counts."""
        return [weighed.decision.user_name for weighed in self.decisions if weighed.counts]


@dataclass(slots=True)
class _Facts:
    """What was read for one policy."""

    policy: Policy
    sha256: str = ""
    targets: list[Target] = field(default_factory=list)
    removed: list[Target] = field(default_factory=list)
    required: int = 1
    authors: set[int] = field(default_factory=set)
    waivers: list[Waiver] = field(default_factory=list)
    undecided: list[Waiver] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    tests: list[CaseResult] | None = field(default_factory=list)


def standing(review: Review) -> Standing:
    """Where one review stands; for several use `standings`."""
    return standings([review])[review.pk]


def standings(reviews: Sequence[Review], *, asks_tests: bool = True) -> dict[int, Standing]:
    """Primary key → standing, with the same few queries for any number of reviews.

    Where `blocked_by` is not looked at, the tests need not be asked: no state depends on them.
    """
    facts = _facts({review.policy_id for review in reviews})
    unfinished = {review.policy_id: facts[review.policy_id] for review in reviews if not review.is_finished}
    _ask_guardrails(unfinished)
    if asks_tests:
        _ask_tests(unfinished)
    decisions: dict[int, list[Decision]] = defaultdict(list)
    for decision in Decision.objects.filter(review__in=[review.pk for review in reviews]).order_by("pk"):
        decisions[decision.review_id].append(decision)
    reviewers = _reviewers({decision.user_id for each in decisions.values() for decision in each})
    return {
        review.pk: _stand(review, facts[review.policy_id], decisions[review.pk], reviewers)
        for review in reviews
    }


def _facts(policy_ids: Iterable[int]) -> dict[int, _Facts]:
    found = {policy.pk: _Facts(policy) for policy in Policy.objects.filter(pk__in=policy_ids)}
    for target in PolicyTarget.objects.filter(policy__in=found).select_related("account"):
        facts = found[target.policy_id]
        facts.targets.append(Target(target.account.number, target.region))
        facts.required = max(facts.required, target.account.approvals_needed)
    for policy_id, work in work_on({pk: facts.policy for pk, facts in found.items()}).items():
        found[policy_id].sha256, found[policy_id].authors = work.sha256, work.authors
    for waiver in Waiver.objects.filter(policy__in=found).order_by("pk"):
        found[waiver.policy_id].waivers.append(waiver)
    for facts in found.values():
        facts.undecided = undecided(facts.waivers)
    _ask_those_that_lose(found)
    return found


def _ask_guardrails(found: dict[int, _Facts]) -> None:
    """What the policies of open reviews break, with the exceptions that hold."""
    policies = {pk: facts.policy for pk, facts in found.items()}
    broken = breaches_by_policy(policies, {pk: facts.targets for pk, facts in found.items()})
    for pk, facts in found.items():
        facts.breaches = broken[pk]


def _ask_tests(found: dict[int, _Facts]) -> None:
    """What the policies of open reviews answer to their tests."""
    if found:
        policies = {pk: facts.policy for pk, facts in found.items()}
        results = results_by_policy(policies, {pk: facts.targets for pk, facts in found.items()})
        for pk, facts in found.items():
            facts.tests = results[pk]


def _ask_those_that_lose(found: dict[int, _Facts]) -> None:
    """An account from which the release would take documents away has its say on the number of approvals too."""
    kept = PolicyTarget.objects.filter(
        policy=OuterRef("policy"), account__number=OuterRef("account"), region=OuterRef("region")
    )
    rows = Current.objects.filter(~Exists(kept), policy__in=found).order_by("account", "region")
    losing = [(row.policy_id, row.team_id, Target(row.account, row.region)) for row in rows]
    accounts = Account.objects.filter(
        team__in={team for _, team, _ in losing}, number__in={target.account for _, _, target in losing}
    )
    needed = {(account.team_id, account.number): account.approvals_needed for account in accounts}
    for policy_id, team_id, target in losing:
        facts = found[policy_id]
        facts.removed.append(target)
        facts.required = max(facts.required, needed.get((team_id, target.account), 1))


def _reviewers(user_ids: Iterable[int]) -> set[tuple[int, int]]:
    """(team, user) of those who may approve now."""
    roles = [role for role in Role if role.includes(TABLE[Act.REVIEW].role)]
    rows = Member.objects.filter(user__in=user_ids, is_active=True, user__is_active=True, role__in=roles)
    return set(rows.values_list("team_id", "user_id"))


def _stand(
    review: Review, facts: _Facts, decisions: list[Decision], reviewers: set[tuple[int, int]]
) -> Standing:
    policy = facts.policy
    digest = review_digest(
        source_sha256=facts.sha256, targets=facts.targets, region_mode=policy.region_mode, name=policy.name
    )
    if review.is_finished:
        digest = review.final_digest
    last = {decision.user_id: decision for decision in decisions}
    weighed = []
    for decision in decisions:
        is_stale = decision.digest != digest
        is_approval = (
            decision.verdict == Verdict.APPROVE and last[decision.user_id] is decision and not is_stale
        )
        may_count = _may_count(facts, decision, reviewers)
        if review.is_finished:
            may_count = decision.user_id in review.final_approvers
        weighed.append(Weighed(decision, is_stale, is_approval and may_count))
    if review.is_finished:
        return Standing(
            state=State(review.state),
            revision=review.final_revision or 0,
            digest=digest,
            required_approvals=review.final_required or 0,
            approvals=review.final_approvals or 0,
            blocked_by=(),
            decisions=tuple(weighed),
            authors=frozenset(facts.authors),
        )
    objections = [decision for decision in last.values() if decision.verdict == Verdict.REQUEST_CHANGES]
    approvals = sum(each.counts for each in weighed)
    able = {decision.user_id for decision in objections if _may_count(facts, decision, reviewers)}
    silent = _reasons_lost(review, facts)
    problems = _problems(facts, objections, able, approvals) + silent
    state = State.OPEN
    if objections:
        state = State.CHANGES_REQUESTED
    elif approvals >= facts.required and not silent:
        state = State.APPROVED
    return Standing(
        state,
        policy.newest_number,
        digest,
        facts.required,
        approvals,
        tuple(problems),
        tuple(weighed),
        frozenset(facts.authors),
        tuple(facts.removed),
        tuple(facts.undecided),
        tuple(facts.breaches),
        None if facts.tests is None else tuple(facts.tests),
    )


def _may_count(facts: _Facts, decision: Decision, reviewers: set[tuple[int, int]]) -> bool:
    """Whether an approval by the author of this decision would count now."""
    is_reviewer = (facts.policy.team_id, decision.user_id) in reviewers
    return is_reviewer and decision.user_id not in facts.authors


def _problems(facts: _Facts, objections: list[Decision], able: set[int], approvals: int) -> list[Problem]:
    """`able` are the users who may still approve, and so lift their objection."""
    problems = [
        Problem(
            "/decisions",
            f"{decision.user_name} has requested changes; "
            + ("only their approval, or a new review," if decision.user_id in able else "only a new review")
            + " ends that",
            "changes-requested",
        )
        for decision in objections
    ]
    missing = facts.required - approvals
    if missing > 0:
        detail = f"{approvals} of {facts.required} required approvals count now"
        problems.append(Problem("/approvals", detail, "approvals-missing"))
    if not facts.targets:
        problems.append(no_targets())
    broken = [p for breach in facts.breaches if not breach.is_covered for p in breach.problems()]
    return [*problems, *undecided_problems(facts.undecided), *broken, *test_problems(facts.tests)]


def _reasons_lost(review: Review, facts: _Facts) -> list[Problem]:
    """The security warnings that have no reason any more, or never got one, because a waiver is over.

    A proposal needs every reason, so without a waiver that is over none can be missing, and nothing is judged.
    """
    day = today()
    over = {WaiverState.REFUSED, WaiverState.ENDED, WaiverState.EXPIRED}
    if review.message.strip() or not any(waiver.state_on(day) in over for waiver in facts.waivers):
        return []
    policy, revision = facts.policy, newest_revision(facts.policy)
    findings = judged(judge(policy, revision, sorted(facts.targets)), facts.waivers)
    return reason_problems(
        unexplained(findings, revision=revision, message=review.message, reasons=review.reasons)
    )


def undecided_problems(waivers: Sequence[Waiver]) -> list[Problem]:
    """One problem for each waiver that waits for a reviewer.

    Decision: a waiver is no part of the digest, as it changes nothing of what a release does; nor can it make anything
    releasable that a written reason would not. It stands in the way by itself instead, of an approval and of a release,
    until a reviewer has accepted or refused it. So none takes effect behind a reviewer's back, and approvals given
    before it was asked for hold.
    """
    return [
        Problem(
            "/waivers",
            f"the waiver {waiver.pk} that {waiver.requested_by_name} asked for, of {waiver.code}, waits for a reviewer "
            "to accept or to refuse it",
            "waiver-undecided",
        )
        for waiver in waivers
    ]


def no_targets() -> Problem:
    """A policy that is stored for nowhere cannot be released."""
    return Problem(
        "/targets", "the policy has no targets, so there is nothing to release it to", "no-targets"
    )
