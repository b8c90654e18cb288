"""What a release allows that the one before did not, and the other way round, over all places that it goes to.

Places with the same answer are compared once, see `sharing.py`; each of the others for itself, all within one budget.
Every request that is shown is one of a real target, and the evaluator has confirmed it there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from time import monotonic

from policystudio.analysis.access.answers import Access, Group, Line, Shown
from policystudio.analysis.access.filling import UNFILLED, Blanks, Words, filled
from policystudio.analysis.access.places import Place, Regions
from policystudio.analysis.access.sharing import Signatures, blanks_of
from policystudio.analysis.access.telling import telling
from policystudio.analysis.comparing import (
    Cause,
    Change,
    Comparison,
    Limits,
    Witness,
    compare,
)
from policystudio.analysis.comparing.answers import Names
from policystudio.analysis.comparing.catalogued import gravity
from policystudio.analysis.comparing.statements import Place as StatementPlace
from policystudio.analysis.deciding import Policies
from policystudio.analysis.request import Request
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document
from policystudio.ram.placeholders import substitute
from policystudio.ram.render import Target

_STATED_LIMITS = Limits()


def prove(
    before: Document | None,
    after: Document,
    places: Sequence[Place],
    *,
    limits: Limits = _STATED_LIMITS,
    catalogue: Catalogue | None = None,
) -> Access:
    """What changes when the source `before` (None: nothing) gives way to `after` in these places.

    Both have placeholders that `is_fillable` finds no fault with. `limits` hold for all places together.
    """
    catalogue = catalogue or load()
    sources = (Document(after.source, after.value, ()) if before is None else before, after)
    signatures = Signatures(sources)
    shared: dict[Hashable, list[Place]] = defaultdict(list)
    for place in places:
        shared[signatures.of(place)].append(place)
    prover = _Prover(sources, limits, catalogue)
    groups = [
        prover.group(those, as_source=signatures.is_like_the_sources(those[0]))
        for those in sorted(shared.values(), key=len, reverse=True)
    ]
    return Access(tuple(sorted(_merged(groups), key=lambda group: _rank(group, catalogue))), prover.proofs)


class _Prover:
    """Makes one comparison after the other, until the time is up."""

    def __init__(self, sources: tuple[Document, Document], limits: Limits, catalogue: Catalogue) -> None:
        self._sources = sources
        self._limits = limits
        self._catalogue = catalogue
        self._ends = monotonic() + limits.milliseconds / 1000
        self.proofs = 0

    def group(self, places: Sequence[Place], *, as_source: bool) -> Group:
        """What changes in places with the same answer. The first of them serves as the example."""
        place = places[0]
        if as_source:
            found = self._located(self._compared(self._open(place)), place)
            if found is not None:
                return replace(found, places=tuple(places))
        return replace(self._real(place), places=tuple(places))

    def _open(self, place: Place) -> tuple[list[Document], list[Document]]:
        old, new = (filled(source, UNFILLED) for source in self._sources)
        return [old] if place.before else [], [new] if place.after else []

    def _documents(self, place: Place) -> tuple[list[Document], list[Document]]:
        old, new = self._sources
        return (
            [filled(old, Blanks(place.account, regions)) for regions in place.before],
            [filled(new, Blanks(place.account, regions)) for regions in place.after],
        )

    def _judges(self, place: Place) -> list[Policies]:
        return [Policies.of(documents) for documents in self._documents(place)]

    def _compared(self, sides: tuple[list[Document], list[Document]]) -> Comparison:
        self.proofs += 1
        left = max(int((self._ends - monotonic()) * 1000), 1)
        limits = replace(self._limits, milliseconds=min(left, self._limits.milliseconds))
        return compare(*sides, limits=limits, catalogue=self._catalogue)

    def _located(self, found: Comparison, place: Place) -> Group | None:
        """The comparison of the sources, its requests as those of a target; None when that is not confirmed there."""
        if (found.witness and not found.added) or (found.lost and not found.removed):
            # Shown by a request without a line, which nothing confirms at the target.
            return None
        target = place.targets[0]
        judges = self._judges(place)
        values = {"account": target.account, "region": target.region}

        def at_target(change: Change) -> Line | None:
            asked = change.witness.request
            context = {key: substitute(value, values) for key, value in asked.context.items()}
            request = Request(asked.action, substitute(asked.resource, values), context)
            was, now = (judge.decide(request) for judge in judges)
            if (was, now) != (change.witness.before, change.witness.after):
                return None
            change = replace(change, witness=Witness(request, was, now))
            return Line(_by_statement(telling(change, judges, target, self._catalogue)), target)

        sides = [[at_target(change) for change in side] for side in (found.added, found.removed)]
        added, removed = (tuple(line for line in side if line is not None) for side in sides)
        if len(added) + len(removed) < len(found.added) + len(found.removed):
            # A fresh letter of a witness may happen to be the name of a region.
            return None
        return _group(place, found, added, removed)

    def _real(self, place: Place) -> Group:
        """The place compared for itself, and told in the words of the source where that is exact."""
        found = self._compared(self._documents(place))
        words, judges = Words(self._sources, blanks_of(place)), self._judges(place)

        def line(change: Change, regions: Sequence[str]) -> Line:
            target = Target(place.account, _region_of(change.witness.request, regions))
            told = telling(change, judges, target, self._catalogue)
            return Line(_by_statement(_in_words(told, words)), target)

        def lines(changes: Iterable[Change], sides: tuple[Regions, ...]) -> tuple[Line, ...]:
            regions = sorted({region for side in sides for region in side})
            return tuple(line(change, regions) for change in changes)

        def shown(witness: Witness | None, sides: tuple[Regions, ...]) -> Shown | None:
            if witness is None:
                return None
            regions = sorted({region for side in sides for region in side})
            return Shown(witness, Target(place.account, _region_of(witness.request, regions)))

        group = _group(place, found, lines(found.added, place.after), lines(found.removed, place.before))
        return replace(
            group,
            shown=None if group.added else shown(found.witness, place.after),
            shown_lost=None if group.removed else shown(found.lost, place.before),
        )


def _group(place: Place, found: Comparison, added: tuple[Line, ...], removed: tuple[Line, ...]) -> Group:
    return Group(
        (place,),
        found.grants_new_access,
        found.revokes_access,
        added,
        removed,
        found.complete,
        found.reason,
    )


def _region_of(request: Request, regions: Sequence[str]) -> str:
    """The region that the request speaks of, if it is one of these."""
    fields = request.resource.split(":", 4)
    return fields[2] if len(fields) == 5 and fields[2] in regions else regions[0]


def _by_statement(change: Change) -> Change:
    """The statements by their places in the sources, of which there is one on each side."""
    causes = (Cause(cause.side, StatementPlace(0, cause.place.path)) for cause in change.causes)
    return replace(change, causes=tuple(dict.fromkeys(causes)))


def _in_words(change: Change, words: Words) -> Change:
    names = change.resources
    return replace(
        change,
        resources=Names(
            words.said(names.any_of), words.said(names.but_not), tuple(map(words.said, names.within))
        ),
        conditions=tuple(
            limit
            if limit.present is None
            else replace(
                limit,
                present=tuple(test._replace(values=words.said(test.values)) for test in limit.present),
            )
            for limit in change.conditions
        ),
    )


def _merged(groups: Sequence[Group]) -> list[Group]:
    """Groups that read the same made one; the requests of the first stand for all."""
    found: dict[Hashable, Group] = {}
    for group in groups:
        said = (
            group.is_new,
            group.is_gone,
            group.grants,
            group.revokes,
            group.complete,
            group.reason,
            *(tuple(_without_witness(line.change) for line in side) for side in (group.added, group.removed)),
        )
        other = found.get(said)
        found[said] = group if other is None else replace(other, places=(*other.places, *group.places))
    return list(found.values())


def _without_witness(change: Change) -> Hashable:
    return (
        change.actions,
        change.resources,
        change.conditions,
        change.known,
        change.has_unlisted,
        change.certainty,
        change.causes,
    )


def _rank(group: Group, catalogue: Catalogue) -> tuple[int, int, int]:
    """The gravest new access first, then what is removed, then what covers most places."""
    added = min((gravity(line.change.known, catalogue) for line in group.added), default=99)
    removed = min((gravity(line.change.known, catalogue) for line in group.removed), default=99)
    return added, removed, -len(group.places)
