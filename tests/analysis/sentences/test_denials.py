"""What is denied cannot be read as "some of it perhaps": no "every" stands within the reach of a "never"."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from policystudio.analysis.sentences import Language, describe
from policystudio.catalog import load
from policystudio.ram.parse import parse
from tests.analysis.sentences.test_stranger import statements

TESTS = Path(__file__).parents[2]
DOCUMENTS = sorted([*TESTS.glob("samples/[!i]*.json"), *TESTS.glob("corpus/*.json")])
# What is left out is beyond the reach of the negation: a list of actions up to the place, places up to the condition.
EXCEPTED = re.compile(r" except .*?(?=, on |, if |\.$)|不包括：.*?(?=）执行|，条件是：|。$)")
COLLECTIVE = re.compile(r"\b(?:every|all|each)\b|所有|每|全部", re.IGNORECASE)


def say(language: Language, **statement: Any) -> str:
    whole = {"Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*", **statement}
    whole = {name: value for name, value in whole.items() if value is not None}
    document = parse(json.dumps({"Version": "1", "Statement": [whole]}), any_operator=True).document
    return describe(document, load(), language)[0].text if document else ""


def denied(text: str) -> str:
    """The words that a denial reaches."""
    return EXCEPTED.sub("", re.sub("`[^`]*`", "§", text))


def read_back(statement: dict[str, Any]) -> None:
    for language in Language:
        text = say(language, **{**statement, "Effect": "Deny"})
        assert not COLLECTIVE.search(denied(text)), text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_no_statement_of_samples_and_corpus_denies_every_or_all(path: Path) -> None:
    found = json.loads(path.read_text())
    policy = found.get("policy", found)
    given_statements = policy.get("Statement", []) if isinstance(policy, dict) else []
    for statement in given_statements if isinstance(given_statements, list) else [given_statements]:
        if isinstance(statement, dict):
            empty = dict.fromkeys(
                ("Action", "Resource") if {"NotAction", "NotResource"} & {*statement} else ()
            )
            read_back({**empty, **statement})


@given(statements())
def test_no_generated_statement_denies_every_or_all(statement: dict[str, Any]) -> None:
    read_back({"Action": None, "Resource": None, **statement})


@pytest.mark.parametrize(
    ("statement", "english", "chinese"),
    [
        (
            {"Action": "kms:*"},
            "Never allows any KMS action on any resource of any service.",
            "绝不允许对任何服务的任何资源执行以下操作：任何 KMS 操作。",
        ),
        (
            {"Resource": ["acs:kms:*:*:key/*", "acs:kms:*:*:alias/*"]},
            "Never allows decrypting with any key or any alias in any region of any account.",
            "绝不允许对任何地域、任何账号的任何密钥或任何别名执行以下操作：解密。",
        ),
        (
            {"Action": ["kms:List*", "kms:Get*", "kms:Encrypt"], "Resource": "acs:kms:*:*:key/*"},
            "Never allows any action that begins with `kms:List` or `kms:Get`, or encrypting, on any key in any "
            "region of any account.",
            "绝不允许对任何地域、任何账号的任何密钥执行以下任何操作：以 `kms:List` 或 `kms:Get` 开头的任何操作或加密。",
        ),
        (
            {"Resource": ["acs:kms:cn-*:*:key/*", "*"]},
            "Never allows decrypting with any key in any region that fits `cn-*` of any account; nor on any resource "
            "of any service.",
            "绝不允许对符合 `cn-*` 的任何地域、任何账号的任何密钥；或任何服务的任何资源执行以下操作：解密。",
        ),
        (
            {"Action": None, "NotAction": ["kms:*", "oss:*"]},
            "Never allows any action of any service except every KMS action and every `oss` action, on any resource "
            "of any service.",
            "绝不允许对任何服务的任何资源执行以下操作：任何服务的任何操作，但不包括："
            "所有 KMS 操作和服务 `oss` 的所有操作。",
        ),
        (
            {"Resource": None, "NotResource": "acs:kms:*:*:key/*"},
            "Never allows decrypting on any resource of any service except every key in every region of any account.",
            "绝不允许对任何服务的任何资源（不包括：所有地域、任何账号的所有密钥）执行以下操作：解密。",
        ),
    ],
)
def test_what_is_denied_is_said_as_any(statement: dict[str, Any], english: str, chinese: str) -> None:
    assert say(Language.ENGLISH, **statement) == english
    assert say(Language.CHINESE, **statement) == chinese


def test_what_a_denial_leaves_out_does_not_hide_what_it_reaches() -> None:
    text = say(Language.ENGLISH, Action=None, NotAction="kms:*").replace("on any", "on every")
    assert COLLECTIVE.search(denied(text))
