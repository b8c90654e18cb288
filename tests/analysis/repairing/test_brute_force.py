"""The proposed change allows the request, and no single change that trying finds allows less."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer
from policystudio.analysis.repairing import Cause, Way, diagnose
from policystudio.analysis.request import Request
from tests.analysis.comparing.generating import (
    ACTIONS,
    RESOURCES,
    VALUES,
    allowed,
    contexts,
    given,
    speaks_of,
    statement,
)
from tests.analysis.repairing.brute import allows_more, helping
from tests.reference import decisions


def drawn(rng: random.Random) -> tuple[Any, str, str, dict[str, str]]:
    """A document and a request, which mostly misses a statement by little."""
    keys = rng.sample(sorted(VALUES), 2)
    statements = [statement(rng, keys) for _ in range(rng.randint(1, 3))]
    for each in statements:
        if "Action" in each and "Resource" in each and rng.random() < 0.5:
            each["Action"], each["Resource"] = [rng.choice(ACTIONS)], [rng.choice(RESOURCES)]
    document = {"Version": "1", "Statement": statements}
    every = contexts(document)
    some = [(rng.choice(ACTIONS), rng.choice(RESOURCES), rng.choice(every)) for _ in range(60)]
    nearest = min(some, key=lambda asked: missing(document, *asked) or 99)
    action, resource, context = nearest if rng.random() < 0.8 else some[0]
    return document, action, resource, dict(context)


def missing(document: Any, action: str, resource: str, context: dict[str, str]) -> int:
    """How many elements of the nearest Allow do not fit."""
    counts = [
        [
            decisions._acts(each, action),
            decisions._applies(each, resource),
            *decisions._entries(each, context, True),
        ]
        for each in document["Statement"]
        if each["Effect"] == "Allow"
    ]
    return min((fits.count(False) for fits in counts), default=99)


def check(seed: int) -> str:
    """Diagnoses one request; returns what it came to."""
    document, action, resource, context = drawn(random.Random(seed))
    # Ample time, so that a busy machine does not look like a change that nothing was compared with.
    found = diagnose([given(document)], Request(action, resource, context), milliseconds=60_000)
    decision = decisions.decide([document], action, resource, context)
    assert (found.cause is Cause.OUTSIDE) is (decision == decisions.ALLOW), seed
    assert (found.cause is Cause.EXPLICIT_DENY) is (decision == decisions.EXPLICIT_DENY), seed
    if decision != decisions.IMPLICIT_DENY:
        assert not found.repairs or found.cause is Cause.UNKNOWN
        return decision
    assert found.repair is not None, seed
    assert found.is_smallest, seed
    every = contexts(document)
    asked = (action, resource, every.index(context))
    before = allowed(document, every)
    for repair in found.repairs:
        changed = json.loads(repair.text)
        assert decisions.decide([changed], action, resource, context) == decisions.ALLOW, seed
        assert repair.comparison.grants_new_access is Answer.YES, seed
        assert repair.comparison.revokes_access is Answer.NO, seed
        if repair.comparison.complete:
            assert any(speaks_of(line, action, resource, context) for line in repair.comparison.added), seed
    added = allowed(json.loads(found.repair.text), every) - before
    assert asked in added, seed
    ours = json.loads(found.repair.text)
    for other in helping(document, action, resource, context):
        if (allowed(other, every) - before) < added:
            # Smaller in the universe; so it has to allow something beyond that ours does not.
            assert allows_more(other, ours, resource), (seed, found.repair.edit, other)
    return str(found.repair.edit.way)


@pytest.mark.parametrize("block", range(8))
def test_no_single_change_that_trying_finds_allows_less(block: int) -> None:
    for seed in range(block * 25, block * 25 + 25):
        check(seed)


@pytest.mark.parametrize("seed", [500315, 500503, 501709, 501922])
def test_a_statement_that_may_do_much_more_is_not_widened_for_one_value_that_it_leaves_out(seed: int) -> None:
    document, action, resource, context = drawn(random.Random(seed))
    found = diagnose([given(document)], Request(action, resource, context)).repair
    assert found is not None
    assert found.edit.way is Way.NEW_STATEMENT
    check(seed)


@generated(st.integers(min_value=1000))
def test_so_it_is_for_documents_that_nobody_has_chosen(seed: int) -> None:
    check(seed)


def test_the_generator_meets_every_cause_and_several_ways() -> None:
    met = {check(seed) for seed in range(120)}
    assert {decisions.ALLOW, decisions.EXPLICIT_DENY} <= met
    assert len(met & {str(way) for way in Way}) >= 3
