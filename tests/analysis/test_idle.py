"""What is idle changes no decision when it goes, alone and together; and nothing that does something is named."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer, Limits, compare
from policystudio.analysis.idle import Idle, Part, Why, idle_statements
from tests.analysis.comparing.generating import allowed, contexts, given, statement

IS_FUZZING = settings.get_current_profile_name() == "fuzz"
KEYS = "acs:kms:${region}:${account}:key/*"


def found_in(*statements: dict[str, Any]) -> list[Idle]:
    return list(idle_statements(given({"Version": "1", "Statement": [written(each) for each in statements]})))


def written(statement: dict[str, Any]) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": [KEYS], **statement}


def without(document: dict[str, Any], idle: list[Idle]) -> dict[str, Any]:
    """The document, what is idle taken out of it."""
    left = copy.deepcopy(document)
    for each in idle:
        *above, last = each.path.split("/")[1:]
        inner: Any = left
        for step in above:
            inner = inner[
                int(step) if isinstance(inner, list) else step.replace("~1", "/").replace("~0", "~")
            ]
        inner[int(last) if isinstance(inner, list) else last.replace("~1", "/").replace("~0", "~")] = None
    swept: dict[str, Any] = _swept(left)
    return swept


def _swept(value: Any) -> Any:
    if isinstance(value, list):
        return [_swept(each) for each in value if each is not None]
    if isinstance(value, dict):
        return {name: _swept(each) for name, each in value.items() if each is not None}
    return value


def parts(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Each statement and each entry of a list of several, with the document without it."""
    found = []
    for index, each in enumerate(document["Statement"]):
        paths = [f"/Statement/{index}"]
        for name in ("Action", "Resource"):
            if len(each.get(name, ())) > 1:
                paths += [f"/Statement/{index}/{name}/{at}" for at in range(len(each[name]))]
        for path in paths:
            found.append((path, without(document, [Idle(Part.STATEMENT, Why.EMPTY, path, index)])))
    return found


def check_idle(seed: int) -> int:
    """Takes out what is named, alone and together; and shows for the rest of it a request that it decides."""
    rng = random.Random(seed)
    keys = rng.sample(["k:tag", "k:address", "k:number", "k:flag"], 2)
    document = {"Version": "1", "Statement": [statement(rng, keys) for _ in range(rng.randint(1, 4))]}
    every = contexts(document)
    truth = allowed(document, every)
    idle = list(idle_statements(given(document)))
    for each in idle:
        assert allowed(without(document, [each]), every) == truth, (seed, each)
        assert each.blame != each.statement or each.part is not Part.STATEMENT, (seed, each)
    assert allowed(without(document, idle), every) == truth, (seed, idle)
    return len(idle)


@pytest.mark.parametrize("batch", range(6))
def test_what_is_idle_changes_nothing_when_it_goes(batch: int) -> None:
    assert sum(check_idle(seed) for seed in range(batch * 50, batch * 50 + 50)) > 10


@pytest.mark.hypothesis
@settings(max_examples=5_000 if IS_FUZZING else 25)
@generated(st.integers(0, 2**60))
def test_what_is_idle_changes_nothing_in_any_document(seed: int) -> None:
    check_idle(seed)


@pytest.mark.parametrize("seed", range(120))
def test_when_all_that_is_idle_is_gone_whatever_is_left_does_something(seed: int) -> None:
    rng = random.Random(seed)
    document = {"Version": "1", "Statement": [statement(rng, ["k:tag", "k:number"]) for _ in range(3)]}
    for _ in range(8):
        idle = list(idle_statements(given(document)))
        if not idle:
            break
        document = without(document, idle)
        if not document["Statement"]:
            return
    left = {each.path for each in idle_statements(given(document))}
    for path, less in parts(document):
        if not less["Statement"]:
            continue
        compared = compare([given(document)], [given(less)])
        is_same = compared.grants_new_access is compared.revokes_access is Answer.NO
        assert not is_same or path in left, (seed, path, json.dumps(document))


def test_a_document_in_which_everything_counts_has_nothing_idle() -> None:
    assert not found_in(
        {},
        {"Action": ["kms:Encrypt"]},
        {"Effect": "Deny", "Action": ["kms:*"], "Condition": {"Bool": {"acs:SecureTransport": ["false"]}}},
    )


@pytest.mark.parametrize(
    ("statements", "part", "why", "path", "blame"),
    [
        (
            [{"Condition": {"StringEquals": {"k:t": ["a"]}, "StringNotEquals": {"k:t": ["a", "b"]}}}],
            Part.STATEMENT,
            Why.EMPTY,
            "/Statement/0",
            None,
        ),
        (
            [{}, {"Effect": "Deny", "Action": ["kms:*"], "Resource": ["*"]}],
            Part.STATEMENT,
            Why.DENIED,
            "/Statement/0",
            1,
        ),
        ([{"Action": ["kms:*"]}, {}], Part.STATEMENT, Why.SHADOWED, "/Statement/1", 0),
        ([{}, {}], Part.STATEMENT, Why.SHADOWED, "/Statement/1", 0),
        (
            [
                {"Condition": {"Bool": {"k:flag": ["true"]}}},
                {"Condition": {"Bool": {"k:flag": ["false"]}}},
                {"Condition": {"StringLike": {"k:flag2": ["a"]}, "Bool": {"k:flag": ["true"]}}},
            ],
            Part.STATEMENT,
            Why.SHADOWED,
            "/Statement/2",
            0,
        ),
        (
            [{}, {"Effect": "Deny", "Action": ["kms:EnableKey"]}],
            Part.STATEMENT,
            Why.NOTHING_TO_DENY,
            "/Statement/1",
            None,
        ),
        (
            [
                {"Action": ["kms:*"]},
                {"Effect": "Deny", "Action": ["kms:En*"]},
                {"Effect": "Deny", "Action": ["kms:Enable*"]},
            ],
            Part.STATEMENT,
            Why.SHADOWED,
            "/Statement/2",
            1,
        ),
        (
            [{"Action": ["kms:Get*", "kms:GetSecretValue"]}],
            Part.ACTION,
            Why.SHADOWED,
            "/Statement/0/Action/1",
            0,
        ),
        (
            [
                {"Action": ["kms:Decrypt", "kms:Encrypt"]},
                {"Effect": "Deny", "Action": ["kms:Encrypt"], "Resource": ["*"]},
            ],
            Part.ACTION,
            Why.DENIED,
            "/Statement/0/Action/1",
            1,
        ),
        ([{"Resource": [KEYS, KEYS + "a"]}], Part.RESOURCE, Why.SHADOWED, "/Statement/0/Resource/1", 0),
        (
            [{"Condition": {"StringNotEquals": {"k:t": ["a"]}, "StringNotLike": {"k:t": ["a*"]}}}],
            Part.CONDITION,
            Why.NO_LIMIT,
            "/Statement/0/Condition/StringNotEquals/k:t",
            None,
        ),
        (
            [
                {"Effect": "Allow"},
                {
                    "Effect": "Deny",
                    "Condition": {"NumericLessThan": {"k:n": ["5"]}, "NumericLessThanEquals": {"k:n": ["7"]}},
                },
            ],
            Part.CONDITION,
            Why.NO_LIMIT,
            "/Statement/1/Condition/NumericLessThanEquals/k:n",
            None,
        ),
    ],
)
def test_each_kind_is_named_with_its_reason(
    statements: list[dict[str, Any]], part: Part, why: Why, path: str, blame: int | None
) -> None:
    (found,) = found_in(*statements)
    assert (found.part, found.why, found.path, found.blame) == (part, why, path, blame)


def test_of_an_empty_statement_the_conditions_that_contradict_each_other_are_named() -> None:
    condition = {
        "NumericLessThan": {"k:n": ["1"]},
        "NumericGreaterThan": {"k:n": ["2"]},
        "StringEquals": {"k:t": ["a"]},
    }
    (found,) = found_in({"Condition": condition})
    assert found.conditions == (
        "/Statement/0/Condition/NumericGreaterThan/k:n",
        "/Statement/0/Condition/NumericLessThan/k:n",
    )


def test_several_denies_together_are_no_single_one_to_blame() -> None:
    (found,) = found_in(
        {"Action": ["kms:Decrypt", "kms:Encrypt"]},
        {"Effect": "Deny", "Action": ["kms:Decrypt"], "Resource": ["*"]},
        {"Effect": "Deny", "Action": ["kms:Encrypt"], "Resource": ["*"]},
    )
    assert (found.why, found.blame) == (Why.DENIED, None)


def test_an_entry_without_a_reading_is_never_taken_for_idle() -> None:
    doubtful = {"ForAnyValue:StringEquals": {"k:t": ["a"]}}
    assert not found_in({}, {"Effect": "Deny", "Condition": doubtful})
    assert not found_in({"Condition": doubtful}, {"Action": ["kms:Encrypt"]})


def test_a_spent_budget_names_nothing() -> None:
    document = given({"Version": "1", "Statement": [written({}), written({})]})
    assert idle_statements(document)
    assert idle_statements(document, limits=Limits(milliseconds=0)) == ()
