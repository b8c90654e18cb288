"""A list of actions becomes every action of the service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation, other
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    every = f"{catalogue.service}:*"
    texts = [action.text for action in statement.actions]
    if texts and every not in texts and "*" not in texts:
        changed = (other(statement.actions[0], every),)
        yield Edit(f"{statement.path}/Action", replace(statement, actions=changed), ", ".join(texts), every)


MUTATION = Mutation("{before} becomes {after}", edits)
