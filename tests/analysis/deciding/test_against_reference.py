"""The quick decision, the one with reasons and the naive reference agree on documents and requests of every kind."""

from __future__ import annotations

import json
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.deciding import STATED, Decision, Policies, Reading, evaluate
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request, faults
from policystudio.ram.document import Document
from tests.analysis.deciding import generating
from tests.reference import decisions

REQUESTS = 220
"""Of each example; `make fuzz` draws 5,000 examples, so more than a million requests."""
TRACED = 20


def read(value: Any) -> Document:
    parsed = read_given(json.dumps(value, ensure_ascii=False))
    assert parsed.document is not None, parsed.findings
    return parsed.document


@given(st.integers(0, 2**63))
def test_decisions_agree_with_the_reference(seed):
    draw = Random(seed)
    values = [generating.document(draw) for _ in range(draw.choice((1, 1, 2, 3)))]
    documents = [read(value) for value in values]
    reading = draw.choice((STATED, STATED, Reading(missing_negated=False)))
    policies = Policies.of(documents, reading)
    for number in range(REQUESTS):
        action, resource, context = generating.request(draw, values)
        request = Request(action, resource, context)
        assert faults(request) == []
        expected = decisions.decide(
            values, action, resource, context, missing_negated=reading.missing_negated
        )
        assert policies.decide(request) == expected, (values, request)
        if number < TRACED:
            explained = evaluate(documents, request, reading=reading)
            assert explained.decision == expected, (values, request)
            assert explained.bounds == policies.bounds(request)
            assert (explained.reason is not None) == (explained.decision is Decision.UNKNOWN)


def test_generated_requests_reach_every_decision():
    draw = Random(5)
    seen = dict.fromkeys(Decision, 0)
    for _ in range(200):
        values = [generating.document(draw)]
        for _ in range(20):
            seen[Decision(decisions.decide(values, *generating.request(draw, values)))] += 1
    assert all(number > 100 for number in seen.values()), seen
