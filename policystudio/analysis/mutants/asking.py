"""Asks the tests of mutants quickly: of a document that differs in one statement only that statement is asked anew.

For each group of like targets and each test the answers of all statements are kept; what a mutant decides follows from
them and from the answer of its own statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policystudio.analysis.access.filling import filled
from policystudio.analysis.deciding.entries import Answer
from policystudio.analysis.deciding.names import Named, named
from policystudio.analysis.deciding.policies import Bounds, bounds, compiled_statement
from policystudio.analysis.mutants.mutant import Mutant
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import PolicyTest, Verdict, asked_at, concerns, verdict
from policystudio.analysis.testing.spots import Spot
from policystudio.ram.document import Document, Statement
from policystudio.ram.patterns import fold


@dataclass(frozen=True, slots=True)
class _Asked:
    """A test in a target, and what each statement answers to it: whether it is an Allow, and whether it matches."""

    test: PolicyTest
    action: str
    resource: Named
    request: Request
    answers: tuple[tuple[bool, Answer], ...]

    def decided(self, index: int | None = None, instead: tuple[tuple[bool, Answer], ...] = ()) -> Bounds:
        """The decision, where one statement gives way to another one, or to none."""
        found: dict[bool, Answer] = {True: False, False: False}
        kept = self.answers if index is None else self.answers[:index] + instead + self.answers[index + 1 :]
        for is_allow, matches in kept:
            if matches is True or (matches is None and found[is_allow] is False):
                found[is_allow] = matches
        return bounds(found[False], found[True])


class Board:
    """The tests in one group of like targets, those that hold there on the document as it is."""

    def __init__(self, document: Document, group: Sequence[Spot], tests: Sequence[PolicyTest]) -> None:
        self._document = document
        self._spot = group[0]
        compiled = [(each.is_allow, compiled_statement(self._filled(each))) for each in document.statements]
        self._asked: list[_Asked] = []
        for test in tests:
            if not any(concerns(test, spot.target) for spot in group):
                continue
            request = asked_at(test.request, self._spot.target)
            action, resource = fold(request.action), named(request.resource)
            answers = tuple(
                (is_allow, each.matches(action, resource, request)) for is_allow, each in compiled
            )
            asked = _Asked(test, action, resource, request, answers)
            if verdict(test.expectation, asked.decided()) is Verdict.HOLDS:
                self._asked.append(asked)

    def notices(self, mutant: Mutant) -> PolicyTest | None:
        """The first test that does not hold on the mutant; None where all hold as before."""
        made = None if mutant.statement is None else compiled_statement(self._filled(mutant.statement))
        for asked in self._asked:
            instead: tuple[tuple[bool, Answer], ...] = ()
            if made is not None and mutant.statement is not None:
                matches = made.matches(asked.action, asked.resource, asked.request)
                instead = ((mutant.statement.is_allow, matches),)
            if verdict(asked.test.expectation, asked.decided(mutant.index, instead)) is not Verdict.HOLDS:
                return asked.test
        return None

    def _filled(self, statement: Statement) -> Statement:
        return filled(replace(self._document, statements=(statement,)), self._spot.blanks).statements[0]
