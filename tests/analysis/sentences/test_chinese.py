"""The Chinese sentences say the same clauses: every value, every place, nothing in English left over."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from policystudio.analysis.sentences import Language, Sentence, describe, summary
from policystudio.analysis.sentences.chinese import conditions as chinese
from policystudio.analysis.sentences.chinese.phrases import PHRASES
from policystudio.analysis.sentences.english import conditions as english
from policystudio.analysis.sentences.english.phrases import PHRASES as ENGLISH
from policystudio.catalog import load
from policystudio.ram.parse import parse
from tests.analysis.sentences.test_stranger import statements

SAMPLES = Path(__file__).parents[2] / "samples"


def both_ways(*given: dict[str, Any]) -> list[tuple[Sentence, Sentence]]:
    parsed = parse(json.dumps({"Version": "1", "Statement": given}), any_operator=True).document
    if parsed is None:
        return []
    said = [describe(parsed, load(), language) for language in Language]
    return list(zip(*said, strict=True))


def test_every_known_action_has_a_phrase_of_its_own() -> None:
    assert set(PHRASES) == set(ENGLISH)
    assert len(set(PHRASES.values())) == len(PHRASES)


def test_the_tables_of_both_languages_have_the_same_entries() -> None:
    for name in ("SUBJECTS", "TAGS", "TRUTHS", "ORDERS", "VERBS", "DOUBTS"):
        assert set(getattr(chinese, name)) == set(getattr(english, name)), name


def test_a_sample_reads_as_a_sentence() -> None:
    document = parse((SAMPLES / "tag-scoped-crypto-user.json").read_text()).document
    assert document is not None
    assert summary(document, load(), Language.CHINESE).text.split("\n") == [
        "允许对目标地域、目标账号的所有密钥执行以下操作：加密、解密和生成数据密钥"
        "，条件是：密钥的标签 `Project` 是 `Apollo`（忽略大小写）。",
        "除非其他策略允许，其余一切均被拒绝。",
    ]


@given(statements())
def test_both_languages_quote_the_same_values_of_the_same_elements(statement: dict[str, Any]) -> None:
    for one, other in both_ways(statement):
        quoted = [Counter(re.findall("`[^`]*`", sentence.text)) for sentence in (one, other)]
        assert quoted[0] == quoted[1]
        assert {part.path for part in one.parts if "`" in part.text} == {
            part.path for part in other.parts if "`" in part.text
        }


@given(statements())
def test_no_english_is_left_in_a_chinese_sentence(statement: dict[str, Any]) -> None:
    for _, sentence in both_ways(statement):
        words = re.sub("`[^`]*`", "", sentence.text)
        assert set(re.findall("[A-Za-z]+", words)) <= {"KMS", "VPC", "ID", "ARN", "HTTPS", "RAM"}
        assert sentence.text.endswith("。")


@given(statements())
def test_different_statements_are_never_said_alike_in_one_language_only(statement: dict[str, Any]) -> None:
    flipped = {**statement, "Effect": "Deny" if statement["Effect"] == "Allow" else "Allow"}
    for (one, other), (flipped_one, flipped_other) in zip(
        both_ways(statement), both_ways(flipped), strict=True
    ):
        assert one.text != flipped_one.text
        assert other.text != flipped_other.text


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ("acs:kms:*:*:key/", "任何账号的 ID 为空的密钥"),
        ("acs:kms:*:*:secret/", "任何账号的名称为空的凭据"),
        ("acs:kms:*:*:", "任何账号的名称为空的 KMS 资源"),
    ],
)
def test_an_empty_name_is_said_to_be_empty(resource: str, words: str) -> None:
    ((_, sentence),) = both_ways({"Effect": "Allow", "Action": "kms:*", "Resource": resource})
    assert words in sentence.text
    assert "``" not in sentence.text


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (
            {"StringNotEquals": {"acs:SourceVpc": ["a", "b"]}},
            "请求来源的专有网络不是 `a`、`b` 中的任何一个（或者请求不携带该条件键）",
        ),
        ({"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}}, "请求的来源地址属于 `10.0.0.0/8`"),
        ({"Bool": {"acs:MFAPresent": "true"}}, "用户登录时使用了多因素认证"),
        ({"ForAllValues:StringEquals": {"acs:Service": "x"}}, "可能成立，也可能不成立"),
    ],
)
def test_conditions_are_said_exactly(condition: Any, words: str) -> None:
    ((_, sentence),) = both_ways(
        {"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Condition": condition}
    )
    assert words in sentence.text


MISPLACED = re.compile(
    r"[\u4e00-\u9fff][A-Za-z0-9`]|[A-Za-z0-9`][\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]\s+[\u4e00-\u9fff]|\s[，。；：、（）]|[，。；：、（）]\s|\s\s"
)


@given(statements())
def test_a_blank_parts_chinese_from_values_and_latin_words_and_nothing_else(given_: dict[str, Any]) -> None:
    for _, sentence in both_ways(given_):
        # What a value holds is nobody's matter here.
        plain = re.sub(r"`[^`]*`", "`V`", sentence.text).replace("`V`", "`")
        assert MISPLACED.search(plain) is None, sentence.text


def test_typesetting_leaves_values_as_they_are() -> None:
    resource = "acs:kms:cn-hangzhou:1234567890123456:secret/中文 a，b"
    ((_, sentence),) = both_ways({"Effect": "Allow", "Action": "kms:GetSecretValue", "Resource": resource})
    assert "地域 `cn-hangzhou`、账号 `1234567890123456` 的凭据 `中文 a，b` 执行" in sentence.text
