"""Which places have the same answer, so that one proof does for all of them.

The argument. Two places get documents that differ only in the texts that placeholders became. A comparison asks, in
each dimension by itself (a field of resource names, or a condition key), which texts fit which of the texts of the
documents; it depends on nothing else but which combinations of "fits" and "fits not" some text has.

*Literals.* Let every text with a placeholder in a dimension be compared as a whole and exactly. In one place they
become the texts `l1 … ln`, in the other `m1 … mn`. If `li = lj` exactly where `mi = mj`, and each other pattern of the
dimension fits `li` exactly where it fits `mi`, then there is a permutation of all texts that takes each `li` to `mi`
and that no other pattern notices: follow `li → mi`, and close every chain by leading its end to its beginning; along a
chain all texts fit the same patterns. So each request of one place has a twin in the other with the same decisions on
both sides, and the answers, and the lines but for these texts, are the same. This is the *aligned* signature.

*Regions.* Where one document has several regions, each text with the region placeholder became a list. If all texts of
each list fit the same other patterns, if the lists of a dimension have no text in common, and if no resource has the
region in more than one of its fields, then nothing tells the regions of a list apart, and the list is to the search
what one literal is. So the place is like one with a single region of any other name: the *plain* signature. The source
itself, its placeholders left as they are, is such a place, and where its signature is the same it is compared instead,
since its lines are the ones that the author knows.

*Everything else* (a placeholder beside a wildcard, in an operator that ignores case, in an operator whose values are
not texts, or in an entry that has no reading) is *hard*: places share a proof only if the placeholders in it have the
same value in both, which makes it a pattern like the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from policystudio.analysis.access.filling import UNFILLED, Blanks
from policystudio.analysis.access.places import Place
from policystudio.analysis.comparing.atoms import value_test
from policystudio.analysis.comparing.domains import Asked, pattern_test
from policystudio.analysis.comparing.statements import Clause, clauses
from policystudio.ram import placeholders
from policystudio.ram.document import Document

EVERYTHING = pattern_test("*")

Name = int | str
"""A field of resource names by its number, or a condition key."""


class _Asked(NamedTuple):
    """A text of a condition or, without an operator, of a field of a resource name."""

    operator: str
    text: str

    @property
    def test(self) -> Asked:
        return value_test(self.operator, self.text) if self.operator else pattern_test(self.text)


@dataclass(slots=True)
class _Dimension:
    """What one dimension holds: literals with placeholders, hard texts with placeholders, and tests without."""

    literals: dict[str, None] = field(default_factory=dict)
    hard: dict[_Asked, None] = field(default_factory=dict)
    fixed: dict[Asked, None] = field(default_factory=dict)

    def take(self, asked: _Asked) -> None:
        test = asked.test
        if "$" not in asked.text or not any(placeholders.find(asked.text)):
            self.fixed[test] = None
        elif test.kind == "exact":
            self.literals[test.text] = None
        else:
            self.hard[asked] = None


class Signatures:
    """Tells for each place which others have the same answer, the documents on both sides being these sources."""

    def __init__(self, sources: Sequence[Document]) -> None:
        self._dimensions: dict[Name, _Dimension] = defaultdict(_Dimension)
        self._hard: set[str] = set()
        self._has_region_twice = False
        for each in clauses(sources):
            self._take(each)
        for dimension in self._dimensions.values():
            self._hard |= {asked.text for asked in dimension.hard}
        self._vectors: dict[tuple[Name, Hashable, str], tuple[bool, ...]] = {}
        self._unfilled = None if self._hard else self._plain(UNFILLED)

    def of(self, place: Place) -> Hashable:
        """Equal for places with the same answer."""
        if place.is_plain:
            plain = self._plain(blanks_of(place))
            if plain is not None:
                return bool(place.before), bool(place.after), plain
        return place.before, place.after, self._aligned(blanks_of(place))

    def is_like_the_sources(self, place: Place) -> bool:
        """Whether the sources with their placeholders as they are have the same answer as the place."""
        return (
            place.is_plain and self._unfilled is not None and self._plain(blanks_of(place)) == self._unfilled
        )

    def every_kind(self) -> list[Blanks] | None:
        """Places of one region, each other one being like one of them; None where patterns may tell more apart.

        A name is either one that stands in the sources, or it is as good as any other.
        """
        if self._hard or self._has_region_twice:
            return None
        names: dict[str, set[str]] = {
            UNFILLED.account: {UNFILLED.account},
            UNFILLED.regions[0]: set(UNFILLED.regions),
        }
        for dimension in self._dimensions.values():
            for literal in dimension.literals:
                if literal not in names or len(dimension.literals) > 1:
                    return None
                others = [test for test in dimension.fixed if test != EVERYTHING]
                if any(test.kind != "exact" for test in others):
                    return None
                names[literal] |= {test.text for test in others if test.text}
        accounts, regions = (sorted(names[each]) for each in (UNFILLED.account, *UNFILLED.regions))
        return [Blanks(account, (region,)) for account in accounts for region in regions]

    def _take(self, clause: Clause) -> None:
        for row in clause.rows:
            for index, text in enumerate(row.fields):
                self._dimensions[index].take(_Asked("", text))
            if sum(map(placeholders.mentions_region, row.fields)) > 1:
                self._has_region_twice = True
        for entry in clause.entries:
            if entry.family == "string":
                for value in entry.values:
                    self._dimensions[entry.key].take(_Asked(entry.operator, value))
            else:
                self._hard |= set(_with_placeholder(entry.values))
        for doubt in clause.unsure:
            self._hard |= set(_with_placeholder(doubt.values))

    def _plain(self, blanks: Blanks) -> Hashable:
        """None where the regions, or two texts of a dimension, can be told apart."""
        if len(blanks.regions) > 1 and self._has_region_twice:
            return None
        found: list[tuple[bool, ...]] = []
        for name, dimension in self._dimensions.items():
            seen: set[str] = set()
            for literal in dimension.literals:
                texts = blanks.fill(literal)
                vectors = {self._vector(name, blanks, text) for text in texts}
                if len(vectors) > 1 or not seen.isdisjoint(texts):
                    return None
                seen.update(texts)
                found += vectors
        return self._hard_values(blanks), tuple(found)

    def _aligned(self, blanks: Blanks) -> Hashable:
        found: list[tuple[int, tuple[bool, ...]]] = []
        for name, dimension in self._dimensions.items():
            texts = [
                text
                for literal in dimension.literals
                for region in blanks.regions
                for text in Blanks(blanks.account, (region,)).fill(literal)
            ]
            found += ((texts.index(text), self._vector(name, blanks, text)) for text in texts)
        return self._hard_values(blanks), tuple(found)

    def _vector(self, name: Name, blanks: Blanks, text: str) -> tuple[bool, ...]:
        """Which of the other texts of the dimension a literal fits."""
        dimension = self._dimensions[name]
        hard = self._hard_values(blanks) if dimension.hard else None
        key = name, hard, text
        found = self._vectors.get(key)
        if found is None:
            tests = list(dimension.fixed)
            for asked in dimension.hard:
                tests += (asked._replace(text=filled).test for filled in blanks.fill(asked.text))
            found = self._vectors[key] = tuple(test.holds(text) for test in tests)
        return found

    def _hard_values(self, blanks: Blanks) -> Hashable:
        """The values of the placeholders in hard texts."""
        names = {each.name for text in self._hard for each in placeholders.find(text)}
        return (
            blanks.account if placeholders.ACCOUNT in names else None,
            blanks.regions if placeholders.REGION in names else None,
        )


def blanks_of(place: Place) -> Blanks:
    """What the placeholders become in a place, all its regions taken together."""
    return Blanks(place.account, tuple(target.region for target in place.targets))


def _with_placeholder(texts: Iterable[str]) -> Iterator[str]:
    return (text for text in texts if any(placeholders.find(text)))
