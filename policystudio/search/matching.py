"""Puts a question to the few different patterns and conditions of a team: which lists fit surely, and which perhaps.

The database leaves out only what cannot fit; matching is done here, by the matchers that decide everywhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from policystudio.analysis.deciding.entries import Answer, compiled
from policystudio.ram.document import Condition, Text
from policystudio.ram.patterns import has_wildcard, matches, meets
from policystudio.ram.resources import covers_resource, matches_resource, split
from policystudio.search.id_in import IdIn
from policystudio.search.models import (
    ANY,
    HEAD,
    ActionList,
    ActionPattern,
    ConditionBlock,
    ResourceList,
    ResourcePattern,
)
from policystudio.search.parts import fingerprint, folded, head_of
from policystudio.search.question import Question

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Fitting:
    """Primary keys of lists: those that fit all of what is asked, and those that may fit some; None is all others."""

    sure: frozenset[int]
    perhaps: frozenset[int] | None

    def where(self, column: str) -> Q:
        """The rows whose list fits, be it perhaps."""
        return Q() if self.perhaps is None else Q(IdIn(column, self.sure | self.perhaps))

    def surely(self, column: str) -> Q:
        """The rows whose list fits whatever is asked."""
        return Q(IdIn(column, self.sure))


def action_lists(team_id: int, question: Question) -> frozenset[int]:
    """The lists that name the action, or do not leave it out."""
    action = folded(question.action)
    patterns = ActionPattern.objects.filter(team_id=team_id).values_list("pk", "text")
    named = {pk for pk, text in patterns if matches(text, action)}
    return frozenset(_naming(ActionList.objects.filter(team_id=team_id), named, named))


def resource_lists(team_id: int, question: Question) -> Fitting:
    """The lists that fit the resource; for a pattern, surely those that fit all of it."""
    lists = ResourceList.objects.filter(team_id=team_id)
    if question.resource is None:
        # Only the lone star is every resource, and every list is some.
        star = ResourcePattern.objects.filter(team_id=team_id, sha256=fingerprint(EVERYTHING))
        named = set(star.values_list("pk", flat=True))
        return Fitting(frozenset(_naming(lists.filter(is_negated=False), named, set())), None)
    covering, meeting = set(), set()
    for pk, text in _candidates(team_id, question.resource):
        if _covers(text, question.resource, is_exact=question.is_exact):
            covering.add(pk)
        elif not question.is_exact and _meets(text, question.resource):
            meeting.add(pk)
    sure = frozenset(_naming(lists, covering, covering | meeting))
    return Fitting(sure, frozenset(_naming(lists, covering | meeting, covering)) - sure)


def _naming(lists: QuerySet[Any], listed: set[int], excepted: set[int]) -> Iterator[int]:
    """The lists with one of the patterns `listed`, and the negated ones with none of `excepted`."""
    keys = lists.values_list("pk", flat=True)
    yield from keys.filter(IdIn("patterns", listed), is_negated=False).distinct()
    negated = set(keys.filter(is_negated=True))
    if negated:
        yield from negated - set(keys.filter(IdIn("patterns", excepted), is_negated=True))


def _candidates(team_id: int, resource: str) -> Iterable[tuple[int, str]]:
    """The patterns that may have to do with the resource, by what is kept of them for this."""
    found = ResourcePattern.objects.filter(team_id=team_id)
    fields = split(resource)
    if fields is not None:
        for name, field in zip(("service", "region", "account"), fields[:3], strict=True):
            if not has_wildcard(field):
                found = found.filter(**{f"{name}__in": (field[:HEAD], ANY)})
        head = head_of(fields.relative_id)
        may_start = Q(head__in=[head[:length] for length in range(len(head) + 1)])
        if has_wildcard(fields.relative_id):
            may_start |= Q(head__startswith=head)
        found = found.filter(may_start)
    return found.values_list("pk", "text")


def _covers(pattern: str, resource: str, *, is_exact: bool) -> bool:
    return matches_resource(pattern, resource) if is_exact else covers_resource(pattern, resource)


def _meets(pattern: str, resource: str) -> bool:
    one, other = split(pattern), split(resource)
    return one is not None and other is not None and all(map(meets, one, other))


def condition_blocks(keys: Iterable[int], question: Question) -> Fitting:
    """Of these blocks, those that hold for whatever request is meant, and those that hold for some."""
    sure: set[int] = set()
    perhaps: set[int] = set()
    for block in ConditionBlock.objects.filter(IdIn("pk", keys)):
        answers = [holds(condition, question) for condition in conditions_of(block)]
        if False in answers:
            continue
        (perhaps if None in answers else sure).add(block.pk)
    return Fitting(frozenset(sure), frozenset(perhaps))


def conditions_of(block: ConditionBlock) -> Iterator[Condition]:
    """The conditions of a block, as the evaluator takes them."""
    for operator, key, values in block.entries:
        yield Condition(_text(operator), _text(key), tuple(map(_text, values)), "", is_list=True)


def holds(condition: Condition, question: Question) -> Answer:
    """Whether the condition holds; None where that depends on what the question leaves open."""
    given = question.context.get(condition.key.text)
    if given is None and not question.is_complete:
        return None
    return compiled(condition).holds(given)


def _text(value: str) -> Text:
    return Text(value, "", 0, 0)
