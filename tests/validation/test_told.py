"""What each rule says of its own examples: places, what is quoted and counted, and every edit; see `told.txt`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policystudio.catalog import load
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules
from policystudio.validation.rule import Example
from tests.ram.telling import decisive, keep, kept, told

KEPT = Path(__file__).with_name("told.txt")
CASES = {
    f"{code} {number}": (code, example)
    for code, rule in rules().items()
    for number, example in enumerate(rule.triggers, 1)
}
TOLD = kept(KEPT) if KEPT.exists() else {}


def told_by(code: str, example: Example) -> str:
    """What the rule tells of the example, one statement a line, as an author may type them."""
    of = example.document()
    statements = ",\n".join(json.dumps(each, ensure_ascii=False) for each in of["Statement"])
    rest = "".join(
        f",\n{json.dumps({name: of[name]})[1:-1]}" for name in of if name not in ("Version", "Statement")
    )
    text = f'{{"Version": {json.dumps(of["Version"])}, "Statement": [\n{statements}\n]{rest}}}'
    findings = validate(text, catalogue=load(), **example.surroundings()).findings
    return told(text, (each for each in findings if each.code == code), decisive)


@pytest.mark.parametrize("name", CASES)
def test_a_rule_says_what_it_said_when_somebody_last_read_it(name):
    assert told_by(*CASES[name]) == TOLD[name]


def test_nothing_is_kept_of_examples_that_are_gone():
    assert set(TOLD) == set(CASES)


if __name__ == "__main__":
    keep(KEPT, {name: told_by(*case) for name, case in CASES.items()})
