"""The test that would notice a mutant, from the request that tells it from the document.

What it expects is what the document answers now; whether that is wanted is for a person to say.
"""

from __future__ import annotations

from collections.abc import Sequence

from policystudio.analysis.access import Access
from policystudio.analysis.mutants.mutant import Mutant
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import (
    Expectation,
    PolicyTest,
    Verdict,
    faults_of_test,
    generalised,
)
from policystudio.analysis.testing.naming import name_of
from policystudio.analysis.testing.running import run
from policystudio.analysis.testing.spots import NOWHERE, Spot
from policystudio.ram.document import Document
from policystudio.ram.render import Target


def offered(document: Document, spots: Sequence[Spot], mutant: Mutant, access: Access) -> PolicyTest | None:
    """A test that holds on the document and does not on the mutant: for every target where that is so, else for one."""
    line = access.gained or access.lost
    if line is None:
        return None
    expectation = Expectation.DENY if line is access.gained else Expectation.ALLOW
    request = line.change.witness.request
    # The request names the region and account of one target where it depends on them.
    made = [general_test(request, line.target, expectation)]
    if line.target != NOWHERE:
        made.append(named_test(request, expectation, line.target))
    mutated = mutant.of(document)
    for test in made:
        if faults_of_test(test.request):
            continue
        [before], [after] = run(document, spots, [test]), run(mutated, spots, [test])
        if before.verdict is Verdict.HOLDS and after.verdict is not Verdict.HOLDS:
            return test
    return None


def general_test(request: Request, target: Target, expectation: Expectation) -> PolicyTest:
    """The request with placeholders for the names of the target, to be asked in every one."""
    general = generalised(request, target)
    return PolicyTest(name_of(general, expectation), general, expectation)


def named_test(request: Request, expectation: Expectation, target: Target) -> PolicyTest:
    """The request as it is, to be asked in that target alone."""
    return PolicyTest(name_of(request, expectation), request, expectation, target.account, target.region)
