"""What the documents of a revision answer to the tests that bear on its policy, and what of it stands in the way.

Asked for by reviews, under the locks of a release and without them; nothing is stored. Decision: a test that cannot be
told, or that no target asks, stands in the way as a failing one does, since nobody may rely on it. One for the whole
team that is for other targets than the policy's says nothing about this policy, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from time import monotonic

from django.db.models import F

from policystudio.analysis.access.filling import is_fillable
from policystudio.analysis.comparing.limits import deadline
from policystudio.analysis.given import read_given
from policystudio.analysis.testing.expectation import Verdict
from policystudio.analysis.testing.running import MAX_MILLISECONDS, Answered, Result, run
from policystudio.analysis.testing.spots import NOWHERE, Spot, spots_of
from policystudio.cases.models import Case
from policystudio.cases.selectors import cases_of
from policystudio.errors import Problem
from policystudio.policies.models import Policy, Revision
from policystudio.policies.selectors import targets_of
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, Target, ram_name

CODES = {Verdict.FAILS: "test-fails", Verdict.UNKNOWN: "test-unknown", Verdict.NOT_ASKED: "test-not-asked"}
MAX_NAMED = 5
"""Targets in the text of one problem."""
MAX_TOLD = 100
"""Tests that are told one by one; the others are counted."""
MILLISECONDS_OF_MANY = 2_000
"""For the tests of several policies together, so that a list stays quick; those of one have the time of `run`."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case with what came of it."""

    case: Case
    result: Result

    @property
    def verdict(self) -> Verdict:
        return self.result.verdict


def document_of(source: str) -> Document | None:
    """The source as tests are asked of it; None while it has faults, with which nothing is released either."""
    document = read_given(source).document
    return document if document is not None and is_fillable(document) else None


def spots_for(policy: Policy, targets: Iterable[Target]) -> list[Spot]:
    """Where a release of the policy would go, or the one place that stands for all while it has no targets."""
    mode = RegionMode(policy.region_mode)
    return spots_of((target, ram_name(policy.name, mode, target.region)) for target in targets)


def asked(
    document: Document,
    spots: Sequence[Spot],
    cases: Sequence[Case],
    *,
    at: Target | None = None,
    milliseconds: float = MAX_MILLISECONDS,
) -> list[CaseResult]:
    """What the document answers to each case in each target; what does not concern the policy is left out.

    With `at`, whose region may be empty, every case is asked there, whichever target it is for.
    """
    tests = [case.test for case in cases]
    if at is not None:
        tests = [replace(test, account=at.account, region=at.region) for test in tests]
        spots = [spot for spot in spots if at.account == spot.target.account]
    made = map(CaseResult, cases, run(document, spots, tests, milliseconds=milliseconds))
    return [each for each in made if each.case.policy_id or each.verdict is not Verdict.NOT_ASKED]


def results_of(policy: Policy) -> list[CaseResult] | None:
    """The tests of a policy's newest revision; None while that has faults. It was fetched for a viewer already."""
    return results_by_policy({policy.pk: policy}, {policy.pk: targets_of(policy)})[policy.pk]


def results_by_policy(
    policies: Mapping[int, Policy], targets: Mapping[int, Sequence[Target]]
) -> dict[int, list[CaseResult] | None]:
    """The same for many policies, each with its targets; one query where there are no tests, else two.

    Those of several share the time: what is left when it is up is unknown.
    """
    bearing = {pk: cases for pk, cases in cases_of(list(policies.values())).items() if cases}
    found: dict[int, list[CaseResult] | None] = {pk: [] for pk in policies}
    if not bearing:
        return found
    ends = deadline(MILLISECONDS_OF_MANY if len(bearing) > 1 else MAX_MILLISECONDS)
    rows = Revision.objects.filter(policy__in=bearing, number=F("policy__newest_number"))
    for pk, source in rows.values_list("policy_id", "source"):
        document, spots = document_of(source), spots_for(policies[pk], targets.get(pk, ()))
        left = (ends - monotonic()) * 1000
        found[pk] = None if document is None else asked(document, spots, bearing[pk], milliseconds=left)
    return found


def problems(results: Sequence[CaseResult] | None) -> Iterator[Problem]:
    """One for each test that does not hold, at the case, with the targets where it does not, and one for the rest."""
    if results is None:
        detail = "the tests cannot be run while the document has errors; correct these first"
        yield Problem("/source", detail, "tests-not-run")
        return
    failing = (each for each in results if each.verdict is not Verdict.HOLDS)
    for each in islice(failing, MAX_TOLD):
        yield Problem(f"/cases/{each.case.pk}", failing_words(each), CODES[each.verdict])
    more = sum(1 for _each in failing)
    if more:
        detail = f"and {more} more tests do not hold; those above are the first {MAX_TOLD}"
        yield Problem("/cases", detail, "more-tests")


def failing_words(each: CaseResult) -> str:
    """Why a test does not hold, with the targets where it does not."""
    name, case = f"the test `{each.case.name}`", each.case
    if each.verdict is Verdict.NOT_ASKED:
        place = f"{case.account} {case.region}".strip() or "the account and region of its resource"
        return f"{name} is for {place}, where the policy is not stored; remove the test, or add the target"
    where = ", ".join(map(_place, each.result.failing[:MAX_NAMED]))
    more = len(each.result.failing) - MAX_NAMED
    where += f" and {more} more" if more > 0 else ""
    if each.verdict is Verdict.UNKNOWN:
        return f"{name} cannot be told in {where}, or not in the time that there was"
    return f"{name} must be answered {case.expectation}, which it is not in {where}"


def _place(answer: Answered) -> str:
    if answer.target == NOWHERE:
        return f"any target ({answer.decision})"
    return f"{answer.target.account} {answer.target.region} ({answer.decision})"
