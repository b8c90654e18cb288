"""Each request becomes a test that the derived document passes, in a file that can be read again."""

from __future__ import annotations

from hypothesis import given, settings

from policystudio.analysis.deciding import Policies
from policystudio.analysis.given import read_given
from policystudio.analysis.request import Request
from policystudio.analysis.requirements import derive
from policystudio.analysis.requirements.as_tests import as_tests
from policystudio.analysis.testing.expectation import Verdict, verdict
from policystudio.analysis.testing.files import MAX_TESTS, read_tests, written
from policystudio.catalog import load
from tests.analysis.requirements.generating import ADDRESS, on, requests


@settings(max_examples=30)
@given(requests)
def test_the_document_passes_its_own_tests(asked: list[Request]) -> None:
    found = derive(asked, catalogue=load())
    tests = read_tests(written(as_tests(found.asked)))
    assert not tests.faults
    assert len(tests.tests) == len(found.asked)
    document = read_given(found.source).document
    assert document is not None
    judge = Policies.of([document])
    assert {verdict(each.test.expectation, judge.bounds(each.test.request)) for each in tests.tests} == {
        Verdict.HOLDS
    }


def test_names_that_are_alike_are_told_apart() -> None:
    asked = [
        Request("kms:Decrypt", on(f"key/{name}"), {ADDRESS: "10.0.0.1"})
        for name in ("a", "A", "a" * 90, "a" * 91)
    ]
    asked.append(Request("kms:Decrypt", on("key/a", "cn-shanghai"), {ADDRESS: "10.0.0.1"}))
    names = [each.test.name.casefold() for each in as_tests(derive(asked, catalogue=load()).asked)]
    assert len(set(names)) == len(asked)


def test_there_are_as_many_as_a_file_may_hold() -> None:
    asked = [Request("kms:Decrypt", on(f"key/k{number}")) for number in range(MAX_TESTS + 1)]
    assert len(as_tests(derive(asked, catalogue=load()).asked)) == MAX_TESTS
