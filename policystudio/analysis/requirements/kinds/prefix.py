"""Every secret or alias whose name begins alike, where at least two of those asked for share that beginning.

The beginning ends at a separator, and of several that the same names share the longest is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.analysis.requirements.kinds._names import ALL, Named, all_named, widening

_PREFIX = (
    "every `{word}` whose name begins with `{prefix}`, of the region `{region}` and the account `{account}`"
)
_SEPARATORS = frozenset("/-_.")
_WORDS = frozenset({"alias", "secret"})
_MOST = 10


def _offers(boxes: Sequence[Box], _scene: Scene) -> Iterator[Generalisation]:
    sharing: Counter[Named] = Counter()
    longer: set[Named] = set()
    names = [each for each in all_named(boxes) if each.word in _WORDS]
    for each in names:
        sharing.update(_beginnings(each))
    for each in names:
        for shorter, longest in zip(_beginnings(each), _beginnings(each)[1:], strict=False):
            if sharing[shorter] == sharing[longest]:
                longer.add(shorter)
    shared = [each for each, count in sharing.items() if count > 1 and each not in longer]
    for each in sorted(shared, key=lambda one: (-sharing[one], one))[:_MOST]:
        says = {**each.blanks, "prefix": each.name}
        wide = each.called(each.name + ALL)
        yield Generalisation(
            f"prefix:{each.place}:{each.name}", _PREFIX, says, widening(wide, _begins(each.name))
        )


def _beginnings(each: Named) -> list[Named]:
    """Up to each separator, the shortest first; a name that is a beginning with a star is not counted for that."""
    ends = [place + 1 for place, character in enumerate(each.name) if character in _SEPARATORS]
    return [
        each.called(each.name[:end])
        for end in ends
        if each.name[:end] + ALL != each.name and end < len(each.name)
    ]


def _begins(prefix: str) -> Callable[[Named], bool]:
    return lambda each: each.name.startswith(prefix)


KIND = Kind(order=20, says=(_PREFIX,), offers=_offers)
