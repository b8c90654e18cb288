"""A condition on a yes or no asks for the other one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, other, with_condition
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement
from policystudio.ram.patterns import fold

_TURNED = {"true": "false", "false": "true"}


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, condition in enumerate(statement.conditions):
        if condition.operator.text != "Bool" or len(condition.values) != 1:
            continue
        [value] = condition.values
        turned = _TURNED.get(fold(value.text))
        if turned:
            changed = replace(condition, values=(other(value, turned),))
            yield Edit(condition.path, with_condition(statement, at, changed), value.text, turned)


MUTATION = Mutation("{before} becomes {after}", edits)
