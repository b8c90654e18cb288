"""A condition is gone, so that the statement matches more."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.analysis.mutants.mutant import Edit, Mutation, with_condition
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, condition in enumerate(statement.conditions):
        yield Edit(condition.path, with_condition(statement, at), f"{condition.operator} {condition.key}")


MUTATION = Mutation("the condition {before} is dropped", edits)
