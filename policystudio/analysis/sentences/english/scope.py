"""Words that depend on whether "Never allows" reaches them.

"Never allows every action" can be read as "perhaps allows some", and "never allows this and that" as "not both"; so
what is denied is said with "any" and "or". What a denial leaves out is beyond its reach and is said as in an Allow.
"""

from __future__ import annotations

from typing import NamedTuple

from policystudio.analysis.sentences.clause import Clause
from policystudio.ram.document import Effect


class Scope(NamedTuple):
    every: str
    last: str
    """Between the last two of a list."""
    place: str
    """Between two places."""


PLAIN = Scope("every", " and ", "; and on ")
NEGATED = Scope("any", " or ", "; nor on ")


def scope_of(clause: Clause) -> Scope:
    """How the clause speaks of what it allows or denies, exceptions left aside."""
    return NEGATED if clause.effect is Effect.DENY else PLAIN
