"""A statement is gone: an Allow that was needed, or a Deny that protected."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.analysis.mutants.mutant import Edit, Mutation
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    yield Edit(statement.path, None, str(statement.effect))


MUTATION = Mutation("the {before} statement is dropped", edits)
