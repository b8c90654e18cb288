"""One of several actions or resources that a statement leaves out is left out no more, so that it matches more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, without
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    left_out = statement.not_actions
    for at, action in enumerate(left_out if len(left_out) > 1 else ()):
        yield Edit(action.path, replace(statement, not_actions=without(left_out, at)), action.text)
    left_out = statement.not_resources
    for at, resource in enumerate(left_out if len(left_out) > 1 else ()):
        yield Edit(resource.path, replace(statement, not_resources=without(left_out, at)), resource.text)


MUTATION = Mutation("{before} is not left out any more", edits)
