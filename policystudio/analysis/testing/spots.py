"""Where tests are asked, and which targets cannot answer differently, so that one of them is asked for all.

The argument for sharing is that of `analysis/access/sharing.py`, the texts of the requests being further texts of the
documents: of two targets with the same signature, an exchange of names that no pattern notices takes the document and
the request of the one to those of the other. A value of the context with a placeholder is taken as a hard text, since
the operators on that key may be of any family.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from policystudio.analysis.access.filling import UNFILLED, Blanks
from policystudio.analysis.access.places import Place, places
from policystudio.analysis.access.sharing import Signatures
from policystudio.analysis.request import Request
from policystudio.ram.document import Condition, Document, Effect, Statement, Text
from policystudio.ram.render import Target

NOWHERE = Target(UNFILLED.account, UNFILLED.regions[0])
"""Where a policy without targets is asked: its placeholders stand for themselves, in documents and tests alike."""
_HARD = "StringEqualsIgnoreCase"


@dataclass(frozen=True, slots=True)
class Spot:
    """A target and the regions of its document, which are several where these are combined."""

    target: Target
    regions: tuple[str, ...]

    @property
    def blanks(self) -> Blanks:
        """What the placeholders of the document become."""
        return Blanks(self.target.account, self.regions)

    @property
    def is_nowhere(self) -> bool:
        return self.target == NOWHERE


def spots_of(named: Iterable[tuple[Target, str]]) -> list[Spot]:
    """The targets, each with the name that its RAM policy has there; one that stands for all where there is none."""
    found = [
        Spot(Target(place.account, region), regions)
        for place in places((), named)
        for regions in place.after
        for region in regions
    ]
    return sorted(found, key=lambda spot: spot.target) or [Spot(NOWHERE, (NOWHERE.region,))]


def alike(
    source: Document, spots: Sequence[Spot], requests: Iterable[Request], others: Sequence[Statement] = ()
) -> list[list[Spot]]:
    """The spots, those together where no request can be answered differently; the first of each may stand for all.

    It holds for the source and for each document that differs from it by some of the `others`.
    """
    made = [
        *source.statements,
        *others,
        *(_as_statement(request) for request in dict.fromkeys(map(_frozen, requests))),
    ]
    signatures = Signatures([replace(source, statements=tuple(made))])
    groups: dict[Hashable, list[Spot]] = defaultdict(list)
    known: dict[tuple[str, tuple[str, ...]], Hashable] = {}
    for spot in spots:
        place = spot.target.account, spot.regions
        if place not in known:
            known[place] = signatures.of(Place(spot.target.account, (), (spot.regions,)))
        # Of several regions in one document each is asked for itself: the request is one of them, not all.
        groups[known[place], spot.target.region if len(spot.regions) > 1 else ""].append(spot)
    return list(groups.values())


_Frozen = tuple[str, tuple[tuple[str, str], ...]]


def _frozen(request: Request) -> _Frozen:
    return request.resource, tuple(request.context.items())


def _as_statement(request: _Frozen) -> Statement:
    """A statement that holds the texts of a request; it is never asked, only looked at."""
    resource, context = request
    conditions = (
        Condition(_text(_HARD if "$" in value else "StringEquals"), _text(key), (_text(value),), "", False)
        for key, value in context
    )
    return Statement(0, "", 0, 0, Effect.ALLOW, (), (), (_text(resource),), (), tuple(conditions), None)


def _text(text: str) -> Text:
    return Text(text, "", 0, 0)
