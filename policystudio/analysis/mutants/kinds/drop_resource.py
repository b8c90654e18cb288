"""One of several resources is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, without
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    for at, resource in enumerate(statement.resources if len(statement.resources) > 1 else ()):
        yield Edit(
            resource.path, replace(statement, resources=without(statement.resources, at)), resource.text
        )


MUTATION = Mutation("the resource {before} is dropped", edits)
