"""Small documents over three letters and two keys, where every request of a universe can be asked about."""

import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer, Change, Guardrail, compare, guard
from policystudio.analysis.comparing.domains import Asked, Domain, fresh_character
from policystudio.analysis.comparing.limits import Budget, Limits, deadline
from policystudio.analysis.comparing.texts import text_atoms
from policystudio.ram.patterns import normal
from tests.analysis.comparing.generating import Cell, allowed, cells, contexts, given, pair, pattern
from tests.reference import decisions
from tests.reference.evaluator import low
from tests.reference.patterns import matches

AMPLE = Limits(milliseconds=60_000)
"""What is asked here is whether the answer is right, not whether a busy machine gives it in time."""
SHORT = [text for size in range(6) for text in map("".join, product("abc", repeat=size))]


def check_pair(seed: int) -> Answer:
    """Compares one pair in both directions with all requests of the universe."""
    before, after = pair(random.Random(seed))
    found = compare([given(before)], [given(after)], limits=AMPLE)
    every = contexts(before, after)
    was, now = allowed(before, every), allowed(after, every)
    for answer, lines, truth in (
        (found.grants_new_access, found.added, now - was),
        (found.revokes_access, found.removed, was - now),
    ):
        # Between two moments a second apart nothing can be written; nothing else may be in doubt.
        is_between = found.reason is not None and found.reason.reason == "between-values"
        is_long = found.reason is not None and found.reason.reason == "too-many-lines"
        assert found.reason is None or is_between or is_long, (seed, found.reason)
        assert answer is not Answer.UNKNOWN or is_between, (seed, found.reason)
        assert not truth or answer is Answer.YES, seed
        assert bool(lines) is (answer is Answer.YES)
        check_lines(seed, lines, truth, every, is_all=len(lines) < 50 and (found.complete or is_between))
    for witness, is_gain in ((found.witness, True), (found.lost, False)):
        if witness is not None:
            check_witness(seed, witness.request, [before, after] if is_gain else [after, before])
    for change in (*found.added, *found.removed):
        request = change.witness.request
        decided = {
            decisions.decide([each], request.action, request.resource, request.context)
            for each in (before, after)
        }
        assert len(decided) == 2, seed
    return found.grants_new_access


def check_lines(
    seed: int, lines: tuple[Change, ...], truth: set[Cell], every: list[dict[str, str]], *, is_all: bool
) -> None:
    told: set[Cell] = set()
    for line in lines:
        some = set(cells(line, every))
        assert not some & told, (seed, "lines overlap", str(line.actions), str(line.resources))
        told |= some
    assert not told - truth, (seed, "a line says too much", sorted(told - truth)[:3])
    assert told == truth or not is_all, (seed, "the lines are not the difference", sorted(told ^ truth)[:3])


def check_witness(seed: int, request, documents: list[Any]) -> None:
    without, having = (
        decisions.decide([each], request.action, request.resource, request.context) for each in documents
    )
    assert having == "allow", seed
    assert without != "allow", seed


@pytest.mark.parametrize("batch", range(10))
def test_answers_and_lines_are_exactly_the_difference(batch: int) -> None:
    answers = {check_pair(seed) for seed in range(batch * 40, batch * 40 + 40)}
    assert answers == {Answer.YES, Answer.NO}


def check_guardrail(seed: int) -> None:
    """Guards one document with two shapes of another; every breach of the universe and no other is told."""
    before, after = pair(random.Random(seed))
    shapes = given(before)
    rule = Guardrail(shapes.statements[0], shapes.statements[1:2])
    verdict = guard([given(after)], rule)
    every = contexts(before, after)
    never, unless = (
        allowed({"Statement": [{**each, "Effect": "Allow"} for each in some]}, every)
        for some in (before["Statement"][:1], before["Statement"][1:2])
    )
    truth = (allowed(after, every) & never) - unless
    assert not truth or verdict.is_broken is Answer.YES, seed
    is_all = len(verdict.breaches) < 50 and (verdict.complete or verdict.reason is not None)
    check_lines(seed, verdict.breaches, truth, every, is_all=is_all)


@pytest.mark.parametrize("batch", range(4))
def test_breaches_of_a_guardrail_are_exactly_what_is_allowed_against_it(batch: int) -> None:
    for seed in range(batch * 50 + 2000, batch * 50 + 2050):
        check_guardrail(seed)


@pytest.mark.hypothesis
@generated(st.integers(0, 2**60))
def test_answers_and_lines_are_exactly_the_difference_for_any_pair(seed: int) -> None:
    check_pair(seed)


def check_atoms(seed: int) -> None:
    rng = random.Random(seed)
    tests = []
    for _ in range(rng.randint(1, 5)):
        kind = rng.choice(["like", "like", "exact", "fold"])
        text = pattern(rng, wild=1.0 if kind == "like" else 0.1)
        tests.append(Asked(kind, normal(text)) if kind == "like" else Asked(kind, text))
    tests = [
        t if t.kind != "like" or "*" in t.text or "?" in t.text else Asked("exact", t.text) for t in tests
    ]
    tests = list(dict.fromkeys(tests))
    domain = rng.choice([Domain("x"), Domain("x", 0, may_be_empty=False), Domain("x", 0), Domain("x", 1)])
    found = text_atoms(tests, None, domain, Budget(Limits(), deadline(10_000)))

    def vector(text: str) -> int:
        return sum(1 << index for index, test in enumerate(tests) if _holds(test, text))

    for mask, witness in found.items():
        assert domain.admits(witness), seed
        assert vector(witness) == mask, seed
    fresh = fresh_character(tests)
    for text in [
        *SHORT,
        *(each.replace("c", fresh) for each in SHORT),
        *(each.replace("c", ":") for each in SHORT),
    ]:
        if domain.admits(text):
            assert vector(text) in found, (seed, text)


def _holds(test: Asked, text: str) -> bool:
    if test.kind == "like":
        return bool(matches(test.text, text))
    return (low(text) if test.kind == "fold" else text) == test.text


@pytest.mark.parametrize("batch", range(4))
def test_every_combination_of_patterns_that_a_short_text_has_is_found(batch: int) -> None:
    for seed in range(batch * 25, batch * 25 + 25):
        check_atoms(seed)
