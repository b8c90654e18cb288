"""Which points another one allows too: with fewer keys, a wider resource name or a wider network. They can be dropped.

What is allowed stays the same. Decision: where comparing every pair would take too long, a covered point may stay; the
document is longer then, and as exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from policystudio.analysis.requirements.asked import takes_networks
from policystudio.analysis.requirements.boxes import Point
from policystudio.catalog.model import Catalogue
from policystudio.ram.operators import address
from policystudio.ram.patterns import has_wildcard
from policystudio.ram.resources import covers_resource

_MOST_KEY_SETS = 200
_MOST_PAIRS = 300_000


def uncovered(points: Iterable[Point], catalogue: Catalogue) -> set[Point]:
    """The points without those that another one covers."""
    left = _without_more_keys(set(points))
    by_action: dict[str, list[Point]] = defaultdict(list)
    for point in left:
        by_action[point.action].append(point)
    pairs = 0
    for those in by_action.values():
        wide = sorted(point for point in those if _is_wide(point, catalogue))
        pairs += len(wide) * len(those)
        if pairs > _MOST_PAIRS:
            break
        left -= _covered(wide, those, catalogue)
    return left


def _without_more_keys(points: set[Point]) -> set[Point]:
    """Without the points that ask for more than another one with the same values."""
    sets = sorted({point.keys for point in points}, key=len)
    if len(sets) > _MOST_KEY_SETS:
        return points
    fewer = {keys: [frozenset(other) for other in sets if set(other) < set(keys)] for keys in sets}
    if sum(len(fewer[point.keys]) for point in points) > _MOST_PAIRS:
        return points
    return {point for point in points if not any(_only(point, keys) in points for keys in fewer[point.keys])}


def _only(point: Point, keys: frozenset[str]) -> Point:
    return point._replace(conditions=tuple(pair for pair in point.conditions if pair[0] in keys))


class Allowed:
    """What a set of points allows: themselves, and what one of them covers. Answers are remembered."""

    def __init__(self, points: Collection[Point], catalogue: Catalogue) -> None:
        self._points, self._catalogue = points, catalogue
        self._key_sets = {point.keys for point in points}
        self._fewer: dict[tuple[str, ...], list[frozenset[str]]] = {}
        self._wide: dict[str, list[Point]] = defaultdict(list)
        for point in points:
            if _is_wide(point, catalogue):
                self._wide[point.action].append(point)
        self._known: dict[Point, bool] = {}

    def __contains__(self, point: Point) -> bool:
        found = self._known.get(point)
        if found is None:
            found = self._known[point] = point in self._points or self._covers(point)
        return found

    def _covers(self, point: Point) -> bool:
        fewer = self._fewer.get(point.keys)
        if fewer is None:
            fewer = [frozenset(keys) for keys in self._key_sets if set(keys) < set(point.keys)]
            self._fewer[point.keys] = fewer
        return any(_only(point, keys) in self._points for keys in fewer) or any(
            covers(wider, point, self._catalogue) for wider in self._wide[point.action]
        )


def _is_wide(point: Point, catalogue: Catalogue) -> bool:
    networks = (value for key, value in point.conditions if takes_networks(key, catalogue))
    return has_wildcard(point.resource) or any("/" in value for value in networks)


def _covered(wide: Sequence[Point], points: Sequence[Point], catalogue: Catalogue) -> set[Point]:
    gone: set[Point] = set()
    for wider in wide:
        if wider not in gone:
            left = (point for point in points if point != wider and point not in gone)
            gone.update(point for point in left if covers(wider, point, catalogue))
    return gone


def covers(wider: Point, narrower: Point, catalogue: Catalogue) -> bool:
    """Whether the statement of `wider` allows all that the statement of `narrower` does."""
    if wider.action != narrower.action:
        return False
    has = dict(narrower.conditions)
    for key, value in wider.conditions:
        if key not in has:
            return False
        if value != has[key] and not (takes_networks(key, catalogue) and holds(value, has[key])):
            return False
    return covers_resource(wider.resource, narrower.resource)


def holds(block: str, value: str) -> bool:
    """Whether every address of `value`, an address or a block, lies in `block`."""
    one, other = address.parse(block), address.parse(value)
    if one is None or other is None or one.version != other.version:
        return False
    behind = one.network.max_prefixlen - one.network.prefixlen
    first, given = int(one.network.network_address), int(other.network.network_address)
    return one.network.prefixlen <= other.network.prefixlen and first >> behind == given >> behind
