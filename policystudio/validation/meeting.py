"""Where two rights of a document meet: on a resource that both take and that no Deny without a condition takes back.

Whoever may lift the protection of `key/a` and delete `key/b` can delete neither a protected key nor another one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from policystudio.ram.document import Statement
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.placeholders import KNOWN, substitute
from policystudio.ram.resources import resources_meet
from policystudio.validation.confidence import rank, weakest
from policystudio.validation.context import Context
from policystudio.validation.reach import Grant
from policystudio.validation.shares import shares

_MOST_COMPARED = 20_000
"""So many pairs of resources at most are compared; what RAM takes for a document has fewer."""
_ANYTHING = dict.fromkeys(KNOWN, "*")


class Meeting(NamedTuple):
    """Two rights that can be used on the same resource."""

    first: Grant
    second: Grant

    @property
    def confidence(self) -> str:
        """How sure it is that both exist and act on their resources."""
        return weakest(self.first.confidence, self.second.confidence)


def meetings(
    firsts: Iterable[Grant], seconds: Iterable[Grant], context: Context, kind: str = "key"
) -> list[Meeting]:
    """One for each pair of statements with rights that meet on resources of a type, the best known first.

    A right to create something of that type meets a pattern that what is created may fit.
    """
    these = [(grant, _parts(grant, context, kind)) for grant in _grouped(firsts, context)]
    if not these:
        return []
    others = [(grant, _parts(grant, context, kind)) for grant in _grouped(seconds, context)]
    pairs = (
        (one, here, other, there)
        for one, parts in these
        for other, others_parts in others
        for here in parts
        for there in others_parts
    )
    found: dict[tuple[int, int], Meeting] = {}
    for one, here, other, there in islice(pairs, _MOST_COMPARED):
        statements = one.statement.index, other.statement.index
        if (
            statements not in found
            and _meet(here, there)
            and not _is_denied(one, here, other, there, context)
        ):
            found[statements] = Meeting(one, other)
    return sorted(found.values(), key=lambda meeting: rank(meeting.confidence))


def sides(those: Iterable[Meeting]) -> tuple[list[Statement], list[Statement]]:
    """The statements of the first and of the second rights, each once, in the order of the document."""
    found = list(those)
    firsts, seconds = (
        {each[side].statement.index: each[side].statement for each in found} for side in (0, 1)
    )
    return [firsts[i] for i in sorted(firsts)], [seconds[i] for i in sorted(seconds)]


class _Part(NamedTuple):
    """A part of the resources of a right."""

    listed: str
    filled: str
    """The same with a star for what is filled in later."""
    is_made: bool
    """Whether it is where something new is made, under a name that nobody chooses."""


def _grouped(grants: Iterable[Grant], context: Context) -> list[Grant]:
    """Of each statement the best known right among those that are denied alike."""
    best: dict[object, Grant] = {}
    for grant in grants:
        alike = grant.statement.index, context.denials.of(grant.action.name), grant.action.resource_types
        if alike not in best or rank(grant.confidence) < rank(best[alike].confidence):
            best[alike] = grant
    return sorted(best.values(), key=lambda grant: rank(grant.confidence))


def _parts(grant: Grant, context: Context, kind: str) -> list[_Part]:
    reach, container = context.reach(grant.statement), f"{kind}-container"
    if kind in grant.action.resource_types or (kind == "alias" and grant.action.accepts_alias):
        return [_Part(each, substitute(each, _ANYTHING), False) for each in shares(grant, reach, kind)]
    if container not in grant.action.resource_types:
        return []
    listed = shares(grant, reach, container)
    return [_Part(each, substitute(each, _ANYTHING) + "/*", True) for each in listed]


def _meet(here: _Part, there: _Part) -> bool:
    if here.is_made and not has_wildcard(there.filled.rpartition(":")[2]):
        return False
    return resources_meet(here.filled, there.filled)


def _is_denied(one: Grant, here: _Part, other: Grant, there: _Part, context: Context) -> bool:
    """Whether one of the two rights is taken back where they meet."""
    denials = context.denials
    return any(
        denials.cover(denials.of(grant.action.name), part.listed)
        for grant in (one, other)
        for part in (here, there)
    )
