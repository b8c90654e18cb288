"""What is new among the findings since an earlier text, and what is gone."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import given

from policystudio.catalog import load
from policystudio.validation.news import news
from policystudio.validation.pipeline import Validation, validate
from tests.strategies import documents

NOW = datetime(2026, 7, 1, tzinfo=UTC)
KEY = "acs:kms:${region}:${account}:key/*"


def judged(*statements: dict[str, Any], indent: int | None = None) -> Validation:
    text = json.dumps({"Version": "1", "Statement": statements}, indent=indent)
    return validate(text, catalogue=load(), now=NOW)


def allow(*actions: str, on: str = KEY) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": [on]}


def new_codes(before: Validation, after: Validation) -> set[str]:
    found = zip(after.findings, news(before, after).is_new, strict=True)
    return {finding.code for finding, is_new in found if is_new}


def test_formatting_and_a_statement_before_it_make_nothing_new() -> None:
    before = judged(allow("kms:Decrypt", "kms:Decrypt"))
    assert before.findings
    assert new_codes(before, judged(allow("kms:Decrypt", "kms:Decrypt"), indent=4)) == set()
    moved = judged(allow("kms:DescribeKey"), allow("kms:Decrypt", "kms:Decrypt"), indent=2)
    assert "repeated-action" not in new_codes(before, moved)


def test_another_change_of_the_statement_leaves_what_was_there() -> None:
    before = judged(allow("kms:Decrypt", "kms:Decrypt"))
    after = judged(allow("kms:Decrypt", "kms:Decrypt", "kms:Encrypt", "kms:Encrypt"))
    found = news(before, after)
    repeated = [
        (finding.message, is_new)
        for finding, is_new in zip(after.findings, found.is_new, strict=True)
        if finding.code == "repeated-action"
    ]
    assert sorted(is_new for _, is_new in repeated) == [False, True]
    assert all(is_new == ("Encrypt" in message) for message, is_new in repeated)


def test_what_was_mended_is_gone() -> None:
    before, after = judged(allow("kms:Decrypt", "kms:Decrypt")), judged(allow("kms:Decrypt"))
    assert [finding.code for finding in news(before, after).gone if finding.code == "repeated-action"]
    assert not any(news(before, after).is_new)


@given(documents(), documents())
def test_new_and_gone_add_up(one: dict[str, Any], other: dict[str, Any]) -> None:
    before, after = (validate(json.dumps(each), catalogue=load(), now=NOW) for each in (one, other))
    found = news(before, after)
    assert len(found.is_new) == len(after.findings)
    stayed = len(after.findings) - found.new_count
    assert len(before.findings) == stayed + len(found.gone)
    assert news(after, after).new_count == 0
    assert news(after, after).gone == ()
