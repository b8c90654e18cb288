"""Whatever is sent is answered, and in a time that grows with its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import (
    MAX_CHARACTERS,
    Fault,
    problem_text,
    read,
)
from policystudio.catalog import load
from tests.analysis.sentences.reading.asking import (
    CANONICAL,
    EN,
    HERE,
    ZH,
    faults,
    found,
)
from tests.strategies import any_text


@given(any_text, st.sampled_from(list(Language)))
def test_whatever_is_typed_is_answered(text: str, language: Language) -> None:
    for each in (
        text,
        f"Allows decrypting on the key `{text}` in region `r` of account `1`.",
        f"{CANONICAL}\n{text}",
    ):
        read_ = read(each, language, load())
        assert (read_.source is None) is bool(read_.problems)
        for problem in read_.problems:
            assert 0 <= problem.start <= problem.end <= len(each)
            assert problem_text(problem, language)


@given(
    st.text(
        st.sampled_from("`·\\u{}(),.;、。， aAllowsdecrypting允许对所有密钥执行以下操作：解密"), max_size=80
    )
)
def test_pieces_of_the_grammar_in_any_order_are_answered(text: str) -> None:
    for language in Language:
        read_ = read(text, language, load())
        assert (read_.source is None) is bool(read_.problems)


EVERYWHERE = "Allows decrypting on every resource of every service"
HOSTILE = [
    ("", "`", ""),
    ("Allows ", "decrypting, ", "x"),
    ("Allows ", "decrypting, ", f"signing {HERE}."),
    ("Allows ", "every action that begins with `a:b`, ", f"signing {HERE}."),
    ("Allows ", "every ", ""),
    ("Allows decrypting on ", "the key `a`, ", "the key `b` in region `r` of account `1`."),
    (f"{EVERYWHERE}, if the key's tag `a` is `b`", ", and if the key's tag `a` is `b`", "."),
    (f"{EVERYWHERE}, if the key's tag `a` is ", "`b`, ", "`c` or `d`."),
    (f"{EVERYWHERE}, if the condition key `a` is less than `1`", " or is less than `2`", "."),
    ("", "x\n", ""),
    ("", f"{CANONICAL}\n", ""),
    ("", f"{CANONICAL} ", ""),
    ("", "Never allows ", ""),
    ("", "(", ""),
    ("", "允", ""),
    ("允许对所有服务的所有资源执行以下操作：", "解密、", "加密。"),
]


@pytest.mark.parametrize(("start", "unit", "end"), HOSTILE)
def test_long_hostile_texts_are_answered_in_time_that_grows_with_their_length(
    start: str, unit: str, end: str
) -> None:
    language = EN if start.isascii() else ZH
    times = (MAX_CHARACTERS - len(start) - len(end)) // len(unit)
    taken = []
    for count in (times // 8, times):
        text = start + unit * count + end
        started = time.process_time()
        found(text, language)
        taken.append(time.process_time() - started)
    # Eight times the length may take eight times as long, and more by chance; the square would be 64 times.
    assert taken[1] < 30 * taken[0] + 1


def test_a_longer_text_is_refused() -> None:
    assert faults("a" * (MAX_CHARACTERS + 1)) == [Fault.TOO_LONG]
    assert faults("x\n" * 1000)[-1] == Fault.TOO_MANY
