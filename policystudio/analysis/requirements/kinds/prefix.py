"""Every secret or alias whose name begins alike, where at least two of those asked for share that beginning.

The beginning ends at a separator, and of several that the same names share the longest is offered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.analysis.requirements.kinds._names import ALL, Named, all_named, widening

_PREFIX = (
    "every `{word}` whose name begins with `{prefix}`, of the region `{region}` and the account `{account}`"
)
_SEPARATORS = frozenset("/-_.")
_WORDS = frozenset({"alias", "secret"})
_BEHIND = chr(0x10FFFF)
_MOST = 10


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    names = sorted(each for each in all_named(boxes) if each.word in _WORDS)
    counts = {each: _count(each, names) for each in _shared(names)}
    found = 0
    for each in sorted(counts, key=lambda one: (-counts[one], one)):
        # What all of its names but itself share further is the longer one.
        longer = (one for one in counts if counts[one] == counts[each] and _is_longer(one, each))
        if counts[each] < 2 or any(longer):
            continue
        says = {**each.blanks, "prefix": each.name}
        wide = each.called(each.name + ALL)
        yield Generalisation(
            f"prefix:{each.place}:{each.name}", _PREFIX, says, widening(wide, _begins(each.name))
        )
        found += 1
        if found == _MOST:
            return


def _shared(names: Sequence[Named]) -> set[Named]:
    """All that could be offered: what several share is the least that two neighbours do, up to a separator.

    A name that is a beginning itself, or one with a star, is not counted for that and may stand for the one before.
    """
    shared = {
        one.called(_beginning(_common(one.name, other.name)))
        for one, other in pairwise(names)
        if one.is_beside(other)
    }
    bare = ((each, each.name.removesuffix(ALL)) for each in names)
    before = {each.called(_beginning(name[:-1])) for each, name in bare if name[-1:] in _SEPARATORS}
    return {each for each in shared | before if each.name}


def _common(one: str, other: str) -> str:
    """What both begin with."""
    differing = (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    return one[: next(differing, min(len(one), len(other)))]


def _beginning(text: str) -> str:
    """Up to the last separator."""
    return text[: max(text.rfind(each) + 1 for each in _SEPARATORS)]


def _count(beginning: Named, names: Sequence[Named]) -> int:
    """How many names begin so and go on; the beginning with a star is not counted for it."""
    first = bisect_left(names, beginning)
    behind = bisect_left(names, beginning.called(beginning.name + _BEHIND))
    return sum(
        each.name != beginning.name and each.name != beginning.name + ALL for each in names[first:behind]
    )


def _is_longer(one: Named, other: Named) -> bool:
    return one != other and one.is_beside(other) and one.name.startswith(other.name)


def _begins(prefix: str) -> Callable[[Named], bool]:
    return lambda each: each.name.startswith(prefix)


KIND = Kind(order=20, says=(_PREFIX,), offers=_offers)
