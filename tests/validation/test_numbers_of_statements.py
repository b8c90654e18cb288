"""Rules say the same of statements wherever they stand, and call them by the number that a person counts."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Finding
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules
from policystudio.validation.rule import Example

RULES = rules()
COUNTING_BYTES = {"document-near-limit", "document-over-limit"}
_NUMBER = re.compile(r"\bstatement (-?\d+)")


def front(number: int) -> dict[str, str]:
    """A statement about something else, with which no other can be merged."""
    resource = f"acs:oss:cn-hangzhou:${{account}}:bucket/{number}"
    return {"Effect": "Allow", "Action": f"oss:Get{'Object' * number}", "Resource": resource}


def told(code: str, example: Example, in_front: int) -> list[Finding]:
    """What the rule says of the example behind some statements about something else."""
    whole = example.document()
    statements = [*map(front, range(1, in_front + 1)), *whole["Statement"]]
    text = json.dumps({**whole, "Statement": statements}, ensure_ascii=False)
    found = validate(text, catalogue=load(), **example.surroundings()).findings
    others = tuple(f"/Statement/{number}/" for number in range(in_front))
    return [each for each in found if each.code == code and not (each.path or "").startswith(others)]


def moved(text: str, by: int) -> str:
    return _NUMBER.sub(lambda found: f"statement {int(found.group(1)) + by}", text)


def as_told(finding: Finding, by: int) -> tuple[Any, ...]:
    """The finding as it is told when this many statements stand in front of its own."""
    path = re.sub(
        r"^/Statement/(\d+)", lambda found: f"/Statement/{int(found.group(1)) + by}", finding.path or ""
    )
    offered = [each.title for each in (finding.fix, *finding.choices) if each]
    return (
        path,
        finding.severity,
        finding.confidence,
        moved(finding.message, by),
        [moved(each, by) for each in offered],
    )


@pytest.mark.parametrize("code", sorted({*RULES} - COUNTING_BYTES))
def test_rule_says_the_same_of_its_examples_behind_other_statements(code):
    """Behind one at least, as what may go from a document depends on whether anything is left."""
    for example in RULES[code].triggers:
        first = told(code, example, 1)
        for by in (1, 2):
            assert [as_told(each, 0) for each in told(code, example, 1 + by)] == [
                as_told(each, by) for each in first
            ]


@pytest.mark.parametrize("code", RULES)
def test_number_of_a_statement_is_one_that_there_is(code):
    for example in RULES[code].triggers:
        many = len(example.document()["Statement"])
        for finding in told(code, example, 0):
            said = [finding.message, *(each.title for each in (finding.fix, *finding.choices) if each)]
            for number in (int(found) for text in said for found in _NUMBER.findall(text)):
                assert 1 <= number <= many, finding
