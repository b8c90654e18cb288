"""Documents made to take long: every question ends about when its time is up, and lists of thousands are looked up."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer, Comparison, Limits, compare
from policystudio.analysis.comparing.dimension import Dimension, Part
from policystudio.analysis.comparing.indexed import Index
from policystudio.analysis.comparing.relevance import _ACTIONS, _ROWS, patterns_meet, row_covers, rows_meet
from policystudio.analysis.comparing.statements import Place, Row, clause
from policystudio.analysis.idle import idle_statements
from policystudio.ram.document import Document
from policystudio.ram.patterns import covers, normal
from tests.analysis.comparing.generating import given

LIMITS = Limits(milliseconds=500)
GENEROUS = 3
"""So many times its time may each take on a machine that does other things too; without a clock they took a hundred."""


def names(count: int, end: str = "", first: int = 0) -> list[str]:
    return [f"acs:a:b:1:k{number:05}{end}" for number in range(first, first + count)]


def document(*statements: dict[str, Any]) -> Document:
    """An Allow to decrypt everything, but for what each statement says of itself."""
    written = []
    for each in statements:
        action = {} if "NotAction" in each else {"Action": "kms:Decrypt"}
        resource = {} if "NotResource" in each else {"Resource": "*"}
        written.append({"Effect": "Allow", **action, **resource, **each})
    return given({"Version": "1", "Statement": written})


def conditions(count: int, step: int = 1) -> dict[str, Any]:
    return {"Condition": {"StringEquals": {f"k{number}": "a" for number in range(0, count, step)}}}


Case = tuple[Callable[[], Document], Callable[[], Document]]
HARD: dict[str, Case] = {
    "names": (
        lambda: document({"Resource": names(5_000)}),
        lambda: document({"Resource": names(5_000, "x")}),
    ),
    "prefixes of actions": (
        lambda: document({"Action": [f"kms:A{n}*" for n in range(6_000)]}),
        lambda: document({"Action": [f"kms:B{n}*" for n in range(6_000)]}),
    ),
    "actions left out": (
        lambda: document({"NotAction": [f"kms:A{n:05}*" for n in range(5_000)]}),
        lambda: document({"NotAction": [f"kms:A{n:05}b*" for n in range(5_000)]}),
    ),
    "resources left out": (
        lambda: document({"NotResource": names(4_000, "*")}),
        lambda: document({"NotResource": names(4_000, "b*")}),
    ),
    "Denies": (
        lambda: document({}, *({"Effect": "Deny", "Resource": n} for n in names(1_200))),
        lambda: document({}, *({"Effect": "Deny", "Resource": n} for n in names(1_200, "x"))),
    ),
    "condition keys": (
        lambda: document(conditions(5_000)),
        lambda: document(conditions(5_000, 2)),
    ),
    "statements": (
        lambda: document(*({"Resource": n} for n in names(1_200, "*"))),
        lambda: document(*({"Resource": n} for n in names(1_200, "*b"))),
    ),
}


def spent(question: Callable[[], object]) -> float:
    """The milliseconds that our own thread worked for the answer."""
    began = thread_time()
    question()
    return 1_000 * (thread_time() - began)


@pytest.mark.parametrize("case", HARD)
def test_a_comparison_ends_when_its_time_is_up(case: str) -> None:
    before, after = (made() for made in HARD[case])
    assert spent(lambda: compare([before], [after], limits=LIMITS)) < GENEROUS * LIMITS.milliseconds


@pytest.mark.parametrize(
    "statements",
    [
        [{"Resource": names(3_000, "*")}],
        [{"Resource": n} for n in names(1_000, "*")],
        [{"Action": "kms:*"}, *({"Effect": "Deny", "Resource": n} for n in names(1_000, "*"))],
        [{"Condition": {"StringLike": {f"k{k}": f"a{n}*" for k in range(4)}}} for n in range(300)],
    ],
)
def test_the_search_for_what_is_idle_ends_when_its_time_is_up(statements: list[dict[str, Any]]) -> None:
    read = document(*statements)
    assert spent(lambda: idle_statements(read, limits=LIMITS)) < GENEROUS * LIMITS.milliseconds


def test_one_name_more_among_thousands_is_found_at_once() -> None:
    before, after = document({"Resource": names(5_000)}), document({"Resource": names(5_001)})
    found: list[Comparison] = []
    compared = spent(lambda: found.append(compare([before], [after], limits=Limits(milliseconds=60_000))))
    read = spent(lambda: (document({"Resource": names(5_000)}), document({"Resource": names(5_001)})))
    assert [line.resources.any_of for line in found[0].added] == [("acs:a:b:1:k05000",)]
    assert found[0].complete
    assert compared < 10 * read


@pytest.mark.parametrize("count", [101, 600, 3_000])
def test_more_condition_keys_than_are_looked_at_together_end_in_unknown_with_the_reason(count: int) -> None:
    found = compare([document(conditions(count))], [document(conditions(count, 2))])
    assert (found.grants_new_access, found.complete) == (Answer.YES, False)
    assert found.reason is not None
    assert found.reason.reason == "too-many-keys"
    back = compare([document(conditions(count, 2))], [document(conditions(count))])
    assert back.grants_new_access is Answer.NO


PATTERNS = st.text("ab*?", max_size=4).map(normal)
ROWS = st.one_of(
    st.just("*"), st.builds(lambda a, b, c: f"acs:x{a}:{b}:1:y{c}", PATTERNS, PATTERNS, PATTERNS)
).map(lambda text: _rows([text])[0])


def _rows(texts: list[str]) -> tuple[Row, ...]:
    read = given({"Version": "1", "Statement": [{"Effect": "Allow", "Action": "k:a", "Resource": texts}]})
    return clause(read.statements[0], Place(0, "")).rows


@generated(st.lists(PATTERNS, max_size=6), st.lists(PATTERNS, max_size=6))
def test_actions_are_looked_up_as_if_each_pair_was_tried(ours: list[str], theirs: list[str]) -> None:
    index, other = Index(ours, _ACTIONS), Index(theirs, _ACTIONS)
    assert index.meets(other, _no_clock) is any(patterns_meet(one, two) for one in ours for two in theirs)
    for each in theirs:
        assert index.covers(each, _no_clock) is any(covers(one, each) for one in ours)


@generated(st.lists(ROWS, max_size=6), st.lists(ROWS, max_size=6))
def test_resources_are_looked_up_as_if_each_pair_was_tried(ours: list[Row], theirs: list[Row]) -> None:
    index, other = Index(ours, _ROWS), Index(theirs, _ROWS)
    assert index.meets(other, _no_clock) is any(rows_meet(one, two) for one in ours for two in theirs)
    for each in theirs:
        assert index.covers(each, _no_clock) is any(row_covers(one, each) for one in ours)


@generated(st.integers(0, 2**6 - 1), st.lists(st.integers(0, 2**6 - 1), max_size=5))
def test_atoms_are_merged_where_no_statement_tells_them_apart(atoms: int, holds: list[int]) -> None:
    found = [Part(0, atoms)]
    for index, holding in enumerate(holds):
        split = []
        for part in found:
            split.append(Part(part.holding | 1 << index, part.atoms & holding))
            split.append(Part(part.holding, part.atoms & ~holding))
        found = split
    dimension = Dimension("x", [""] * 6, 2**6 - 1, holds)
    assert dimension.parts(atoms, _no_clock) == [part for part in found if part.atoms]


def _no_clock() -> None:
    """There is time."""
