"""For which accounts and regions a source has to mean the same afterwards, and by which few of them that is shown.

A placeholder may become a name that the document also spells out, and then a Deny on that name concerns it; so
what changes nothing with the placeholders as they stand may still change something in one place. Every text of a result
stands in the original, so places that are alike for the original are alike for both. See `access/sharing.py`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policystudio.analysis.access import places
from policystudio.analysis.access.filling import UNFILLED, Blanks, is_fillable
from policystudio.analysis.access.sharing import Signatures, blanks_of
from policystudio.analysis.comparing import Unknown
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.minimising.answers import Scope
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document
from policystudio.ram.render import RegionMode, Target, ram_name

_REGION, _ACCOUNT = re.compile("[a-z0-9-]+"), re.compile("[0-9]+")
MOST_WORLDS = 40
"""More are not looked at: each of them takes as long as a document of its own."""

MOST_PLACES = 1_000
"""So many places are looked at, to see which are alike, when nobody has said which there are."""


class Worlds(NamedTuple):
    """What takes the place of the placeholders in each; None where there are too many, with the reason."""

    blanks: tuple[Blanks, ...] | None
    scope: Scope
    reason: Unknown | None = None


def worlds(
    document: Document, targets: Sequence[Target], region_mode: RegionMode, catalogue: Catalogue
) -> Worlds:
    """The places to look at: of every place if that can be, otherwise of the targets.

    Without targets those of every region that the catalogue knows and every account and region that the document names.
    """
    if "$" not in document.source.text and "\\" not in document.source.text:
        return Worlds((UNFILLED,), Scope.EVERYWHERE)
    if not is_fillable(document):
        return Worlds((UNFILLED,), Scope.AS_WRITTEN)
    signatures = Signatures([document])
    kinds = signatures.every_kind() or []
    is_mixed = region_mode is RegionMode.COMBINED and len({blanks.regions for blanks in kinds}) > 1
    if kinds and len(kinds) <= MOST_WORLDS and not is_mixed:
        return Worlds(tuple(sorted(kinds, key=lambda each: each != UNFILLED)), Scope.EVERYWHERE)
    scope = Scope.TARGETS if targets else Scope.KNOWN_REGIONS
    targets = targets or _named(document, catalogue)
    named = [(target, ram_name("", region_mode, target.region)) for target in targets]
    if scope is Scope.KNOWN_REGIONS and len(targets) > MOST_PLACES:
        return Worlds(None, scope, Unknown("too-many-places", "placeholders"))
    unlike = {
        signatures.of(place): UNFILLED if signatures.is_like_the_sources(place) else blanks_of(place)
        for place in reversed(places(named, named))
    }
    if len(unlike) > MOST_WORLDS:
        return Worlds(None, scope, Unknown("too-many-places", "placeholders"))
    return Worlds(tuple(reversed(unlike.values())), scope)


def _named(document: Document, catalogue: Catalogue) -> list[Target]:
    """Targets of every region and account that is named somewhere, and of one each that nobody names."""
    read = clauses([document])
    rows = [row.fields for each in read for row in each.rows]
    values = {value for each in read for entry in each.entries for value in entry.values}
    accounts = {text for text in (*values, *(row[2] for row in rows)) if _ACCOUNT.fullmatch(text)}
    regions = {text for text in (*values, *(row[1] for row in rows)) if _REGION.fullmatch(text)}
    return [
        Target(account, region)
        for account in (UNFILLED.account, *sorted(accounts))
        for region in (*UNFILLED.regions, *sorted(regions.union(catalogue.regions)))
    ]
