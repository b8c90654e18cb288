"""Tests of a policy over many targets, against asking each target for itself; and the mutation score of a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from policystudio.analysis.access.filling import filled
from policystudio.analysis.deciding import Policies
from policystudio.analysis.given import read_given
from policystudio.analysis.mutants.mutant import mutants
from policystudio.analysis.mutants.scoring import score
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest, Verdict, asked_at, verdict
from policystudio.analysis.testing.running import run
from policystudio.analysis.testing.spots import Spot, spots_of
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.render import Target
from tests.bench.measure import Row, wall_seconds
from tests.bench.proof import ACTIONS, MAX_CHARACTERS, _document, _statements, _text

TARGETS = [
    Target(f"{2_000_000_000_000_000 + at}", f"cn-r{region}") for at in range(20) for region in range(3)
]
TESTS = 200


def rows() -> Iterator[Row]:
    count = next(count for count in range(1, 100) if len(_text(_statements(count + 1))) > MAX_CHARACTERS)
    typical, longest = _document(_statements(4)), _document(_statements(count))
    # A region beside a wildcard keeps targets of different regions from sharing their answers.
    apart = _apart(longest)
    spots = spots_of((target, f"p-{target.region}") for target in TARGETS)
    for what, document in (
        ("a typical document", typical),
        (f"one of {MAX_CHARACTERS:,} characters", longest),
        ("the same, its regions beside wildcards", apart),
    ):
        tests = _tests(document)
        shared = wall_seconds(partial(_asked, document, spots, tests), repeat=3)
        alone = wall_seconds(partial(_each_alone, document, spots, tests), rounds=1)
        yield Row(
            f"{TESTS} tests of {what} in {len(TARGETS)} targets",
            f"{shared * 1e3:.0f} ms",
            f"each target alone {alone * 1e3:,.0f} ms",
            f"{alone / shared:.1f}",
            "< 2 s",
        )
    tests = _tests(typical)[:20]
    made = list(mutants(typical, load()))
    seconds = wall_seconds(partial(score, typical, spots, tests, catalogue=load()), rounds=1)
    each = wall_seconds(lambda: [run(mutant.of(typical), spots, tests) for mutant in made], rounds=1)
    yield Row(
        f"the score of 20 tests, {len(made)} changes in {len(TARGETS)} targets",
        f"{seconds * 1e3:.0f} ms",
        f"every test of every change {each * 1e3:,.0f} ms",
        f"{each / seconds:.1f}",
        "< 2 s",
    )


def _asked(document: Document, spots: Sequence[Spot], tests: Sequence[PolicyTest]) -> None:
    results = run(document, spots, tests)
    assert sum(len(result.answers) for result in results) == len(spots) * len(tests)
    assert all(result.verdict is not Verdict.UNKNOWN for result in results)


def _each_alone(document: Document, spots: Sequence[Spot], tests: Sequence[PolicyTest]) -> None:
    for spot in spots:
        judge = Policies.of([filled(document, spot.blanks)])
        for test in tests:
            verdict(test.expectation, judge.bounds(asked_at(test.request, spot.target)))


def _tests(document: Document) -> list[PolicyTest]:
    made = []
    for number in range(TESTS):
        statement = document.statements[number % len(document.statements)]
        name = (
            ACTIONS[number * 7 % len(ACTIONS)]
            if number % 2
            else statement.actions[0].text.replace("*", "Key")
        )
        resource = statement.resources[0].text.replace("*", f"x{number}")
        if resource == f"x{number}":
            resource = "acs:kms:${region}:${account}:key/x"
        context = {"acs:SourceIp": f"10.0.0.{number}", "kms:tag/Project": "Apollo"}
        made.append(PolicyTest(f"{number}", Request(name, resource, context), list(Expectation)[number % 2]))
    return made


def _apart(document: Document) -> Document:
    text = json.dumps(json.loads(document.source.text)).replace("${region}:", "${region}*:")
    changed: Any = read_given(text).document
    assert changed is not None
    return changed  # type: ignore[no-any-return]
