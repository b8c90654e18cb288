"""The mutation score: the same as counting slowly, without what changes nothing, and a test for each survivor."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.access.filling import is_fillable
from policystudio.analysis.mutants.mutant import Mutant, kinds, mutants
from policystudio.analysis.mutants.scoring import Score, score
from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest, asked_at, concerns
from policystudio.analysis.testing.running import run
from policystudio.analysis.testing.spots import spots_of
from policystudio.catalog import load
from policystudio.ram.document import Statement
from policystudio.ram.render import Target, render_combined
from tests.analysis.access.sources import ACCOUNTS, REGIONS, allowed, given, source
from tests.analysis.testing.test_running import some_test
from tests.reference import decisions

ALLOW, DENY = Expectation.ALLOW, Expectation.DENY
IS_FUZZING = settings.get_current_profile_name() == "fuzz"
EVERY = [Target(account, region) for account in ACCOUNTS for region in REGIONS]


def as_json(statement: Statement) -> dict[str, Any]:
    made: dict[str, Any] = {"Effect": str(statement.effect)}
    for name, texts in (
        ("Action", statement.actions),
        ("Resource", statement.resources),
        ("NotAction", statement.not_actions),
        ("NotResource", statement.not_resources),
    ):
        if texts:
            made[name] = [text.text for text in texts]
    conditions: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for condition in statement.conditions:
        values = [value.text for value in condition.values]
        assert condition.key.text not in conditions[condition.operator.text]
        conditions[condition.operator.text][condition.key.text] = values
    return {**made, "Condition": dict(conditions)} if conditions else made


def rendered(document: Any, target: Target, regions: list[str]) -> Any:
    if not document["Statement"]:
        return document
    return json.loads(render_combined(given(document), target.account, regions))


def check_score(seed: int) -> None:
    """One source with three targets at most and a few tests, counted by asking everything of everything.

    The requests are those of a small universe, and the one by which the product tells the mutant from the document.
    """
    rng = random.Random(seed)
    document, is_combined = source(rng), rng.random() < 0.3
    read = given(document)
    targets = sorted(rng.sample(EVERY, rng.randint(1, 3)))
    tests = [some_test(rng, number) for number in range(rng.randint(0, 5))]
    if not is_fillable(read):
        return
    named = [(target, "p" if is_combined else f"p-{target.region}") for target in targets]
    found = score(read, spots_of(named), tests, catalogue=load(), milliseconds=60_000)
    regions = {
        t: [o.region for o in targets if o.account == t.account] if is_combined else [t.region]
        for t in targets
    }

    def failing(each: Any) -> set[tuple[str, Target]]:
        wrong = set()
        for target in targets:
            documents = [rendered(each, target, regions[target])]
            for test in tests:
                if concerns(test, target):
                    asked = asked_at(test.request, target)
                    # Both with every doubt against access and with every doubt in favour of it.
                    sides = {
                        decisions._decided(
                            documents, asked.action, asked.resource, asked.context, in_doubt, True
                        )
                        == "allow"
                        for in_doubt in ({"Allow": False, "Deny": True}, {"Allow": True, "Deny": False})
                    }
                    if sides != {test.expectation is ALLOW}:
                        wrong.add((test.name, target))
        return wrong

    before = failing(document)
    counted: dict[str, list[Mutant]] = {"killed": [], "survived": [], "equal": []}
    for mutant in mutants(read, load()):
        changed = {**document, "Statement": [as_json(each) for each in mutant.of(read).statements]}
        if failing(changed) - before:
            counted["killed"].append(mutant)
            continue
        names = ("kms:A", "kms:B", "kms:z", *([mutant.before] if mutant.code == "add-action" else []))
        tells = next((each.test for each in found.survivors if each.mutant == mutant), None)

        def answers(each: Any, target: Target, names: Any = names, tells: Any = tells) -> Any:
            documents = [rendered(each, target, regions[target])]
            if tells is None:
                return allowed(documents, names)
            asked = asked_at(tells.request, target)
            return decisions.decide(documents, asked.action, asked.resource, asked.context)

        same = all(answers(document, target) == answers(changed, target) for target in targets)
        counted["equal" if same else "survived"].append(mutant)
    assert [each.mutant for each in found.killed] == counted["killed"], seed
    assert [each.mutant for each in found.survivors] == counted["survived"], seed
    assert list(found.equal) == counted["equal"], seed
    assert (found.unknown, found.left) == ((), 0)


@settings(max_examples=100 if IS_FUZZING else 4, deadline=None)
@generated(st.integers(min_value=0, max_value=2**32))
def test_the_score_is_what_counting_everything_gives(seed: int) -> None:
    check_score(seed)


FORTY = [(Target(f"{1000 + n}", f"cn-{n % 4}"), f"p-cn-{n % 4}") for n in range(40)]
OWN = "acs:kms:${region}:${account}:"
TYPICAL = {
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["kms:Decrypt", "kms:DescribeKey"],
            "Resource": [f"{OWN}key/key-1", f"{OWN}alias/app"],
            "Condition": {
                "StringEquals": {"kms:tag/Project": ["Apollo", "Gemini"]},
                "Bool": {"acs:SecureTransport": "true"},
                "NumericLessThan": {"acs:MFAAge": "300"},
            },
        },
        {
            "Effect": "Deny",
            "Action": "kms:*",
            "Resource": "*",
            "Condition": {"NotIpAddress": {"acs:SourceIp": ["10.0.0.0/8"]}},
        },
        {"Effect": "Deny", "Action": "kms:Decrypt", "NotResource": [f"{OWN}key/key-1", f"{OWN}alias/app"]},
    ],
}


def scored(tests: list[PolicyTest], document: Any = TYPICAL, **more: Any) -> Score:
    return score(given(document), spots_of(FORTY), tests, catalogue=load(), **more)


def test_every_kind_of_edit_is_made_and_says_what_it_did() -> None:
    made = list(mutants(given(TYPICAL), load()))
    assert {mutant.code for mutant in made} == set(kinds())
    said = [mutant.said for mutant in made]
    assert len({(mutant.said, mutant.pointer) for mutant in made}) == len(said)
    assert "the value `Gemini` of `kms:tag/Project` is dropped" in said
    assert "`NumericLessThan` becomes `NumericLessThanEquals`" in said


def test_the_offered_tests_notice_every_survivor_and_hold_on_the_document() -> None:
    tests: list[PolicyTest] = []
    for _round in range(40):
        found = scored(tests)
        if not found.survivors:
            break
        offered = found.survivors[0].test
        assert offered is not None
        tests.append(offered)
    assert (found.percent, found.left, found.unknown) == (100, 0, ())
    assert all(result.verdict == "holds" for result in run(given(TYPICAL), spots_of(FORTY), tests))
    # They speak of no single target.
    assert not any(test.account or test.region for test in tests)


def test_what_an_allow_leaves_out_is_noticed_only_by_a_test_of_it() -> None:
    document = {
        "Version": "1",
        "Statement": [{"Effect": "Allow", "NotAction": ["kms:Decrypt", "kms:Sign"], "Resource": "*"}],
    }
    found = [each for each in scored([], document).survivors if each.mutant.code == "drop-excluded"]
    assert [(each.mutant.before, each.widens) for each in found] == [
        ("kms:Decrypt", True),
        ("kms:Sign", True),
    ]
    tests = [each.test for each in found if each.test is not None]
    assert [(test.request.action, test.expectation) for test in tests] == [
        ("kms:Decrypt", DENY),
        ("kms:Sign", DENY),
    ]
    assert {"drop-excluded"} <= {each.mutant.code for each in scored(tests, document).killed}


def test_a_mutant_that_changes_nothing_is_not_counted() -> None:
    allow = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}
    found = scored([], {"Version": "1", "Statement": [allow, {**allow, "Resource": f"{OWN}key/key-1"}]})
    dropped = [mutant for mutant in found.equal if mutant.code == "drop-statement"]
    assert [mutant.index for mutant in dropped] == [1]


def test_a_test_that_fails_already_notices_nothing() -> None:
    fails = PolicyTest("fails", Request("kms:Decrypt", f"{OWN}key/key-9"), ALLOW)
    assert not scored([fails]).killed
    assert scored([]).percent == 0


def test_what_differs_in_one_target_alone_is_offered_for_that_one() -> None:
    document = {
        "Version": "1",
        "Statement": [
            {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": f"{OWN}key/k"},
            {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "acs:kms:cn-1:1001:key/k"},
        ],
    }
    [dropped] = [
        each
        for each in scored([], document).survivors
        if each.mutant.code == "drop-statement" and each.mutant.index == 1
    ]
    assert dropped.test is not None
    assert (dropped.test.expectation, dropped.test.account, dropped.test.region) == (DENY, "1001", "cn-1")
    assert dropped.widens


def test_what_there_is_no_time_for_is_told_and_not_counted() -> None:
    found = scored([], milliseconds=-1)
    assert found.left == len(list(mutants(given(TYPICAL), load())))
    assert (found.counted, found.percent) == (0, None)


@pytest.mark.parametrize("code", sorted(kinds()))
def test_a_statement_with_nothing_to_edit_is_left_alone(code: str) -> None:
    bare = given(
        {"Version": "1", "Statement": [{"Effect": "Allow", "NotAction": "kms:A", "NotResource": "*"}]}
    )
    made = list(kinds()[code].edits(bare.statements[0], load()))
    assert bool(made) is (code in ("drop-statement", "turn-effect"))
