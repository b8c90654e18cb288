"""What the tests of reading ask, and the words that they share."""

from __future__ import annotations

import json
from typing import Any

from policystudio.analysis.sentences import Language
from policystudio.analysis.sentences.reading import (
    Fault,
    ReadBack,
    read,
)
from policystudio.catalog import load

EN, ZH = Language.ENGLISH, Language.CHINESE
KEYS = "acs:kms:${region}:${account}:key/*"
HERE = "with every key in the target's region and account"
HERE_ZH = "对目标地域、目标账号的所有密钥执行以下操作："


ABSENT = " (or the request carries no such condition key)"
ABSENT_ZH = "（或者请求不携带该条件键）"
UNSURE = " (RAM documents no meaning for this; it may or may not hold)"
UNSURE_ZH = "（RAM 没有说明其含义，可能成立，也可能不成立）"
CANONICAL = f"Allows decrypting and encrypting, {HERE}, if the key's tag `Project` is `Apollo`."


def found(text: str, language: Language = EN) -> ReadBack:
    return read(text, language, load())


def statement(text: str, language: Language = EN) -> dict[str, Any]:
    read_ = found(text, language)
    assert read_.source is not None, read_.problems
    (made,) = json.loads(read_.source)["Statement"]
    assert isinstance(made, dict)
    return made


def faults(text: str, language: Language = EN) -> list[Fault]:
    return [each.fault for each in found(text, language).problems]


def cures(text: str, language: Language = EN) -> list[str]:
    """What the text becomes by each choice of its first problem."""
    return [choice.applied(text) for choice in found(text, language).problems[0].choices]
