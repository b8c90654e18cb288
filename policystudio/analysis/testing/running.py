"""Asks tests of the documents of every target; each document is compiled once, and like targets are asked once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from policystudio.analysis.access.filling import filled
from policystudio.analysis.comparing.limits import deadline
from policystudio.analysis.deciding import Decision, Policies
from policystudio.analysis.testing.expectation import PolicyTest, Verdict, asked_at, concerns, verdict
from policystudio.analysis.testing.spots import Spot, alike
from policystudio.ram.document import Document
from policystudio.ram.render import Target

MAX_MILLISECONDS = 8_000


class Answered(NamedTuple):
    """What the document of a target answers to a test."""

    target: Target
    decision: Decision
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Result:
    """A test with its answer in every target that it is for, by account and region."""

    test: PolicyTest
    answers: tuple[Answered, ...]

    @property
    def verdict(self) -> Verdict:
        """The gravest of all targets."""
        found = {answer.verdict for answer in self.answers}
        return next((each for each in Verdict if each in found), Verdict.NOT_ASKED)

    @property
    def failing(self) -> tuple[Answered, ...]:
        """Where the answer is not the one that is expected, or cannot be told."""
        return tuple(answer for answer in self.answers if answer.verdict is not Verdict.HOLDS)

    @property
    def shown(self) -> Answered | None:
        """One target that shows the verdict, None where none was asked."""
        return next((answer for answer in self.answers if answer.verdict is self.verdict), None)


def run(
    source: Document,
    spots: Sequence[Spot],
    tests: Sequence[PolicyTest],
    *,
    milliseconds: float = MAX_MILLISECONDS,
) -> tuple[Result, ...]:
    """What the documents that the source gives at these spots answer to each test, in the order of the tests.

    The source has placeholders that `is_fillable` finds no fault with, and the requests are such, see `request.faults`.
    What is not asked when the time is up is unknown.
    """
    found: list[list[Answered]] = [[] for _test in tests]
    ends = deadline(milliseconds)
    for group in alike(source, spots, [test.request for test in tests]):
        first, is_late = group[0], monotonic() > ends
        judge = Policies.of([] if is_late else [filled(source, first.blanks)])
        for test, answers in zip(tests, found, strict=True):
            concerned = [spot.target for spot in group if concerns(test, spot.target)]
            if is_late:
                answers += (Answered(target, Decision.UNKNOWN, Verdict.UNKNOWN) for target in concerned)
            elif concerned:
                bounds = judge.bounds(asked_at(test.request, first.target))
                said = verdict(test.expectation, bounds)
                answers += (Answered(target, bounds.decision, said) for target in concerned)
    return tuple(Result(test, tuple(sorted(those))) for test, those in zip(tests, found, strict=True))
