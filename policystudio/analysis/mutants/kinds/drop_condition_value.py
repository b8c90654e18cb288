"""One of several values of a condition is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, with_condition, without
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, condition in enumerate(statement.conditions):
        if len(condition.values) < 2:
            continue
        for index, value in enumerate(condition.values):
            changed = replace(condition, values=without(condition.values, index))
            yield Edit(value.path, with_condition(statement, at, changed), value.text, condition.key.text)


MUTATION = Mutation("the value {before} of {after} is dropped", edits)
