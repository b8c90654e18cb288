"""The bounds of the core, written down a second time: a change of one is a decision about time, memory or noise.

What happens at a bound is tested beside what it bounds; here stands only that nobody moves one by a slip.
"""

from __future__ import annotations

import importlib

import pytest

BOUNDS = """
ram.envelope _MAX_DEPTH 6
ram.finding MAX_FINDINGS 200
ram.loose.faults _MAX_SINGLES 300
ram.loose.scalars _MAX_UNCLEAR 3
ram.memory MAX_CHARACTERS 200
ram.mend MAX_CHARACTERS 65536
ram.mend _MAX_ROUNDS 20
ram.operators.number MAX_DIGITS 64
ram.patterns _STEPS 1000
ram.patterns _STEPS_PER_CHARACTER 2
ram.schema.names _LEAST_LENGTH 4
ram.unpacking.archive _MAX_ENTRIES 2000
ram.unpacking.archive _MAX_RATIO 200
ram.unpacking.found MAX_BYTES 4194304
ram.unpacking.found MAX_DOCUMENTS 1000
ram.unpacking.found MAX_NOTES 200
ram.unpacking.found MAX_TOGETHER 16777216
ram.unpacking.unpack _MAX_STRINGS 3
catalog.lookup _LIKENESS 0.7
catalog.sdk MAX_BYTES 33554432
validation.accounts _LENGTH 16
validation.alike MOST_COMPARED 60
validation.alike _MOST_ENTRIES 40
validation.choices.actions _MOST_NAMED 60
validation.choices.networks _MOST_RANGES 8
validation.choices.resources _MOST_COLONS 6
validation.choices.resources _MOST_LISTED 6
validation.contradictions _MOST_VALUES 200
validation.entries _MOST_PATTERNS 40
validation.fingerprint HEX_DIGITS 32
validation.idling MOST_KINDS 6
validation.idling MOST_STATEMENTS 20
validation.idling MOST_TEXTS 200
validation.meeting _MOST_COMPARED 20000
validation.mending MAX_JUDGED 24
validation.pipeline HOPELESS_BYTES 61440
validation.pipeline MAX_FINDINGS 1000
validation.pipeline MAX_PER_CHECK 50
validation.place_marks _NEAR 100
validation.place_marks _WORDS 3
validation.repairs _LONGEST_TITLE 80
validation.rules.document_near_limit _NEAR 0.9
validation.rules.name_too_long_with_region _MOST 128
validation.prefixes _SHORT 2
validation.rules.version_limit_near MOST_VERSIONS 5
validation.size LIMIT 6144
validation.size _HOPELESS 24576
validation.spelling _LONGEST 80
validation.spelling _MOST_EDITS 2
"""


@pytest.mark.parametrize("line", BOUNDS.split("\n")[1:-1])
def test_a_bound_is_what_was_decided(line):
    module, name, value = line.split()
    assert getattr(importlib.import_module(f"policystudio.{module}"), name) == pytest.approx(float(value))
