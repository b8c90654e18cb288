"""Words that depend on whether "绝不允许" reaches them.

After a negation "所有" can be read as "some perhaps", and "和" as "not both"; so what is denied is said with "任何" and
"或". What a denial leaves out is beyond its reach and is said as in an Allow.
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


PLAIN = Scope("所有", "和", "；以及")
NEGATED = Scope("任何", "或", "；或")


def scope_of(clause: Clause) -> Scope:
    """How the clause speaks of what it allows or denies, exceptions left aside."""
    return NEGATED if clause.effect is Effect.DENY else PLAIN
