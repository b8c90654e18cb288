"""One of several actions is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, without
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, action in enumerate(statement.actions if len(statement.actions) > 1 else ()):
        yield Edit(action.path, replace(statement, actions=without(statement.actions, at)), action.text)


MUTATION = Mutation("the action {before} is dropped", edits)
