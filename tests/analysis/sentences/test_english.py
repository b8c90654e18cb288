"""Sentences say what a statement says: all of it, and no more."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.sentences import Sentence, describe
from policystudio.analysis.sentences.english.phrases import PHRASES
from policystudio.analysis.sentences.pieces import quoted
from policystudio.catalog import load
from policystudio.catalog.team import TeamName, with_names
from policystudio.ram.parse import parse

SAMPLES = Path(__file__).parents[2] / "samples"
KEY = "acs:kms:${region}:${account}:key/*"


def say(**statement: Any) -> str:
    return sentence(**statement).text


def sentence(**statement: Any) -> Sentence:
    whole = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, **statement}
    whole = {name: value for name, value in whole.items() if value is not None}
    document = parse(json.dumps({"Version": "1", "Statement": [whole]})).document
    assert document is not None
    return describe(document, load())[0]


def test_every_known_action_has_a_phrase_of_its_own() -> None:
    assert set(PHRASES) == {action.name for action in load().actions.values()}
    assert len(set(PHRASES.values())) == len(PHRASES)


def test_a_sample_reads_as_a_sentence() -> None:
    document = parse((SAMPLES / "tag-scoped-crypto-user.json").read_text()).document
    assert document is not None
    assert describe(document, load())[0].text == (
        "Allows encrypting, decrypting and generating data keys, with every key in the target's region and account, "
        "if the key's tag `Project` is `Apollo` (letter case ignored)."
    )


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("[!i]*.json")), ids=lambda path: path.stem)
def test_every_sample_is_described_statement_by_statement(path: Path) -> None:
    document = parse(path.read_text()).document
    assert document is not None
    found = describe(document, load())
    assert [each.index for each in found] == list(range(len(document.statements)))
    assert all(each.text.startswith("Allows ") and each.text.endswith(".") for each in found)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("kms:*", "every KMS action"),
        ("*", "every action of every service"),
        ("kms:List*", "every action that begins with `kms:List`"),
        ("kms:*Key", "every action that fits `kms:*Key`"),
        ("k*:Decrypt", "every action of any service that fits `k*:Decrypt`"),
        ("kms:Encypt", "the unknown action `kms:Encypt`"),
        ("KMS:decrypt", "decrypting"),
    ],
)
def test_wildcards_and_slips_in_actions_are_said_as_what_they_are(action: str, words: str) -> None:
    assert words in say(Action=action)


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        ("*", "every resource of every service"),
        ("acs:kms:*:*:*", "every KMS resource in every region of any account"),
        (
            "acs:kms:cn-hangzhou:1234567890123456:key/abc",
            "the key `abc` in region `cn-hangzhou` of account `1234567890123456`",
        ),
        ("acs:kms:${region}:${account}:key", "the collection of keys in the target's region and account"),
        (
            "acs:kms:${region}:*:secret/prod/*",
            "every secret whose name begins with `prod/` in the target's region of any account",
        ),
        (
            "acs:kms:cn-*:${account}:alias/a?",
            "every alias whose name fits `a?` in every region that fits `cn-*` of the target's account",
        ),
        ("acs:kms:${region}:${account}:key*", "every KMS resource that begins with `key`"),
        ("acs:kms:*:*:key/", "the key whose id is empty in every region"),
        ("acs:kms:*:*:secret/", "the secret whose name is empty in every region"),
        ("acs:kms:*:*:", "the KMS resource whose name is empty in every region"),
        ("acs:oss:*:*:", "the resource of the service `oss` whose name is empty"),
        ("acs:oss:*:*:bucket", "the resource `bucket` of the service `oss`"),
    ],
)
def test_resources_are_said_exactly(resource: str, words: str) -> None:
    assert words in say(Resource=resource)


def test_resources_of_one_place_are_said_together_and_others_apart() -> None:
    alias, elsewhere = "acs:kms:${region}:${account}:alias/a", "acs:kms:cn-shanghai:${account}:key/b"
    assert (
        "every key and the alias `a` in the target's region and account; and on the key `b` in region `cn-shanghai`"
        in say(Resource=[KEY, alias, elsewhere])
    )


@pytest.mark.parametrize(
    ("operator", "key", "value", "words"),
    [
        (
            "IpAddress",
            "acs:SourceIp",
            ["203.0.113.0/24", "198.51.100.7"],
            "address is in `203.0.113.0/24` or at `198.51.100.7`",
        ),
        ("Bool", "acs:SecureTransport", "true", "the request is made over HTTPS"),
        ("Bool", "acs:MFAPresent", "false", "the user signed in, but without a second factor"),
        (
            "DateLessThanEquals",
            "acs:CurrentTime",
            "2026-12-31T23:59:59Z",
            "time of the request is not after `2026-12-31T23:59:59Z`",
        ),
        ("StringLike", "kms:tag/Team", ["a*", "b"], "the key's tag `Team` fits `a*` or `b`"),
        ("StringEquals", "kms:EncryptionContext:Dept", "x", "the encryption context's entry `Dept` is `x`"),
        ("NumericLessThan", "oss:MaxKeys", "5", "the condition key `oss:MaxKeys` is less than `5`"),
    ],
)
def test_conditions_are_said_exactly(operator: str, key: str, value: Any, words: str) -> None:
    assert f"if {words}" in say(Condition={operator: {key: value}}) or words in say(
        Condition={operator: {key: value}}
    )


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "StringNotEqualsIgnoreCase"])
def test_a_negated_condition_says_that_it_also_holds_without_the_key(operator: str) -> None:
    assert "or the request carries no such condition key" in say(
        Condition={operator: {"acs:SourceVpc": "vpc-1"}}
    )


def test_a_missing_tag_is_not_said_as_a_missing_key_of_kms() -> None:
    text = say(Condition={"StringNotEquals": {"kms:tag/P": "a"}})
    assert text.endswith("the key's tag `P` is not `a` (or the request carries no such condition key).")


def test_several_conditions_must_all_hold() -> None:
    text = say(
        Condition={
            "Bool": {"acs:SecureTransport": "true"},
            "StringEquals": {"kms:tag/A": "x", "kms:tag/B": "y"},
        }
    )
    assert text.count(", if ") == 1
    assert text.count(", and if ") == 2


def test_exceptions_are_never_said_as_grants() -> None:
    text = say(Action=None, NotAction="kms:*", Resource="*")
    assert text.startswith(
        "Allows every action of every service except every KMS action, on every resource of every service."
    )
    assert "every resource of every service except every key" in say(Resource=None, NotResource=KEY)


def test_a_denial_is_said_as_never() -> None:
    assert say(Effect="Deny").startswith("Never allows decrypting with any key")


def test_a_wildcard_tells_what_the_resources_let_through() -> None:
    reach = sentence(Action=["kms:Encrypt", "kms:Describe*"]).reaches[0]
    assert (reach.pattern, reach.effective) == (
        "kms:Describe*",
        ("kms:DescribeKey", "kms:DescribeKeyVersion"),
    )
    assert "kms:DescribeSecret" in reach.cut_off


def test_odd_characters_and_backticks_never_stand_in_a_value() -> None:
    assert quoted("a\u202eb`c\\") == r"`a\u{202E}b\u{0060}c\\`"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30)
PARTS = st.one_of(TEXTS, st.sampled_from(["*", "kms:*", "a*b?", "acs:kms:*:*:key/*", "acs:::", ":", "kms:"]))


@given(
    st.lists(PARTS, min_size=1, max_size=4),
    st.lists(PARTS, min_size=1, max_size=4),
    st.sampled_from(["StringLike", "Bool", "IpAddress", "NotIpAddress", "DateEquals", "NumericEquals"]),
    PARTS,
    st.lists(PARTS, min_size=1, max_size=3),
)
def test_whatever_a_statement_holds_it_is_described_alike_each_time(
    actions: list[str], resources: list[str], operator: str, key: str, values: list[str]
) -> None:
    statement = {
        "Effect": "Allow",
        "Action": actions,
        "Resource": resources,
        "Condition": {operator: {key: values}},
    }
    document = parse(json.dumps({"Version": "1", "Statement": [statement]})).document
    if document is not None:
        first = describe(document, load())
        assert first == describe(document, load())
        assert first[0].text.isprintable()


@pytest.mark.parametrize("operator", ["StringEquals", "ForAllValues:StringEquals"])
def test_nothing_empty_stands_as_a_pair_of_backticks(operator: str) -> None:
    text = say(Action=":*", Resource="acs:kms:*:*:alias/", Condition={operator: {"": ["", "a"]}})
    assert "``" not in text
    assert "every action that begins with `:`" in text


def test_a_service_that_only_looks_like_kms_is_not_called_kms() -> None:
    assert "every KMS action" in say(Action="KMS:*")
    assert "KMS" not in say(Action="\u212ams:*", Resource="*")


def test_names_of_the_team_are_marked_as_such() -> None:
    seen = date(2026, 1, 1)
    own = with_names(
        load(),
        (
            TeamName("kms:SpinKey", False, "seen", seen),
            TeamName("kms:Purpose/", True, "seen", seen),
        ),
    )
    statement = {
        "Effect": "Allow",
        "Action": ["kms:Encrypt", "kms:SpinKey"],
        "Resource": "*",
        "Condition": {"StringEquals": {"kms:Purpose/App": ["a"], "kms:tag/Project": ["b"]}},
    }
    document = parse(json.dumps({"Version": "1", "Statement": [statement]})).document
    assert document is not None
    (sentence,) = describe(document, own)
    assert "`kms:SpinKey` (added by your team)" in sentence.text
    assert sentence.text.count("added by your team") == 2
    (plain,) = describe(document, load())
    assert "added by your team" not in plain.text
    assert "the unknown action" in plain.text
