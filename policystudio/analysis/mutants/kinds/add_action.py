"""One more action in the list: the gravest that works on the same resources and is not in it yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.comparing.catalogued import gravity
from policystudio.analysis.matrix import known
from policystudio.analysis.mutants.mutant import Edit, Mutation, other
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    if not statement.actions:
        return
    about = known(statement, catalogue)
    further = [
        action.name
        for action in catalogue.actions.values()
        if action.name not in about.actions and not about.types.isdisjoint(action.resource_types)
    ]
    if further:
        name = min(further, key=lambda each: (gravity((each,), catalogue), each))
        changed = (*statement.actions, other(statement.actions[0], name))
        yield Edit(f"{statement.path}/Action", replace(statement, actions=changed), name)


MUTATION = Mutation("the action {before} is added", edits)
