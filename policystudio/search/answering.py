"""Answers "who may": documents that allow it always, or under conditions, or would if a Deny did not stand against it.

Decision: the database says *always* when some Allow fits every request that the question means and no Deny fits any
of them; *never* when no Allow fits or some Deny fits all of them; otherwise *under conditions*, which are told. Counts
are by that, so of those under conditions a few may be always or never. What is shown of a document is proved, see
`proving.py`. Nothing that is allowed is ever left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, Max, OuterRef, Q, QuerySet, Value, When

from policystudio.catalog import load
from policystudio.errors import InvalidInput
from policystudio.ram.document import Condition
from policystudio.search.id_in import IdIn
from policystudio.search.matching import (
    Fitting,
    action_lists,
    condition_blocks,
    conditions_of,
    holds,
    resource_lists,
)
from policystudio.search.models import SearchedDocument, SearchedStatement
from policystudio.search.proving import Proofs
from policystudio.search.question import Question, problems
from policystudio.teams.viewer import Viewer

SURE, PERHAPS, NOT = 2, 1, 0


class Verdict(StrEnum):
    ALWAYS = "always"
    CONDITIONS = "under_conditions"
    DENIED = "denied"
    """An Allow fits, and nothing is left of it whatever the request carries: a Deny takes it back, or conditions
    contradict each other."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A statement that grants or denies what was asked; `limits`, which the question leaves open, must hold for that.

    `is_partial`: its resources are only some of those that were asked about; these are `resources`, or with
    `is_all_but` all but these.
    """

    path: str
    line: int
    is_allow: bool
    is_partial: bool
    resources: tuple[str, ...]
    is_all_but: bool
    limits: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """What one document says, with every statement that has a part in it, in order."""

    document: SearchedDocument
    verdict: Verdict
    causes: tuple[Cause, ...]
    is_by_proof: bool = False
    """Whether only its statements together give the verdict, and no single one of them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is ready to be counted and read in pages."""

    question: Question
    team_id: int
    actions: frozenset[int]
    resources: Fitting
    conditions: Fitting | None
    """None where no condition has to be looked at: all that stand there are open."""

    @property
    def documents(self) -> QuerySet[SearchedDocument]:
        """The documents that allow it always or under conditions."""
        return self._allowing.filter(~Exists(self._denied))

    @property
    def denied(self) -> QuerySet[SearchedDocument]:
        """The documents in which an Allow fits and a Deny takes it back."""
        return self._allowing.filter(Exists(self._denied))

    @property
    def _denied(self) -> QuerySet[SearchedStatement]:
        fits = SearchedStatement.objects.filter(self._fits)
        return fits.filter(self._surely, is_allow=False, document=OuterRef("pk"))

    @property
    def _allowing(self) -> QuerySet[SearchedDocument]:
        fits = SearchedStatement.objects.filter(self._fits)
        # As a set and not document by document, which would be slow where few documents allow it.
        allowing = fits.filter(is_allow=True).values("document")
        documents = self._of_target(SearchedDocument.objects.filter(team_id=self.team_id))
        return documents.filter(pk__in=allowing)

    def counts(self) -> dict[Verdict, int]:
        """How many documents there are of each verdict."""
        sure = Case(When(self._surely, then=Value(SURE)), default=Value(PERHAPS), output_field=IntegerField())
        rows = SearchedStatement.objects.filter(self._fits)
        if self.question.account is not None or self.question.region is not None:
            wanted = self._of_target(SearchedDocument.objects.filter(team_id=self.team_id))
            rows = rows.filter(document__in=wanted)
        by_document = (
            rows.values("document_id")
            .annotate(
                allow=Max(Case(When(is_allow=True, then=sure), default=Value(NOT))),
                deny=Max(Case(When(is_allow=False, then=sure), default=Value(NOT))),
            )
            .order_by()
        )
        counted: Any = by_document.aggregate(
            always=Count("document_id", filter=Q(allow=SURE, deny=NOT)),
            denied=Count("document_id", filter=Q(allow__gt=NOT, deny=SURE)),
            under_conditions=Count("document_id", filter=Q(allow__gt=NOT, deny__lt=SURE)),
        )
        counted["under_conditions"] -= counted["always"]
        return {verdict: counted[verdict] for verdict in Verdict}

    def hits(self, documents: Sequence[SearchedDocument]) -> list[Hit]:
        """What each of these documents says, all its statements taken together; one query for all."""
        rows = (
            SearchedStatement.objects.filter(self._fits, document__in=documents)
            .select_related("conditions", "resources")
            .prefetch_related("resources__patterns")
            .order_by("position")
        )
        causes: dict[int, list[Cause]] = defaultdict(list)
        for row in rows:
            causes[row.document_id].append(self._cause(row))
        proofs = Proofs(self.question)
        return [_hit(document, tuple(causes[document.pk]), proofs) for document in documents]

    def _cause(self, row: SearchedStatement) -> Cause:
        limits = tuple(
            condition
            for condition in (conditions_of(row.conditions) if row.conditions else ())
            if holds(condition, self.question) is None
        )
        is_partial = row.resources_id not in self.resources.sure
        named = tuple(sorted(pattern.text for pattern in row.resources.patterns.all()))
        return Cause(
            path=f"/Statement/{row.position}",
            line=row.line,
            is_allow=row.is_allow,
            is_partial=is_partial,
            resources=named,
            is_all_but=row.resources.is_negated,
            limits=limits,
        )

    def _of_target(self, documents: QuerySet[SearchedDocument]) -> QuerySet[SearchedDocument]:
        given = {"account": self.question.account, "region": self.question.region}
        return documents.filter(**{name: value for name, value in given.items() if value is not None})

    @property
    def _fits(self) -> Q:
        """Statements that fit some request that the question means."""
        fits = Q(IdIn("actions_id", self.actions)) & self.resources.where("resources_id")
        if self.conditions is not None:
            fits &= Q(conditions=None) | self.conditions.where("conditions_id")
        return fits

    @property
    def _surely(self) -> Q:
        """Of these, the statements that fit all of them."""
        sure = Q(conditions=None)
        if self.conditions is not None:
            sure |= self.conditions.surely("conditions_id")
        return self.resources.surely("resources_id") & sure


def _hit(document: SearchedDocument, causes: tuple[Cause, ...], proofs: Proofs) -> Hit:
    """What the statements say that have a part in it, of which one is an Allow."""
    single = _by_single(causes)
    if single is not Verdict.CONDITIONS:
        return Hit(document, single, causes)
    is_allowed = proofs.is_allowed(causes)
    if is_allowed is None:
        return Hit(document, single, causes)
    return Hit(document, Verdict.ALWAYS if is_allowed else Verdict.DENIED, causes, is_by_proof=True)


def _by_single(causes: Sequence[Cause]) -> Verdict:
    """The verdict as the database counts it."""
    denies = [cause for cause in causes if not cause.is_allow]
    if any(_is_sure(cause) for cause in denies):
        return Verdict.DENIED
    if not denies and any(_is_sure(cause) for cause in causes):
        return Verdict.ALWAYS
    return Verdict.CONDITIONS


def _is_sure(cause: Cause) -> bool:
    return not cause.limits and not cause.is_partial


def who_may(viewer: Viewer, question: Question) -> Answer:
    """The answer over the documents that the viewer's team exports now. Raises: InvalidInput."""
    found = list(problems(question, load()))
    if found:
        raise InvalidInput(found)
    team_id = viewer.team_id
    actions, resources = action_lists(team_id, question), resource_lists(team_id, question)
    conditions = None
    if question.context or question.is_complete:
        present = (
            SearchedStatement.objects.filter(
                IdIn("actions_id", actions), resources.where("resources_id"), conditions__isnull=False
            )
            .values_list("conditions", flat=True)
            .distinct()
        )
        conditions = condition_blocks((pk for pk in present if pk is not None), question)
    return Answer(question, team_id, actions, resources, conditions)
