"""Whether documents keep a guardrail: never this, unless that. Source: analysis design, section 7.

The same search as for comparing: new access within the one shape and outside the others, with nothing allowed before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from policystudio.analysis.comparing.answers import Answer, Change, Witness, reason_json
from policystudio.analysis.comparing.comparison import SEARCHING, side
from policystudio.analysis.comparing.gains import gains
from policystudio.analysis.comparing.limits import Budget, Limits, Unknown, deadline
from policystudio.analysis.comparing.statements import Place, clause, clauses
from policystudio.analysis.deciding import STATED, Decision, Policies, Reading
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document, Effect, Statement
from policystudio.ram.position import Source
from policystudio.ram.reader import JsonObject

_STATED_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Guardrail:
    """No document may allow what `never` matches, unless one of `unless` matches it too.

    The shapes are statements; their effect does not count.
    """

    never: Statement
    unless: tuple[Statement, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the guardrail is broken, where, and a request that shows it: denied would be right, and it is allowed.

    `breaches` say exactly what is allowed against it; their causes are the statements of the documents that allow it.
    """

    is_broken: Answer
    breaches: tuple[Change, ...]
    complete: bool
    witness: Witness | None
    reason: Unknown | None
    reading: Reading

    def as_json(self) -> dict[str, Any]:
        """The verdict as the API shows it."""
        return {
            "is_broken": str(self.is_broken),
            "breaches": [breach.as_json() for breach in self.breaches],
            "complete": self.complete,
            "witness": None if self.witness is None else self.witness.as_json(),
            "reason": None if self.reason is None else reason_json(self.reason),
            "reading": self.reading.as_json(),
        }


def guard(
    documents: Sequence[Document],
    rule: Guardrail,
    *,
    reading: Reading = STATED,
    limits: Limits = _STATED_LIMITS,
    catalogue: Catalogue | None = None,
) -> Verdict:
    """Whether the documents together allow something against the rule. Raises: Mismatch for a fault of the search."""
    catalogue = catalogue or load()
    judge = Policies.of(documents, reading)
    never, unless = _matching([rule.never], reading), _matching(rule.unless, reading)

    def shown(request: Request) -> Witness | None:
        was, is_excepted = never.bounds(request).is_allowed, unless.bounds(request).is_allowed
        now = judge.bounds(request)
        if now.is_allowed is not True or was is not True or is_excepted is not False:
            return None
        return Witness(request, Decision.EXPLICIT_DENY, now.decision)

    budget, ends = Budget(limits, deadline(limits.milliseconds * SEARCHING)), deadline(limits.milliseconds)
    found = gains(
        (),
        clauses(documents),
        budget,
        reading,
        never=clause(rule.never, Place(0, rule.never.path)),
        unless=[clause(each, Place(0, each.path)) for each in rule.unless],
    )
    told = side(found, ("rule", "document"), shown, catalogue, budget, ends)
    return Verdict(told.answer, told.lines, told.complete, told.witness, told.reason, reading)


def _matching(shapes: Sequence[Statement], reading: Reading) -> Policies:
    """Judges whether one of the shapes matches, by allowing exactly what they match."""
    statements = tuple(replace(shape, effect=Effect.ALLOW) for shape in shapes)
    return Policies.of([Document(Source(""), JsonObject(0, 0, ()), statements)], reading)
