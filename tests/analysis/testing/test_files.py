"""A file of tests: what is written is read again the same, and what is none is told with its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from policystudio.analysis.request import Request
from policystudio.analysis.testing.expectation import Expectation, PolicyTest
from policystudio.analysis.testing.files import MAX_TESTS, Filed, read_tests, written

OWN = "acs:kms:${region}:${account}:key/k"
_texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf")), min_size=1, max_size=20)
_plain = _texts.filter(lambda text: not set(text) & set("$*?"))


@st.composite
def filed(draw: Any) -> Filed:
    resource = "acs:kms:${region}:" + draw(_plain.filter(lambda text: ":" not in text)) + ":" + draw(_plain)
    request = Request("kms:Decrypt", resource, draw(st.dictionaries(_plain, _plain, max_size=3)))
    account = draw(st.sampled_from(["", "1234567890123456"]))
    region = draw(st.sampled_from(["", "cn-hangzhou"])) if account else ""
    expectation = draw(st.sampled_from(list(Expectation)))
    return Filed(PolicyTest(draw(_texts), request, expectation, account, region), draw(_texts | st.just("")))


@generated(st.lists(filed(), max_size=5, unique_by=lambda each: each.test.name.casefold()))
def test_what_is_written_is_read_again(tests: list[Filed]) -> None:
    text = written(tests)
    found = read_tests(text)
    assert (list(found.tests), found.faults) == (tests, ())
    assert written(found.tests) == text


TEST = {"name": "x", "request": {"action": "kms:Decrypt", "resource": OWN}, "expectation": "allow"}


def faults(*tests: Any, **more: Any) -> list[tuple[str, str]]:
    found = read_tests(json.dumps({"policy_tests": 1, "tests": list(tests), **more}))
    assert bool(found.tests) is not bool(found.faults) or not tests
    return [(each.pointer, each.code) for each in found.faults]


def changed(**fields: Any) -> dict[str, Any]:
    return {**TEST, **fields}


@pytest.mark.parametrize(
    ("test", "told"),
    [
        (TEST, []),
        (changed(name=1), [("/tests/0/name", "wrong-type")]),
        (changed(expectation="maybe"), [("/tests/0/expectation", "unknown-choice")]),
        (changed(region="cn-hangzhou"), [("/tests/0/account", "required")]),
        (changed(extra=1), [("/tests/0/extra", "unknown-field")]),
        (changed(request=[]), [("/tests/0/request", "wrong-type")]),
        # A denied `kms:*` would be relied on as if it were every action.
        (
            changed(request={"action": "kms:*", "resource": OWN}),
            [("/tests/0/request/action", "wildcard-in-name")],
        ),
        (
            changed(request={"action": "kms:${region}", "resource": "acs:kms:cn-hangzhou:1:key/?"}),
            [
                ("/tests/0/request/resource", "wildcard-in-name"),
                ("/tests/0/request/action", "unknown-placeholder"),
            ],
        ),
        (changed(request={"action": "kms:ListKeys", "resource": "*"}), []),
        ({}, [(f"/tests/0/{name}", "required") for name in ("name", "request", "expectation")]),
        (changed(request={"action": 1, "resource": OWN}), [("/tests/0/request/action", "wrong-type")]),
        (changed(request={"action": "kms:A"}), [("/tests/0/request/resource", "required")]),
        (
            changed(request={"action": "A", "resource": "B"}),
            [
                ("/tests/0/request/action", "malformed-action"),
                ("/tests/0/request/resource", "malformed-resource"),
            ],
        ),
        (
            changed(request={"action": "kms:A", "resource": OWN, "context": {"a/b": []}, "more": 1}),
            [("/tests/0/request/context/a~1b", "wrong-type"), ("/tests/0/request/more", "unknown-field")],
        ),
        (
            changed(request={"action": "kms:A", "resource": OWN.replace("account", "acount")}),
            [("/tests/0/request/resource", "unknown-placeholder")],
        ),
    ],
)
def test_every_fault_is_told_at_its_place(test: Any, told: list[tuple[str, str]]) -> None:
    assert faults(test) == told


def test_faults_of_the_whole_file() -> None:
    assert faults(policy_tests=2) == [("/policy_tests", "unknown-version")]
    assert faults(policy_tests=True) == [("/policy_tests", "unknown-version")]
    assert faults(extra=[]) == [("/extra", "unknown-field")]
    assert faults(TEST, {**TEST, "name": "X"}) == [("/tests/1/name", "name-taken")]
    assert faults(*[TEST] * (MAX_TESTS + 1)) == [("/tests", "too-many")]
    [fault] = read_tests('{"policy_tests": 1,\n "tests": [,]}').faults
    assert (fault.line, fault.column) == (2, 12)
    assert read_tests("3").faults[0].code == "wrong-type"
    assert len(read_tests(json.dumps({"policy_tests": 1, "tests": [1] * 400})).faults) == 100


def test_values_of_the_context_are_read_as_requests_have_them_and_placeholders_as_they_are_stored() -> None:
    context = {"a": True, "b": 3, "c": "$<account>"}
    request = {"action": "kms:A", "resource": "acs:kms:$<region>:1:k", "context": context}
    [each] = read_tests(json.dumps({"policy_tests": 1, "tests": [changed(request=request)]})).tests
    assert each.test.request == Request(
        "kms:A", "acs:kms:${region}:1:k", {"a": "true", "b": "3", "c": "${account}"}
    )


_values = st.recursive(st.none() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x))


@generated(st.text() | _values.map(json.dumps))
def test_nothing_that_is_read_raises(text: str) -> None:
    read_tests(text)
