"""The requests that a document was derived from as tests of the policy that it becomes: each must be allowed."""

from __future__ import annotations

from collections.abc import Iterable

from policystudio.analysis.requirements.asked import Asked
from policystudio.analysis.testing.expectation import Expectation, PolicyTest
from policystudio.analysis.testing.files import MAX_TESTS, Filed
from policystudio.analysis.testing.naming import name_of
from policystudio.ram.resources import split


def as_tests(asked: Iterable[Asked]) -> tuple[Filed, ...]:
    """One test for each request, for the account and region that it came from; as many as a file of tests may hold."""
    names: dict[str, int] = {}
    return tuple(_test(each, names) for _number, each in zip(range(MAX_TESTS), asked, strict=False))


def _test(asked: Asked, names: dict[str, int]) -> Filed:
    name = name_of(asked.request, Expectation.ALLOW)
    # Names are told apart without regard to letter case, and a long one is cut.
    names[name.casefold()] = number = names.get(name.casefold(), 0) + 1
    if number > 1:
        name = f"{name} ({number})"
    fields = split(asked.request.resource)
    place = ("", "") if fields is None else (fields.account, fields.region)
    return Filed(PolicyTest(name, asked.request, Expectation.ALLOW, *place), f"seen {asked.times} times")
