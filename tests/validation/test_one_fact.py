"""One fact of the catalogue at a time is only inferred: what needs it says so and stays mild, the rest is as it was."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from policystudio.catalog import load
from policystudio.catalog.model import INFERRED
from policystudio.ram.finding import Severity
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules
from tests.validation.catalogues import all_inferred
from tests.validation.test_confidence import ABSENCES, alone

QUOTE = '"'
RULES, KNOWN, GUESSED = rules(), load(), all_inferred()
WRITTEN = {
    "actions": lambda name: f'"{KNOWN.actions[name].name}"',
    "condition_keys": lambda name: f'"{KNOWN.condition_keys[name].prefix or name + QUOTE}',
    "resource_types": lambda name: f":{KNOWN.resource_types[name].word}",
    "regions": lambda name: f":{name}:",
}
"""How a fact of each kind is named in a document."""


@cache
def with_one_inferred(kind, name):
    """The catalogue in which this fact alone is inferred."""
    facts = getattr(KNOWN, kind)
    changed: Any = {kind: {**facts, name: getattr(GUESSED, kind)[name]}}
    return replace(KNOWN, **changed)


def named_in(text):
    """The facts that a document names as they are written in the catalogue."""
    for kind in WRITTEN:
        for name in getattr(KNOWN, kind):
            if WRITTEN[kind](name) in text:
                yield kind, name


def told(example, catalogue):
    """(code, path, number among equal ones) → finding."""
    text = json.dumps(example.document(), ensure_ascii=False)
    found: dict[Any, Any] = {}
    for finding in validate(text, catalogue=catalogue, **example.surroundings()).findings:
        number = sum(key[:2] == (finding.code, finding.path) for key in found)
        found[finding.code, finding.path, number] = finding
    return found


@pytest.mark.parametrize("code", RULES)
def test_a_single_inferred_fact_makes_what_needs_it_mild_and_nothing_else_different(code):
    for example in RULES[code].triggers:
        before = told(example, KNOWN)
        for kind, name in named_in(json.dumps(example.document(), ensure_ascii=False)):
            after = told(example, with_one_inferred(kind, name))
            assert set(after) == set(before), name
            for key, finding in after.items():
                if finding.confidence == INFERRED:
                    assert finding.severity in (Severity.WARNING, Severity.SUGGESTION), (name, finding)
                    assert "probably" in finding.message, (name, finding)
                else:
                    assert finding == before[key], (name, finding)


def without(kind, name):
    """The catalogue in which this fact alone is missing; of a type it cannot be, as actions speak of types."""
    facts = {other: fact for other, fact in getattr(KNOWN, kind).items() if other != name}
    changed: Any = {kind: facts}
    return replace(KNOWN, **changed)


RESTING_ON_WHAT_IS_WRITTEN = {
    # What is taken back is read off the statements; the catalogue only says that there is something to take.
    "statement-grants-nothing",
}


def test_what_is_not_found_without_a_fact_says_that_the_fact_is_inferred():
    """Asked of the rules alone, as what is missing is told by others that silence them; the rest is the pipeline."""
    needing = 0
    for code in sorted(set(RULES) - {*ABSENCES, *RESTING_ON_WHAT_IS_WRITTEN}):
        for example in RULES[code].triggers:
            before = {finding.path for finding in alone(code, example, KNOWN)}
            named = named_in(json.dumps(example.document(), ensure_ascii=False))
            for kind, name in (fact for fact in named if fact[0] != "resource_types"):
                lost = before - {finding.path for finding in alone(code, example, without(kind, name))}
                after = told(example, with_one_inferred(kind, name)) if lost else {}
                for key, finding in after.items():
                    if key[0] == code and key[1] in lost:
                        assert finding.confidence == INFERRED, (kind, name, finding)
                        needing += 1
    assert needing > 40
