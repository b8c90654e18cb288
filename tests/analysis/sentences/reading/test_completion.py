"""Completion offers what the grammar takes, and nothing that leads astray."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policystudio.analysis.sentences import Language, describe
from policystudio.analysis.sentences.reading import Completion, complete, read
from policystudio.analysis.sentences.reading.complete import MAX_LINE
from policystudio.catalog import load
from policystudio.ram.parse import parse
from tests.analysis.sentences.test_stranger import TESTS

LANGUAGES = pytest.mark.parametrize("language", list(Language))
MOST_STEPS = 7


def offered(text: str, language: Language = Language.ENGLISH) -> tuple[Completion, ...]:
    return complete(text, len(text), language, load())


def texts(text: str, language: Language = Language.ENGLISH) -> list[str]:
    return [each.applied(text) for each in offered(text, language)]


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("", "Allows "),
        ("Ne", "Never allows "),
        ("Allows dec", "Allows decrypting"),
        ("Allows kms:GetSec", "Allows reading secret values"),
        ("Allows `Enc", "Allows encrypting"),
        ("Allows secret", "Allows rotating secrets"),
        ("Allows decrypting", "Allows decrypting with "),
        ("Allows decrypting w", "Allows decrypting with "),
        ("Allows decrypting with every k", "Allows decrypting with every key"),
        (
            "Allows decrypting with every key in region `cn-hang",
            "Allows decrypting with every key in region `cn-hangzhou`",
        ),
        ("Allows every action that begins with kms:L", "Allows every action that begins with `kms:List`"),
    ],
)
def test_a_word_that_is_begun_is_ended(typed: str, becomes: str) -> None:
    assert becomes in texts(typed)


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("绝", "绝不允许"),
        ("允许对目标", "允许对目标地域、目标账号的"),
        (
            "允许对目标地域、目标账号的所有密钥执行以下操作：生成数",
            "允许对目标地域、目标账号的所有密钥执行以下操作：生成数据密钥",
        ),
        ("允许对所有服务的所有资源执行以下操作：kms:Dec", "允许对所有服务的所有资源执行以下操作：解密"),
    ],
)
def test_chinese_is_completed_sign_by_sign(typed: str, becomes: str) -> None:
    assert becomes in texts(typed, Language.CHINESE)


def test_what_cannot_be_read_is_not_completed() -> None:
    assert offered("Forbids ") == ()
    assert offered("Allows kms:Encypt ") == ()
    assert offered("Allows `a` and `b") == ()


def test_what_must_follow_is_offered_and_a_stop_before_it_is_not() -> None:
    text = "Allows decrypting with every key in every region of any account, if the key's tag `A` is not `b`"
    assert f"{text} (or the request carries no such condition key)" in texts(text)
    assert f"{text}." not in texts(text)
    assert "Allows decrypting." not in texts("Allows decrypting")


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("Allows generating", Language.ENGLISH),
        ("允许对所有服务的所有资源执行以下操作：生成", Language.CHINESE),
    ],
)
def test_the_end_of_a_phrase_tells_the_action_too(typed: str, language: Language) -> None:
    abouts = {each.about for each in offered(typed, language)}
    assert abouts >= {
        "kms:GenerateDataKey",
        "kms:GenerateAndExportDataKey",
        "kms:GenerateDataKeyWithoutPlaintext",
    }


def test_only_the_line_of_the_cursor_counts() -> None:
    text = "nonsense\nAllows dec\nnonsense"
    found = complete(text, text.index("dec") + 3, Language.ENGLISH, load())
    assert "nonsense\nAllows decrypting\nnonsense" in [each.applied(text) for each in found]


def test_names_of_actions_stand_beside_their_phrases() -> None:
    assert ("decrypting", "kms:Decrypt") in [(each.text, each.about) for each in offered("Allows dec")]


def beginnings() -> list[str]:
    """Sentences of samples, in both languages, as something to begin with."""
    found = []
    for path in sorted(TESTS.glob("samples/[!i]*.json")):
        document = parse(path.read_text()).document
        assert document is not None
        found += [s.text for language in Language for s in describe(document, load(), language)]
    return found


@settings(max_examples=settings().max_examples // 5)
@given(st.sampled_from(beginnings()), st.integers(0, 400), st.randoms(use_true_random=False))
def test_every_completion_is_the_beginning_of_a_sentence_that_can_be_read(
    sentence: str, length: int, chance: random.Random
) -> None:
    language = Language.ENGLISH if sentence.isascii() else Language.CHINESE
    options = texts(sentence[:length], language)
    if options:
        text = chance.choice(options)
        assert is_ended(text, language, MOST_STEPS), text


FREE = ("`Odd`", "`5`", "`2026-12-31T23:59:59Z`", "`10.0.0.0/8`")
ENDINGS = [
    re.compile(r"[.。]$"),
    re.compile(
        r"(no such condition key\)|不携带该条件键）|may not hold\)|也可能不成立）|literally\)|普通字符处理）)$"
    ),
    re.compile(r"((every|any) resource of (every|any) service|(所有|任何)服务的(所有|任何)资源)$"),
    re.compile(r"( with | on |执行以下操作：|对|true|为真|目标账号的|region and account|任何一个)$"),
    re.compile(r"(decrypting|解密|every key|any key|所有密钥|任何密钥)$"),
    re.compile(r"[^,、]\s*$"),
]


def is_ended(text: str, language: Language, steps: int) -> bool:
    """Whether a readable sentence begins with the text: takes what seems to end it soonest, or else the next."""
    if read(text, language, load()).source is not None:
        return True
    if not steps:
        return False
    options = texts(text, language) or [f"{text.rstrip()} {value}" for value in FREE]
    ranks = {each: next((n for n, end in enumerate(ENDINGS) if end.search(each)), 9) for each in options}
    ranked = sorted(options, key=lambda each: (ranks[each], len(each)))
    return any(is_ended(each, language, steps - 1) for each in ranked[:4])


def test_the_longest_lines_are_completed_too() -> None:
    start, unit = "允许对所有服务的所有资源执行以下操作：", "加密、"
    typed = f"{start}{unit * ((MAX_LINE - len(start) - 2) // len(unit))}解"
    assert f"{typed}密" in texts(typed, Language.CHINESE)
    assert texts(f"{start}{unit * MAX_LINE}解", Language.CHINESE) == []
