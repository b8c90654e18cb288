"""The shortest form of a document that leaving out and joining leads to, with the proof that it means the same.

Leaves out statements that add nothing, joins those that are equal in all but one list, then leaves out entries, and
begins again until nothing is left to do. So no single thing that remains can go (the result is *irredundant*), and the
same document gives the same result, which gives itself. It need not be the shortest of all: that is as hard as set
cover. Source: analysis design, section 7.

Decision: what is explicitly denied stays the same too, so that the result may take the original's place beside other
policies. A Deny that denies nothing this document allows goes only where the document is said to stand alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import NamedTuple

from policystudio.analysis.comparing import Answer, Limits, Unknown
from policystudio.analysis.comparing.limits import Budget, deadline
from policystudio.analysis.deciding import STATED, Reading
from policystudio.analysis.minimising.answers import Kind, Minimised, Proof, Scope, Step
from policystudio.analysis.minimising.dropping import Dropping
from policystudio.analysis.minimising.proving import proved
from policystudio.analysis.minimising.worlds import worlds
from policystudio.analysis.minimising.writing import empty_conditions, written
from policystudio.analysis.redundancy import Search, Why
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.canonical import canonical
from policystudio.ram.document import Document, Statement
from policystudio.ram.parse import parse
from policystudio.ram.render import RegionMode, Target

_STATED_LIMITS = Limits(states=2_000, nodes=2_000)
_PROOF_LIMITS = Limits()
SEARCHING = 0.55
"""The share of the time for the steps; the rest is for the proof of all of them together."""


class _Stage(NamedTuple):
    """The statements after so many steps."""

    statements: tuple[Statement, ...]
    steps: tuple[Step, ...]


def minimise(
    document: Document,
    *,
    catalogue: Catalogue | None = None,
    reading: Reading = STATED,
    limits: Limits = _STATED_LIMITS,
    targets: Sequence[Target] = (),
    region_mode: RegionMode = RegionMode.SEPARATE,
    alone: bool = False,
) -> Minimised:
    """The document written shorter, as an identity policy that `read_given` takes; itself where nothing can go.

    `limits` hold for one step, `milliseconds` for all of it. `targets` are where a source with placeholders goes.
    `alone` says that no other policy is attached beside it. Raises: Mismatch for a fault of the comparison.
    """
    ends = deadline(limits.milliseconds)
    catalogue = catalogue or load()
    found = worlds(document, targets, region_mode, catalogue)
    if found.blanks is None:
        return _unchanged(document, found.scope, found.reason, alone=alone)
    search = Search(Budget(limits, deadline(limits.milliseconds * SEARCHING)), reading)
    stages = _stages(Dropping(document, found.blanks, search, alone=alone), document)
    if search.is_over:
        search.spent = search.spent or Unknown("out-of-time", "statements")
    # What the proof of the whole has no time for is not claimed: the stage before it is tried.
    while stages:
        stage = stages.pop()
        result = parse(
            canonical(written(document, stage.statements)), document.kind, any_operator=True
        ).document
        assert result is not None  # what is left of a document is one
        left = int((ends - monotonic()) * 1000)
        proof = proved(
            document,
            [result],
            found.blanks,
            found.scope,
            denials=not alone,
            catalogue=catalogue,
            reading=reading,
            limits=replace(_PROOF_LIMITS, milliseconds=left // 2 if stages else left),
        )
        if proof.holds:
            reason = search.spent or search.doubt
            return Minimised(result, result.source.text, stage.steps, proof, reason is None, reason)
        # No step is wrong that was proved; but if one were, it would not be taken, nor would all be said to be tried.
        search.spent = search.spent or proof.reason or Unknown("not-proved", "statements")
    return _unchanged(document, found.scope, search.spent or search.doubt, alone=alone)


def _stages(dropping: Dropping, document: Document) -> list[_Stage]:
    """What is left after each part of a round that changed something, the last one being the end of it."""
    emptied = [
        Step(Kind.CONDITION, path, statement, Why.NO_LIMIT) for statement, path in empty_conditions(document)
    ]
    stages = [_Stage(document.statements, tuple(emptied))] if emptied else []

    def note(count: int) -> bool:
        if len(dropping.steps) > count:
            stages.append(_Stage(tuple(dropping.kept.values()), (*emptied, *dropping.steps)))
        return len(dropping.steps) > count

    has_changed = True
    while has_changed and not dropping.is_over:
        count = len(dropping.steps)
        dropping.drop_statements()
        has_changed = note(count)
        count = len(dropping.steps)
        dropping.merge()
        has_changed |= note(count)
        for index in dropping.in_order():
            count = len(dropping.steps)
            dropping.drop_entries(index)
            has_changed |= note(count)
    return stages


def _unchanged(document: Document, scope: Scope, reason: Unknown | None, *, alone: bool) -> Minimised:
    denials = None if alone else Answer.NO
    proof = Proof(Answer.NO, Answer.NO, denials, denials, scope)
    return Minimised(document, canonical(document.value), (), proof, reason is None, reason)
