"""Allow becomes Deny, or Deny Allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policystudio.analysis.mutants.mutant import Edit, Mutation
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Effect, Statement


def edits(statement: Statement, catalogue: Catalogue) -> Iterator[Edit]:
    turned = Effect.DENY if statement.is_allow else Effect.ALLOW
    yield Edit(
        f"{statement.path}/Effect", replace(statement, effect=turned), str(statement.effect), str(turned)
    )


MUTATION = Mutation("{before} becomes {after}", edits)
