"""Joining statements, by its definition."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from itertools import combinations
from typing import Any

import pytest

from policystudio.analysis.minimising.merging import merged
from policystudio.analysis.minimising.writing import written
from policystudio.ram.canonical import canonical
from policystudio.ram.document import Statement
from tests.analysis.comparing.generating import allowed, contexts, given
from tests.analysis.minimising.dropping import denials
from tests.analysis.minimising.writing import allow


class TestJoiningByDefinition:
    """Joining against a slow reference: any two that differ in one list, tried in pairs until none do."""

    @pytest.mark.parametrize("seed", range(40))
    def test_no_two_statements_are_left_that_could_be_joined(self, seed: int) -> None:
        rng = random.Random(seed)
        number = {"NumericEquals": {"k:number": ["1"]}}
        statements = [
            allow(
                rng.sample(["a:a", "A:a", "a:b"], rng.randint(1, 2)),
                rng.sample(["acs:a:*:1:a", "acs:a:*:1:b"], rng.randint(1, 2)),
                rng.choice(["Allow", "Deny"]),
                **rng.choice([{}, {"Condition": {"StringLike": {"k:tag": [rng.choice("ab")]}, **number}}]),
            )
            for _ in range(rng.randint(2, 7))
        ]
        whole = {"Version": "1", "Statement": statements}
        joined, steps = merged(given(whole).statements)
        assert len(joined) + len(steps) == len(statements)
        for one, other in combinations(map(lists, joined), 2):
            unlike = {name for name in one.keys() | other.keys() if one[name] != other[name]}
            assert len(unlike) > 1 or unlike == {"effect"}
        after, every = json.loads(canonical(written(given(whole), joined))), contexts(whole)
        assert allowed(after, every) == allowed(whole, every)
        assert allowed(denials(after), every) == allowed(denials(whole), every)


def lists(statement: Statement) -> defaultdict[str, Any]:
    """What each list of a statement says, by its name."""
    said = defaultdict[str, Any](
        lambda: None,
        effect=statement.effect,
        actions={each.text.lower() for each in statement.actions},
        resources={each.text for each in statement.resources},
    )
    said.update({each.path.split("/", 3)[3]: {v.text for v in each.values} for each in statement.conditions})
    return said
