"""What is written by hand is forgiven where it is clear, and refused with the choices where it is not."""

from __future__ import annotations

import json

import pytest

from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import (
    Fault,
    problem_text,
    said_back,
)
from policystudio.catalog import load
from tests.analysis.sentences.reading.asking import (
    ABSENT,
    CANONICAL,
    EN,
    HERE,
    HERE_ZH,
    UNSURE,
    ZH,
    cures,
    found,
    statement,
)


@pytest.mark.parametrize(
    "text",
    [
        CANONICAL.upper().replace("`PROJECT` IS `APOLLO`", "`Project` is `Apollo`"),
        CANONICAL.rstrip("."),
        CANONICAL.replace(" ", "   "),
        CANONICAL.replace(",", "，").replace(".", "。"),
        CANONICAL.replace("`", ""),
        CANONICAL.replace("`", "·"),
        CANONICAL.replace("`", "｀"),
        CANONICAL.replace("'", "’"),
        CANONICAL.replace("decrypting and encrypting", "kms:Decrypt and `kms:Encrypt`"),
        CANONICAL.replace("decrypting and encrypting", "decrypting, and encrypting"),
        CANONICAL.replace(", with", " on"),
        CANONICAL.replace(", if", " if"),
        f"  - {CANONICAL}",
        f"1. {CANONICAL}\r\n\r\n",
        f"{CANONICAL}\nEverything else is denied, unless another policy allows it.",
    ],
)
def test_what_is_clear_is_forgiven(text: str) -> None:
    read_ = found(text)
    assert said_back(read_, EN, load()) == (CANONICAL,)


def test_chinese_is_forgiven_too() -> None:
    canonical = f"允许{HERE_ZH}解密和加密，条件是：密钥的标签 `Project` 是 `Apollo`（忽略大小写）。"
    for text in (
        canonical.replace("，", ",").replace("：", ":").replace("（", "(").replace("）", ")").rstrip("。"),
        canonical.replace(" ", ""),
        canonical.replace("`", "·").replace("、", "，"),
        canonical.replace("`", " "),
    ):
        assert said_back(found(text, ZH), ZH, load()) == (canonical,), text


def test_several_sentences_may_stand_on_one_line() -> None:
    read_ = found(
        f"Allows decrypting {HERE}. Never allows signing with any key in any region of any account."
    )
    assert [each.line for each in read_.statements] == [1, 1]
    assert len(json.loads(read_.source or "")["Statement"]) == 2


@pytest.mark.parametrize(
    ("text", "fault", "cured"),
    [
        (f"Allows decryptng {HERE}.", Fault.EXPECTED, f"Allows decrypting {HERE}."),
        (f"Allows kms:Decrytp {HERE}.", Fault.UNKNOWN_ACTION, f"Allows decrypting {HERE}."),
        (f"Allows `kms:Odd` {HERE}.", Fault.UNKNOWN_ACTION, f"Allows the unknown action `kms:Odd` {HERE}."),
        (f"Allows `oss:Odd` {HERE}.", Fault.UNKNOWN_ACTION, f"Allows the action `oss:Odd` {HERE}."),
        (
            f"Allows the action `kms:Odd` {HERE}.",
            Fault.UNKNOWN_ACTION,
            f"Allows the unknown action `kms:Odd` {HERE}.",
        ),
        (
            f"Allows `kms:Li*` {HERE}.",
            Fault.PATTERN,
            f"Allows every action that begins with `kms:Li` {HERE}.",
        ),
        (
            "Allows decrypting with the key `a*` in region `r` of account `1`.",
            Fault.PATTERN,
            "Allows decrypting with every key whose id fits `a*` in region `r` of account `1`.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` is `a*`.",
            Fault.WILDCARD,
            f"Allows decrypting {HERE}, if the key's tag `P` is `a*` (wildcards taken literally).",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` is `a*`.",
            Fault.WILDCARD,
            f"Allows decrypting {HERE}, if the key's tag `P` fits `a*`.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` is not `a`.",
            Fault.ABSENT_UNSAID,
            f"Allows decrypting {HERE}, if the key's tag `P` is not `a`{ABSENT}.",
        ),
        ("Allows decrypting.", Fault.NO_RESOURCES, "Allows decrypting on every resource of every service."),
        (
            "Never allows decrypting with every key in any region of any account.",
            Fault.EXPECTED,
            "Never allows decrypting with any key in any region of any account.",
        ),
        (
            "Never allows decrypting and encrypting, with any key in any region of any account.",
            Fault.EXPECTED,
            "Never allows decrypting or encrypting, with any key in any region of any account.",
        ),
        (
            f"Allows decrypting {HERE}, if `StringEquals` holds for `x:y` and `a`{UNSURE}.",
            Fault.READABLE,
            f"Allows decrypting {HERE}, if the condition key `x:y` is `a`.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` fits `a*` (letter case ignored).",
            Fault.CASE,
            f"Allows decrypting {HERE}, if the key's tag `P` fits `a*`.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` is `a`{ABSENT}.",
            Fault.ABSENT_SAID,
            f"Allows decrypting {HERE}, if the key's tag `P` is `a`.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` fits `a*` (wildcards taken literally).",
            Fault.WILDCARD,
            f"Allows decrypting {HERE}, if the key's tag `P` fits `a*`.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` does not fit `a*` (wildcards taken literally){ABSENT}.",
            Fault.WILDCARD,
            f"Allows decrypting {HERE}, if the key's tag `P` is not `a*` (wildcards taken literally){ABSENT}.",
        ),
        (
            f"Allows decrypting {HERE}, if the key's tag `P` does not fit `a*` (letter case ignored){ABSENT}.",
            Fault.CASE,
            f"Allows decrypting {HERE}, if the key's tag `P` does not fit `a*`{ABSENT}.",
        ),
        ("Allows decrypting with the key `abc in region `r`", Fault.OPEN_VALUE, None),
        ("Allows decrypting with the key `abc", Fault.OPEN_VALUE, "Allows decrypting with the key `abc`"),
        (
            r"Allows decrypting with the key `a\d` in region `r` of account `1`.",
            Fault.ESCAPE,
            r"Allows decrypting with the key `a\\d` in region `r` of account `1`.",
        ),
        (
            "Allows decrypting with the key `a\u202eb` in region `r` of account `1`.",
            Fault.UNSEEN,
            r"Allows decrypting with the key `a\u{202E}b` in region `r` of account `1`.",
        ),
        ("Allows decrypting with the key data in region `r` of account `1`.", Fault.EXPECTED, None),
        (
            f"Allows decrypting {HERE}, if the time of the request is before `soon`.",
            Fault.UNREADABLE_VALUE,
            None,
        ),
        (
            "Allows decrypting on every resource of every servise",
            Fault.EXPECTED,
            "Allows decrypting on every resource of every service",
        ),
        (
            "Allows decrypting on whatever `*` stands for, which is no resource name.",
            Fault.RESOURCE_NAME,
            None,
        ),
        (f"Allows every `a:b` action, {HERE}.", Fault.NO_SERVICE, None),
        ("", Fault.NOTHING, None),
        ("Everything else is denied, unless another policy allows it.", Fault.NOTHING, None),
    ],
)
def test_what_is_not_clear_is_refused_with_what_may_be_meant(
    text: str, fault: Fault, cured: str | None
) -> None:
    read_ = found(text)
    assert read_.source is None
    assert fault in [each.fault for each in read_.problems]
    for each in read_.problems:
        for language in Language:
            assert problem_text(each, language)
    if cured is not None:
        choices = [choice.applied(text) for each in read_.problems for choice in each.choices]
        assert cured in choices


@pytest.mark.parametrize(
    ("text", "language", "choices"),
    [
        ("Denies decrypting", EN, ["Never allows decrypting", "Allows decrypting"]),
        (
            "Allows decrypting with key `k` in region `r` of account `1`",
            EN,
            ["Allows decrypting with the key `k` in region `r` of account `1`"],
        ),
        (
            f"Allows decrypting {HERE} Never allows signing on any resource of any service",
            EN,
            [f"Allows decrypting {HERE}. Never allows signing on any resource of any service"],
        ),
        ("Allows decrypting with every key", EN, [f"Allows decrypting {HERE}"]),
        (
            "允许对所有密钥执行以下操作：解密",
            ZH,
            ["允许对目标地域、目标账号的所有密钥执行以下操作：解密"],
        ),
        (f"允许{HERE_ZH}解密与加密", ZH, [f"允许{HERE_ZH}解密、加密", f"允许{HERE_ZH}解密和加密"]),
        (f"允许{HERE_ZH}解密".replace("以下", "下列"), ZH, [f"允许{HERE_ZH}解密"]),
        (
            "拒绝对任何服务的任何资源执行以下操作：解密",
            ZH,
            ["绝不允许对任何服务的任何资源执行以下操作：解密"],
        ),
        ("Allows “decrypting” on every resource of every service", EN, []),
    ],
)
def test_the_first_choices_are_those_with_which_the_sentence_goes_on(
    text: str, language: Language, choices: list[str]
) -> None:
    assert cures(text, language)[: len(choices) or None] == choices


def test_no_choice_makes_a_sentence_that_is_worse_understood() -> None:
    for text in ("Forbids it.", "Allows decrypting of keys", f"{CANONICAL.rstrip('.')} whenever possible"):
        before = found(text).problems[0]
        for cured in cures(text):
            after = found(cured).problems
            assert not after or after[0].start > before.start, cured


def test_where_no_resource_is_said_everything_is_the_last_choice() -> None:
    for text, language in (
        ("Allows decrypting.", EN),
        ("Never allows decrypting", EN),
        ("允许执行以下操作：解密", ZH),
    ):
        narrow, wide = cures(text, language)
        assert statement(narrow, language)["Resource"] == "acs:kms:${region}:${account}:*"
        assert statement(wide, language)["Resource"] == "*"


def test_what_is_missing_at_the_end_and_what_a_value_should_be_is_said_in_both_languages() -> None:
    for text, language, said in (
        ("Allows decrypting with every key", EN, "the sentence is not complete; choose how it goes on"),
        ("允许对", ZH, "句子还没有写完；请"),
        (f"Allows decrypting {HERE}, if the time of the request is before `soon`", EN, "a moment such as"),
        (f"允许{HERE_ZH}解密，条件是：请求时间早于 `soon`", ZH, "`soon` 不能这样比较；请写 时刻，例如"),
    ):
        assert said in problem_text(found(text, language).problems[0], language)


def test_a_word_of_the_grammar_is_a_value_only_between_backticks() -> None:
    text = "Allows decrypting with the key data in region `r` of account `1`."
    cured = text.replace("data", "`data`")
    assert cured in cures(text)
    assert statement(cured)["Resource"] == "acs:kms:r:1:key/data"


def test_a_problem_knows_its_line_and_column_in_characters() -> None:
    text = f"{CANONICAL}\n\n\U0001f511 Forbids it.\n{CANONICAL}"
    (problem,) = found(text).problems
    assert (problem.line, problem.column, text[problem.start : problem.end]) == (3, 1, "\U0001f511")
    assert [each.line for each in found(text).statements] == [1, 4]


def test_every_sentence_is_read_though_others_have_faults() -> None:
    text = "\n".join(["Forbids it.", CANONICAL, "Allows `kms:Odd` on `x`.", CANONICAL])
    read_ = found(text)
    assert len(read_.statements) == 2
    assert {each.line for each in read_.problems} == {1, 3}
    assert read_.source is None
