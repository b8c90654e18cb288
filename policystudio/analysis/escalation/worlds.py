"""The worlds to search: one key, alias and secret of each sort that the documents tell apart, in every state of note.

A sort is what the same statements list, found exactly, as the comparison finds it. A place is a region of an account;
of places where the documents list the same only one is searched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policystudio.analysis.comparing.dimension import bits
from policystudio.analysis.comparing.domains import Domain, pattern_test
from policystudio.analysis.comparing.limits import Budget, Stuck, Unknown
from policystudio.analysis.comparing.statements import Clause, Row
from policystudio.analysis.comparing.texts import text_atoms
from policystudio.analysis.escalation.likeness import tag_sets
from policystudio.analysis.escalation.model import (
    Alias,
    Key,
    Kind,
    Life,
    Material,
    Secret,
    Thing,
    World,
)
from policystudio.analysis.escalation.permissions import Permissions
from policystudio.ram.patterns import matches
from policystudio.ram.resources import Resource

MOST_PLACES = 12


class Sort(NamedTuple):
    """Objects that the same statements list: one of them, and names of the documents that are among them."""

    resource: str
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sorts:
    """What there is to tell apart in one place; `fresh` is a key that nothing names in full."""

    keys: tuple[Sort, ...]
    aliases: tuple[Sort, ...]
    secrets: tuple[Sort, ...]
    fresh: str


def sorts(clauses: Sequence[Clause], budget: Budget) -> list[Sorts]:
    """The sorts of each place. Raises: Stuck when the budget is spent, also by too many places."""
    listing = _Listing(clauses, budget)
    kept: list[tuple[dict[Kind, frozenset[int]], Sorts]] = []
    found = [
        (region, account, listing.at(region, account))
        for region in listing.regions
        for account in listing.accounts
    ]
    for region, account, by_kind in sorted(found, key=lambda each: -sum(map(len, each[2].values()))):
        marks = {kind: frozenset(each) for kind, each in by_kind.items()}
        if any(all(marks[kind] <= other[kind] for kind in Kind) for other, _sorts in kept):
            continue
        if len(kept) == MOST_PLACES:
            raise Stuck(Unknown("too-many-states", "places"))
        kept.append((marks, listing.sorts_of(region, account, by_kind)))
    speaking = [each for marks, each in kept if any(mark - {0} for mark in marks.values())]
    return speaking or [each for _marks, each in kept]


class _Listing:
    """Which statements list what: every field of a resource is cut into atoms by itself, then they are combined."""

    def __init__(self, clauses: Sequence[Clause], budget: Budget) -> None:
        self._budget = budget
        self._rows = [
            (index, row) for index, clause in enumerate(clauses) for row in clause.rows if _is_of_kms(row)
        ]
        self._excluding = sum(1 << index for index, clause in enumerate(clauses) if clause.excludes_resources)
        self._literals = {row.text for _index, row in self._rows}
        self.regions = self._atoms(1, "cn-hangzhou")
        self.accounts = self._atoms(2, "1234567890123456")
        self._rests = {kind: self._atoms(3, f"{kind}/example", f"{kind}/*") for kind in Kind}

    def at(self, region: str, account: str) -> dict[Kind, dict[int, list[str]]]:
        """Kind → the statements that list something → names of what they list in this place."""
        here = self.regions[region] & self.accounts[account]
        found: dict[Kind, dict[int, list[str]]] = {}
        for kind, rests in self._rests.items():
            found[kind] = {}
            for rest, fitting in rests.items():
                self._budget.state("resource", ())
                resource = str(Resource("kms", region, account, rest))
                found[kind].setdefault(self._statements(here & fitting), []).append(resource)
        return found

    def sorts_of(self, region: str, account: str, by_kind: dict[Kind, dict[int, list[str]]]) -> Sorts:
        """A name for each sort, one of the documents where there is one.

        Decision: nobody chooses the id of a new key, so it is one that only patterns for nearly every key fit.
        """
        made = {
            kind: tuple(self._sort(resources, listed) for listed, resources in by_mark.items())
            for kind, by_mark in by_kind.items()
        }
        fresh = str(Resource("kms", region, account, "key/new-key"))
        while fresh in self._literals:
            fresh += "-"
        return Sorts(made[Kind.KEY], made[Kind.ALIAS], made[Kind.SECRET], fresh)

    def _sort(self, resources: Sequence[str], listed: int) -> Sort:
        named = tuple(resource for resource in resources if resource in self._literals)
        if named:
            return Sort(named[0], named)
        return Sort(self._readable(resources[0], ("example", "-example")), ())

    def _readable(self, resource: str, endings: Sequence[str]) -> str:
        """A name of the same sort that does not look like chance."""
        if resource.endswith("example") and resource not in self._literals and "example" in endings:
            return resource
        whole = self._of(resource)
        kind, _slash, name = resource.partition("/")
        bare = f"{kind}/{name[:-1]}"
        for other in (*(f"{bare}{ending}" for ending in endings), *(f"{kind}/{each}" for each in endings)):
            if self._of(other) == whole and other not in self._literals:
                return other
        return resource

    def _of(self, resource: str) -> int:
        """The statements that list a resource. Raises: Stuck when the time is up."""
        self._budget.look_at_clock("names")
        fields = resource.split(":", 4)[1:]
        fitting = sum(
            1 << at
            for at, (_index, row) in enumerate(self._rows)
            if all(matches(field, part) for field, part in zip(row.fields, fields, strict=True))
        )
        return self._statements(fitting)

    def _statements(self, fitting: int) -> int:
        """From the rows that fit to the statements that list it."""
        found = 0
        for at in bits(fitting):
            found |= 1 << self._rows[at][0]
        return found ^ self._excluding

    def _atoms(self, field: int, sample: str, within: str = "") -> dict[str, int]:
        """A text of each atom of a field → the rows that it fits."""
        by_pattern: dict[str, int] = {}
        for at, (_index, row) in enumerate(self._rows):
            by_pattern[row.fields[field]] = by_pattern.get(row.fields[field], 0) | 1 << at
        patterns = [*by_pattern]
        if within in by_pattern or not within:
            inside = 1 << patterns.index(within) if within else None
        else:
            inside = 1 << len(patterns)
            patterns.append(within)
        domain = Domain(("", "region", "account", "rest")[field], None if field == 3 else 0, field != 3)
        vectors = text_atoms([pattern_test(each) for each in patterns], inside, domain, self._budget)
        own = sum(1 << at for at, pattern in enumerate(patterns) if matches(pattern, sample))
        if own in vectors and vectors[own] not in patterns:
            # A name that readers know tells more than a lone letter.
            vectors[own] = sample
        return {
            text: sum(by_pattern.get(patterns[at], 0) for at in bits(vector))
            for vector, text in vectors.items()
            if not text.endswith("/")
        }


def _is_of_kms(row: Row) -> bool:
    return matches(row.fields[0], "kms")


PLAIN = Thing()
ODD = (
    Thing(is_protected=True),
    Thing(life=Life.DISABLED),
    Thing(life=Life.PENDING),
    Thing(material=Material.IMPORTED),
    Thing(material=Material.AWAITED),
)
"""States of note in which a key may be found beside the plain one."""
MOST_ODD = 6
"""So many sets of tags are tried with each of these; beyond, tagged keys are searched in the plain state alone."""


def keys_of(
    found: Sorts, permissions: Permissions, budget: Budget, judges: Sequence[Permissions] = ()
) -> tuple[Key, ...]:
    """A key of every sort in every state of note, and one that the holder may make; `judges` as for `tag_sets`.

    Raises: Stuck.
    """
    keys: list[Key] = []
    for sort in found.keys:
        tags = tag_sets(permissions, sort.resource, budget, judges)
        keys += (Key(sort.resource, PLAIN._replace(tags=each)) for each in tags)
        keys += (Key(sort.resource, start._replace(tags=each)) for start in ODD for each in tags[:MOST_ODD])
    return (*keys, Key(found.fresh, Thing(life=Life.ABSENT)))


def with_others(found: Sorts, keys: tuple[Key, ...], hard: int, easy: int) -> World:
    """The world with aliases that point at the key that is the hardest to read with, and secrets under either."""
    aliases = tuple(Alias(sort.resource, hard) for sort in found.aliases)
    secrets = tuple(
        Secret(sort.resource, start, key)
        for sort in found.secrets
        for start in (Thing(), Thing(life=Life.PENDING))
        for key in dict.fromkeys((None, easy, hard))
    )
    return World(keys, aliases if keys else (), secrets)
