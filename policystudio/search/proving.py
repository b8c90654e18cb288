"""Takes the statements of a document that answer a question together: what is left of them, proved by the comparison.

The database answers statement by statement; conditions that contradict each other, and Allows and Denies that undo one
another, show only here. What cannot be proved in the time stays as the database has it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol

from policystudio.analysis.comparing.gains import gains
from policystudio.analysis.comparing.limits import Budget, Limits, deadline
from policystudio.analysis.comparing.statements import Clause, Place, clause
from policystudio.analysis.deciding import STATED
from policystudio.analysis.request import WITHOUT_RESOURCE
from policystudio.ram.document import Condition, Effect, Statement, Text
from policystudio.search.question import Question

EVERY_RESOURCE_NAME = "acs:*:*:*:*"
"""All that has a name; what is left out is the operation without a resource."""
MILLISECONDS = 40
"""For one document; a shape that many documents share is proved once."""
MILLISECONDS_OF_ALL = 400
"""For all documents that are shown together."""
_LIMITS = Limits(states=20_000, nodes=20_000, milliseconds=MILLISECONDS)


class Said(Protocol):
    """What a statement says to the question. `limits` are its conditions that the question leaves open."""

    @property
    def is_allow(self) -> bool: ...
    @property
    def resources(self) -> tuple[str, ...]: ...
    @property
    def is_all_but(self) -> bool: ...
    @property
    def limits(self) -> tuple[Condition, ...]: ...


class Proofs:
    """Proofs about the documents of one page, each shape once, until the time of all is up."""

    def __init__(self, question: Question) -> None:
        self._question = question
        self._shape = _shape(question)
        self._ends = deadline(MILLISECONDS_OF_ALL)
        self._known: dict[Hashable, bool | None] = {}

    def is_allowed(self, said: Sequence[Said]) -> bool | None:
        """True where all that the question means is allowed, False where none of it is; None for everything between,
        and for what was not proved.
        """
        if any(limit.key.text in self._question.context for each in said for limit in each.limits):
            # A value that was given and still decides nothing cannot be read, which is not the same as left open.
            return None
        key = frozenset((each.is_allow, each.resources, each.is_all_but, each.limits) for each in said)
        if key not in self._known:
            self._known[key] = self._proved(said)
        return self._known[key]

    def _proved(self, said: Sequence[Said]) -> bool | None:
        budget = Budget(_LIMITS, min(self._ends, deadline(MILLISECONDS)))
        statements = [_clause(self._question.action, each) for each in said]
        if _is_nothing((), statements, budget, never=self._shape):
            return False
        return True if _is_nothing(statements, [self._shape], budget) else None


def _is_nothing(
    before: Iterable[Clause], after: Iterable[Clause], budget: Budget, never: Clause | None = None
) -> bool:
    if budget.is_late:
        return False
    found = gains(list(before), list(after), budget, STATED, never=never)
    return not found.found and found.doubt is None


def _shape(question: Question) -> Clause:
    """All requests that the question means, but for what they carry: that has been put into the conditions."""
    if question.resource == WITHOUT_RESOURCE:
        return _made(question.action, (EVERY_RESOURCE_NAME,), is_all_but=True)
    return _made(question.action, (question.resource or WITHOUT_RESOURCE,))


def _clause(action: str, said: Said) -> Clause:
    return _made(action, said.resources, said.is_all_but, said.limits, is_allow=said.is_allow)


def _made(
    action: str,
    resources: tuple[str, ...],
    is_all_but: bool = False,
    limits: tuple[Condition, ...] = (),
    *,
    is_allow: bool = True,
) -> Clause:
    texts = tuple(Text(each, "", 0, 0) for each in resources)
    statement = Statement(
        index=0,
        path="",
        start=0,
        end=0,
        effect=Effect.ALLOW if is_allow else Effect.DENY,
        actions=(Text(action, "", 0, 0),),
        not_actions=(),
        resources=() if is_all_but else texts,
        not_resources=texts if is_all_but else (),
        conditions=limits,
        sid=None,
    )
    return clause(statement, Place(0, ""))
