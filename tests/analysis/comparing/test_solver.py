"""Generated pairs put to a solver as well. What the solver cannot tell within its time is left out."""

import random

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from policystudio.analysis.comparing import Limits, compare
from tests.analysis.comparing import solver
from tests.analysis.comparing.generating import given, pair


def check_against_solver(seed: int, milliseconds: int = 2_000) -> int:
    """Compares one pair in both directions; how many of the two answers the solver had."""
    before, after = pair(random.Random(seed))
    found = compare([given(before)], [given(after)], limits=Limits(milliseconds=60_000))
    answered = 0
    for answer, one, two in (
        (found.grants_new_access, before, after),
        (found.revokes_access, after, before),
    ):
        told = solver.grants([one], [two], milliseconds)
        if told == "unknown":
            continue
        answered += 1
        if str(answer) == "unknown":
            # The solver knows moments between two seconds, for which no request can be written.
            assert found.reason is not None
            assert (told, found.reason.reason) == ("yes", "between-values"), seed
        else:
            assert str(answer) == told, seed
    return answered


@pytest.mark.parametrize("batch", range(3))
def test_a_solver_gives_the_same_answers(batch):
    answered = sum(check_against_solver(seed) for seed in range(batch * 15 + 9000, batch * 15 + 9015))
    assert answered > 20


@pytest.mark.hypothesis
@generated(st.integers(0, 2**60))
def test_a_solver_gives_the_same_answers_for_any_pair(seed):
    check_against_solver(seed)
