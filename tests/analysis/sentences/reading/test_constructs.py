"""Every construct of the grammar is read, in both languages, as it is written down here."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from policystudio.analysis.sentences import describe
from policystudio.analysis.sentences.reading import (
    Fault,
    read,
    said_back,
)
from policystudio.catalog import load
from policystudio.catalog.team import TeamName, with_names
from policystudio.ram.parse import parse
from tests.analysis.sentences.reading.asking import (
    ABSENT,
    ABSENT_ZH,
    EN,
    HERE,
    HERE_ZH,
    KEYS,
    UNSURE,
    UNSURE_ZH,
    ZH,
    cures,
    faults,
    statement,
)


@pytest.mark.parametrize(
    ("action", "english", "chinese"),
    [
        ("kms:Decrypt", "decrypting", "解密"),
        ("kms:AdvanceEncrypt", "encrypting (`kms:AdvanceEncrypt`)", "加密（`kms:AdvanceEncrypt`）"),
        ("*", "every action of every service", "所有服务的所有操作"),
        ("kms:*", "every KMS action", "所有 KMS 操作"),
        ("oss:*", "every `oss` action", "服务 `oss` 的所有操作"),
        ("kms:Odd", "the unknown action `kms:Odd`", "未知操作 `kms:Odd`"),
        ("oss:GetObject", "the action `oss:GetObject`", "操作 `oss:GetObject`"),
        ("kms:List*", "every action that begins with `kms:List`", "以 `kms:List` 开头的所有操作"),
        ("kms:*Key", "every action that fits `kms:*Key`", "符合 `kms:*Key` 的所有操作"),
        ("k?s:*", "every action of any service that fits `k?s:*`", "任何服务中符合 `k?s:*` 的所有操作"),
    ],
)
def test_every_kind_of_action_is_read(action: str, english: str, chinese: str) -> None:
    assert statement(f"Allows {english}, on every resource of every service.")["Action"] == action
    assert statement(f"允许对所有服务的所有资源执行以下操作：{chinese}。", ZH)["Action"] == action


def test_lists_of_actions_and_of_beginnings_are_read() -> None:
    on = ", on any resource of any service."
    for words, actions in (
        ("decrypting or encrypting", ["kms:Decrypt", "kms:Encrypt"]),
        ("any action that begins with `kms:List` or `kms:Get`", ["kms:List*", "kms:Get*"]),
        ("any action that begins with `a:b`, `c:d` or `e:f`", ["a:b*", "c:d*", "e:f*"]),
        ("any action that begins with `a:b`, or decrypting", ["a:b*", "kms:Decrypt"]),
        ("decrypting, any action that begins with `a:b` or `c:d`, or encrypting", None),
    ):
        made = statement(f"Never allows {words}{on}")
        assert made["Effect"] == "Deny"
        assert made["Action"] == (actions or ["kms:Decrypt", "a:b*", "c:d*", "kms:Encrypt"])


def test_exceptions_are_read_as_such() -> None:
    made = statement(
        "Allows every action of every service except every KMS action and every `oss` action, on every resource of "
        "every service except every key in every region of any account; and except the alias `a` in region `r` with "
        "no account."
    )
    assert made == {
        "Effect": "Allow",
        "NotAction": ["kms:*", "oss:*"],
        "NotResource": ["acs:kms:*:*:key/*", "acs:kms:r::alias/a"],
    }
    chinese = (
        "绝不允许对任何服务的任何资源（不包括：所有地域、任何账号的所有密钥）执行以下操作："
        "任何服务的任何操作，但不包括：所有 KMS 操作。"
    )
    assert statement(chinese, ZH) == {
        "Effect": "Deny",
        "NotAction": "kms:*",
        "NotResource": "acs:kms:*:*:key/*",
    }


@pytest.mark.parametrize(
    ("resource", "english", "chinese"),
    [
        ("*", "every resource of every service", "所有服务的所有资源"),
        (KEYS, "every key in the target's region and account", "目标地域、目标账号的所有密钥"),
        (
            "acs:kms:*:*:key",
            "the collection of keys in every region of any account",
            "所有地域、任何账号的密钥集合",
        ),
        ("acs:kms:::key/k", "the key `k` with no region with no account", "无地域、无账号的密钥 `k`"),
        (
            "acs:kms:cn-*:1?:alias/a*",
            "every alias whose name begins with `a` in every region that fits `cn-*` of every account that fits `1?`",
            "符合 `cn-*` 的所有地域、符合 `1?` 的所有账号的名称以 `a` 开头的所有别名",
        ),
        (
            "acs:kms:r:1:secret/*a",
            "every secret whose name fits `*a` in region `r` of account `1`",
            "地域 `r`、账号 `1` 的名称符合 `*a` 的所有凭据",
        ),
        (
            "acs:kms:*:*:key/",
            "the key whose id is empty in every region of any account",
            "所有地域、任何账号的ID 为空的密钥",
        ),
        (
            "acs:kms:*:*:keystore/x",
            "the KMS instance `x` in every region of any account",
            "所有地域、任何账号的KMS 实例 `x`",
        ),
        (
            "acs:kms:*:*:*",
            "every KMS resource in every region of any account",
            "所有地域、任何账号的所有 KMS 资源",
        ),
        (
            "acs:oss:*:*:b/*",
            "every resource that begins with `b/` of the service `oss` in every region of any account",
            "所有地域、任何账号的服务 `oss` 的以 `b/` 开头的所有资源",
        ),
        (
            "acs:oss:*:*:",
            "the resource of the service `oss` whose name is empty in every region of any account",
            "所有地域、任何账号的服务 `oss` 的名称为空的资源",
        ),
        (
            "acs:*:*:*:*",
            "every resource of any service in every region of any account",
            "所有地域、任何账号的任何服务的所有资源",
        ),
        (
            "acs::*:*:x",
            "the resource `x` of no service in every region of any account",
            "所有地域、任何账号的无服务的资源 `x`",
        ),
        ("odd", "whatever `odd` stands for, which is no resource name", "`odd` 所指的内容（不是资源名称）"),
    ],
)
def test_every_kind_of_resource_is_read(resource: str, english: str, chinese: str) -> None:
    assert statement(f"Allows decrypting on {english}.")["Resource"] == resource
    assert statement(f"允许对{chinese}执行以下操作：解密。", ZH)["Resource"] == resource


def test_everything_and_every_resource_of_a_place_are_told_apart_in_a_denial() -> None:
    words = "Never allows decrypting on any resource of any service"
    assert statement(f"{words}.")["Resource"] == "*"
    assert statement(f"{words} in any region of any account.")["Resource"] == "acs:*:*:*:*"
    assert statement(
        f"{words} or any key with no region with no account; nor on any resource of any service."
    )["Resource"] == ["acs:*:::*", "acs:kms:::key/*", "*"]
    assert statement(
        f"{words}; nor on any key in any region of any account, if the request is made over HTTPS."
    )["Resource"] == ["*", "acs:kms:*:*:key/*"]


def test_resources_of_several_places_are_read() -> None:
    resources = [KEYS, "acs:kms:${region}:${account}:alias/a", "acs:kms:cn-shanghai:${account}:key/b", "*"]
    text = (
        "Allows decrypting on every key and the alias `a` in the target's region and account; and on the key `b` in "
        "region `cn-shanghai` of the target's account; and on every resource of every service."
    )
    assert statement(text)["Resource"] == resources
    chinese = (
        "允许对目标地域、目标账号的所有密钥和别名 `a`；以及地域 `cn-shanghai`、目标账号的密钥 `b`；"
        "以及所有服务的所有资源执行以下操作：解密。"
    )
    assert statement(chinese, ZH)["Resource"] == resources


@pytest.mark.parametrize(
    ("operator", "key", "values", "english", "chinese"),
    [
        ("StringEquals", "kms:tag/P", "a", "the key's tag `P` is `a`", "密钥的标签 `P` 是 `a`"),
        (
            "StringEquals",
            "x:y",
            ["a", ""],
            "the condition key `x:y` is `a` or the empty text",
            "条件键 `x:y` 是 `a` 或空文本",
        ),
        ("StringEquals", "", "a", "the condition key whose name is empty is `a`", "名称为空的条件键是 `a`"),
        (
            "StringEquals",
            "acs:SourceVpc",
            "a*",
            "the VPC that the request comes from is `a*` (wildcards taken literally)",
            "请求来源的专有网络是 `a*`（通配符按普通字符处理）",
        ),
        (
            "StringNotEquals",
            "acs:SourceVpc",
            ["a", "b"],
            f"the VPC that the request comes from is neither `a` nor `b`{ABSENT}",
            f"请求来源的专有网络不是 `a`、`b` 中的任何一个{ABSENT_ZH}",
        ),
        (
            "StringEqualsIgnoreCase",
            "acs:ResourceTag/T",
            "a",
            "the resource's tag `T` is `a` (letter case ignored)",
            "资源的标签 `T` 是 `a`（忽略大小写）",
        ),
        (
            "StringLike",
            "acs:RequestTag/T",
            "a*",
            "the tag that the request carries, `T` fits `a*`",
            "请求携带的标签 `T` 符合 `a*`",
        ),
        (
            "StringNotLike",
            "kms:EncryptionContext:D",
            "a*",
            f"the encryption context's entry `D` does not fit `a*`{ABSENT}",
            f"加密上下文的条目 `D` 不符合 `a*`{ABSENT_ZH}",
        ),
        ("NumericEquals", "x:y", "5", "the condition key `x:y` equals `5`", "条件键 `x:y` 等于 `5`"),
        (
            "NumericLessThan",
            "x:y",
            ["5", "7"],
            "the condition key `x:y` is less than `5` or is less than `7`",
            "条件键 `x:y` 小于 `5` 或小于 `7`",
        ),
        (
            "NumericGreaterThanEquals",
            "x:y",
            "5",
            "the condition key `x:y` is at least `5`",
            "条件键 `x:y` 不小于 `5`",
        ),
        (
            "DateLessThanEquals",
            "acs:CurrentTime",
            "2026-12-31T23:59:59Z",
            "the time of the request is not after `2026-12-31T23:59:59Z`",
            "请求时间不晚于 `2026-12-31T23:59:59Z`",
        ),
        (
            "DateNotEquals",
            "acs:CurrentTime",
            "2026-12-31T23:59:59Z",
            f"the time of the request is not exactly `2026-12-31T23:59:59Z`{ABSENT}",
            f"请求时间并非恰好是 `2026-12-31T23:59:59Z`{ABSENT_ZH}",
        ),
        (
            "IpAddress",
            "acs:SourceIp",
            ["10.0.0.0/8", "10.1.2.3"],
            "the request's address is in `10.0.0.0/8` or at `10.1.2.3`",
            "请求的来源地址属于 `10.0.0.0/8` 或 `10.1.2.3`",
        ),
        (
            "NotIpAddress",
            "acs:VpcSourceIp",
            ["10.0.0.0/8", "10.1.2.3"],
            f"the request's private address is neither in `10.0.0.0/8` nor at `10.1.2.3`{ABSENT}",
            f"请求的私网来源地址不属于 `10.0.0.0/8`、`10.1.2.3` 中的任何一个{ABSENT_ZH}",
        ),
        ("Bool", "acs:SecureTransport", "true", "the request is made over HTTPS", "请求通过 HTTPS 发出"),
        (
            "Bool",
            "acs:MFAPresent",
            "false",
            "the user signed in, but without a second factor",
            "用户已登录，但未使用多因素认证",
        ),
        ("Bool", "x:y", "false", "the condition key `x:y` is false", "条件键 `x:y` 为假"),
        (
            "ForAnyValue:StringEquals",
            "acs:Service",
            ["a", "b"],
            f"`ForAnyValue:StringEquals` holds for `acs:Service` and `a` or `b`{UNSURE}",
            f"`ForAnyValue:StringEquals` 对于 `acs:Service` 和 `a` 或 `b` 成立{UNSURE_ZH}",
        ),
        (
            "Bool",
            "x:y",
            "maybe",
            "`Bool` holds for `x:y` and `maybe` (this cannot be read; it may or may not hold)",
            "`Bool` 对于 `x:y` 和 `maybe` 成立（无法读取，可能成立，也可能不成立）",
        ),
    ],
)
def test_every_kind_of_condition_is_read(
    operator: str, key: str, values: Any, english: str, chinese: str
) -> None:
    condition = {operator: {key: values}}
    assert statement(f"Allows decrypting {HERE}, if {english}.")["Condition"] == condition
    assert statement(f"允许{HERE_ZH}解密，条件是：{chinese}。", ZH)["Condition"] == condition


def test_conditions_keep_their_order_where_two_operators_say_the_same() -> None:
    text = (
        f"Allows decrypting {HERE}, if the key's tag `A` is `x`, and if the request is made over HTTPS, and if the "
        "key's tag `B` is `y`."
    )
    made = statement(text)["Condition"]
    assert list(made) == ["StringEquals", "Bool", "StringLike"]
    twice = f"Allows decrypting {HERE}, if the key's tag `A` is `x`, and if the key's tag `A` is `y`"
    assert statement(f"{twice}.")["Condition"] == {
        "StringEquals": {"kms:tag/A": "x"},
        "StringLike": {"kms:tag/A": "y"},
    }
    assert faults(f"{twice}, and if the key's tag `A` is `z`.") == [Fault.SAME_TWICE]


def test_what_a_team_has_added_is_known_by_its_words() -> None:
    seen = date(2026, 1, 1)
    catalogue = with_names(
        load(), (TeamName("kms:Fresh", False, "", seen), TeamName("kms:Why", True, "", seen))
    )
    text = (
        "Allows `kms:Fresh` (added by your team) on every key in the target's region and account, if the condition "
        "key `kms:Why` is `a` (a condition key added by your team)."
    )
    assert said_back(read(text, EN, catalogue), EN, catalogue) == (text,)
    assert faults(text) == [Fault.NOT_OF_TEAM, Fault.NOT_OF_TEAM]
    assert cures(text)[-1].startswith("Allows the unknown action `kms:Fresh` on")


def test_what_sentences_do_not_keep_changes_nothing_of_what_is_allowed() -> None:
    source = json.dumps(
        {
            "Statement": [
                {
                    "Sid": "Keys",
                    "Resource": [KEYS, KEYS],
                    "Action": ["KMS:decrypt", "kms:*?"],
                    "Effect": "Allow",
                    "Condition": {"StringLike": {"kms:tag/P": "a"}, "Bool": {"acs:MFAPresent": "True"}},
                }
            ],
            "Version": "1",
        }
    )
    document = parse(source).document
    assert document is not None
    text = describe(document, load())[0].text
    assert statement(text) == {
        "Effect": "Allow",
        "Action": ["kms:Decrypt", "kms:?*"],
        "Resource": KEYS,
        "Condition": {"StringEquals": {"kms:tag/P": "a"}, "Bool": {"acs:MFAPresent": "true"}},
    }
