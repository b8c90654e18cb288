"""All fixes of one code at once: what comes of it has none of them left, and is never worse."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Edit, Finding, Fix, Severity
from policystudio.ram.reader import read
from policystudio.validation.mending import mended, safe_fixes
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def judge(text: str) -> Sequence[Finding]:
    return validate(text, catalogue=load(), now=NOW).findings


def source(*actions: str, times: int = 1) -> str:
    statement = {
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": ["acs:kms:${region}:${account}:key/a", "acs:kms:${region}:${account}:alias/a"],
    }
    return json.dumps({"Version": "1", "Statement": [statement] * times}, indent=2)


def test_seven_repeated_actions_go_at_once() -> None:
    text = source("kms:Encrypt", *["kms:Decrypt"] * 8)
    before = judge(text)
    (code,) = {f.code for f in before if "kms:Decrypt" in f.message and f.fix and "Remove" in f.fix.title}
    assert len(safe_fixes(before, code)) == 7
    after = mended(text, before, code, judge)
    assert safe_fixes(judge(after), code) == []
    assert json.loads(after)["Statement"][0]["Action"] == ["kms:Encrypt", "kms:Decrypt"]


@pytest.mark.parametrize("code", rules())
def test_the_examples_of_every_rule_are_mended_without_a_new_error(code: str) -> None:
    for example in rules()[code].triggers:
        for text in (json.dumps(example.document()), json.dumps(example.document(), indent=2)):
            before = judge(text)
            after = mended(text, before, code, judge)
            found = judge(after)
            assert read(after).value is not None
            assert len(safe_fixes(found, code)) <= len(safe_fixes(before, code))
            assert sum(f.severity is Severity.ERROR for f in found) <= sum(
                f.severity is Severity.ERROR for f in before
            )


def test_fixes_that_spoil_each_other_are_made_one_by_one() -> None:
    def picky(text: str) -> list[Finding]:
        """Every `x` may go, but a text without any is an error."""
        if "x" not in text:
            return [Finding("empty", Severity.ERROR, "nothing is left")]
        places = [index for index, character in enumerate(text) if character == "x"]
        fixes = [Fix("Remove", (Edit(place, place + 1, ""),)) for place in places]
        return [Finding("x", Severity.WARNING, "an x", fix=fix) for fix in fixes]

    assert mended("-x-x-x-", picky("-x-x-x-"), "x", picky).count("x") == 1


def test_a_fix_that_allows_more_and_one_that_never_ends_are_left_alone() -> None:
    def stubborn(text: str) -> list[Finding]:
        wide = Finding("wide", Severity.WARNING, "", fix=Fix("Grant more", (Edit(0, 0, "!"),), widens=True))
        endless = Finding("endless", Severity.WARNING, "", fix=Fix("Again", (Edit(0, 0, "?"),)))
        return [wide, endless]

    assert mended("a", stubborn("a"), "wide", stubborn) == "a"
    assert mended("a", stubborn("a"), "endless", stubborn) == "a"
