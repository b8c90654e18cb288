"""Tests of policies: the same answer as rendering and asking every target for itself, and of which targets they are."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.access.filling import is_fillable
from policystudio.analysis.deciding import Decision
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest, Verdict, asked_at, concerns
from policystudio.analysis.testing.running import Result, run
from policystudio.analysis.testing.spots import NOWHERE, alike, spots_of
from policystudio.ram.render import Target, render_combined
from tests.analysis.access.sources import ACCOUNTS, REGIONS, given, source
from tests.reference import decisions

ALLOW, DENY = Expectation.ALLOW, Expectation.DENY
EVERY = [Target(account, region) for account in ACCOUNTS for region in REGIONS]
_TEXTS = ("${region}", "${account}", "a", "1", "k${account}", "x${region}", "ab")


def some_test(rng: random.Random, number: int) -> PolicyTest:
    fields = [
        rng.choice(choices)
        for choices in (
            ("${region}", "${region}", "a", "x${region}", "ab", ""),
            ("${account}", "${account}", "1", "2", ""),
            ("k", "${region}", "k${account}", "k1", "${account}z", "z"),
        )
    ]
    resource = "*" if rng.random() < 0.1 else "acs:kms:" + ":".join(fields)
    context = {key: rng.choice(_TEXTS) for key in ("k:tag", "k:number") if rng.random() < 0.4}
    account = rng.choice(["", "", "1", "12"])
    region = rng.choice(["", "a", "c"]) if account else ""
    request = Request(rng.choice(["kms:A", "kms:B", "kms:z"]), resource, context)
    return PolicyTest(f"test {number}", request, rng.choice(list(Expectation)), account, region)


def check_running(seed: int) -> None:
    """Product and reference on one source, with targets of its own or combined."""
    rng = random.Random(seed)
    document, is_combined = source(rng), rng.random() < 0.4
    targets = [target for target in EVERY if rng.random() < 0.8]
    tests = [some_test(rng, number) for number in range(6)]
    read = given(document)
    if not is_fillable(read) or not targets:
        return
    names = [(target, "p" if is_combined else f"p-{target.region}") for target in targets]
    results = run(read, spots_of(names), tests)
    for test, result in zip(tests, results, strict=True):
        expected = {}
        for target in targets:
            if not concerns(test, target):
                continue
            regions = (
                [t.region for t in targets if t.account == target.account] if is_combined else [target.region]
            )
            rendered = json.loads(render_combined(read, target.account, regions))
            request = asked_at(test.request, target)
            expected[target] = decisions.decide([rendered], request.action, request.resource, request.context)
        assert {a.target: str(a.decision) for a in result.answers} == expected, (seed, test)
        for answer in result.answers:
            if answer.decision is not Decision.UNKNOWN:
                is_right = (answer.decision is Decision.ALLOW) is (test.expectation is ALLOW)
                assert (answer.verdict is Verdict.HOLDS) is is_right, (seed, test)


@settings(max_examples=120)
@generated(st.integers(min_value=0))
def test_every_target_gets_the_answer_of_its_own_rendered_document(seed: int) -> None:
    check_running(seed)


STATEMENT = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:${region}:${account}:key/k"}
OWN = Request("kms:Decrypt", "acs:kms:${region}:${account}:key/k")
FORTY = [(Target(f"{1000 + n}", f"cn-{n % 4}"), f"p-cn-{n % 4}") for n in range(40)]


def source_of(*statements: dict[str, Any]) -> Any:
    return given({"Version": "1", "Statement": list(statements)})


def test_targets_that_differ_in_their_names_only_are_asked_once() -> None:
    spots = spots_of(FORTY)
    assert len(alike(source_of(STATEMENT), spots, [OWN])) == 1
    fixed = Request("kms:Decrypt", "acs:kms:cn-1:1001:key/k")
    # The region of the request, its account, both, or neither.
    assert len(alike(source_of(STATEMENT), spots, [OWN, fixed])) == 3
    assert (
        len(alike(source_of(STATEMENT), spots, [Request(OWN.action, OWN.resource, {"k:a": "${region}"})]))
        == 4
    )


def test_a_test_without_a_target_is_asked_in_every_one() -> None:
    [held] = run(source_of(STATEMENT), spots_of(FORTY), [PolicyTest("t", OWN, ALLOW)])
    assert (held.verdict, len(held.answers), held.failing) == (Verdict.HOLDS, 40, ())
    [failed] = run(source_of(STATEMENT), spots_of(FORTY), [PolicyTest("t", OWN, DENY)])
    assert (failed.verdict, len(failed.failing)) == (Verdict.FAILS, 40)


@pytest.mark.parametrize(
    ("account", "region", "count"), [("1001", "cn-1", 1), ("1001", "", 1), ("1001", "cn-2", 0), ("9", "", 0)]
)
def test_a_test_with_a_target_is_asked_there_alone(account: str, region: str, count: int) -> None:
    [result] = run(source_of(STATEMENT), spots_of(FORTY), [PolicyTest("t", OWN, ALLOW, account, region)])
    assert len(result.answers) == count
    assert result.verdict is (Verdict.HOLDS if count else Verdict.NOT_ASKED)


def test_of_a_fixed_resource_a_denial_is_asked_everywhere_and_an_allowance_where_it_lies() -> None:
    fixed = Request("kms:Decrypt", "acs:kms:cn-1:1001:key/k")
    allowed, denied = run(
        source_of(STATEMENT), spots_of(FORTY), [PolicyTest("a", fixed, ALLOW), PolicyTest("d", fixed, DENY)]
    )
    assert [answer.target for answer in allowed.answers] == [Target("1001", "cn-1")]
    assert (allowed.verdict, len(denied.answers)) == (Verdict.HOLDS, 40)
    assert [answer.target for answer in denied.failing] == [Target("1001", "cn-1")]
    elsewhere = PolicyTest("e", Request("kms:Decrypt", "acs:kms:eu-1:1001:key/k"), ALLOW)
    [result] = run(source_of(STATEMENT), spots_of(FORTY), [elsewhere])
    assert result.verdict is Verdict.NOT_ASKED


def test_a_policy_without_targets_is_asked_with_its_placeholders_left() -> None:
    [result] = run(source_of(STATEMENT), spots_of([]), [PolicyTest("t", OWN, ALLOW)])
    assert [answer.target for answer in result.answers] == [NOWHERE]
    assert result.verdict is Verdict.HOLDS


def test_what_cannot_be_told_is_unknown_and_so_is_what_the_time_was_not_enough_for() -> None:
    doubtful = {**STATEMENT, "Condition": {"ForAnyValue:StringEquals": {"k:a": "x"}}}
    asked = PolicyTest("t", Request(OWN.action, OWN.resource, {"k:a": "x"}), ALLOW)
    for document, milliseconds in ((source_of(doubtful), 1000), (source_of(STATEMENT), -1)):
        [result] = run(document, spots_of(FORTY), [asked], milliseconds=milliseconds)
        assert (result.verdict, len(result.failing)) == (Verdict.UNKNOWN, 40)


def test_the_gravest_verdict_is_the_one_of_the_test() -> None:
    one = {**STATEMENT, "Resource": "acs:kms:cn-1:*:key/k"}
    [result] = run(source_of(one), spots_of(FORTY), [PolicyTest("t", OWN, ALLOW)])
    assert isinstance(result, Result)
    assert (result.verdict, len(result.failing)) == (Verdict.FAILS, 30)
    assert result.shown is not None
    assert result.shown.target.region != "cn-1"
