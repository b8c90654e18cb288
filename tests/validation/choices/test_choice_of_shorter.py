"""What a document says twice is taken out where that is enough."""

from __future__ import annotations

import json
from typing import Any

from policystudio.validation.choices.shorter import shorter
from policystudio.validation.size import Size
from tests.validation.choices.making import KEY, OTHER, after
from tests.validation.contexts import HERE, PLAIN, about, statement

LONG = 10**6


def offered(most: int, *statements: Any) -> list[Any]:
    of = about(*statements)
    repairs = shorter(of.document, of, lambda size: size.bytes_compact <= most)
    return [after(repair, of.document) for repair in repairs]


def test_what_others_include_goes_in_every_list():
    wide = statement(
        Action=["kms:Decrypt", "KMS:decrypt", "kms:D*", "kms:Encrypt"],
        Resource=[KEY, f"{HERE}:key/*", OTHER, "nonsense", "n*"],
        Condition={"StringEquals": {"a": ["x", "x", "y"]}},
    )
    (found,), nothing = offered(LONG, wide)
    assert found == statement(
        Action=["kms:D*", "kms:Encrypt"],
        Resource=[f"{HERE}:key/*", "nonsense", "n*"],
        Condition={"StringEquals": {"a": ["x", "y"]}},
    )
    assert nothing is None


def test_repeated_statements_go_but_the_first():
    nothing, found = offered(LONG, PLAIN, statement(Action="kms:Sign"), {**PLAIN, "Sid": "a"}, PLAIN)
    assert nothing is None
    assert found == [PLAIN, statement(Action="kms:Sign")]


def test_nothing_is_offered_that_is_not_enough():
    size = len(json.dumps({"Version": "1", "Statement": [PLAIN]}, separators=(",", ":")))
    assert offered(size, PLAIN, PLAIN)[1] == [PLAIN]
    assert offered(size - 1, PLAIN, PLAIN)[1] is None
    assert Size(1, 2).limit == 6144
