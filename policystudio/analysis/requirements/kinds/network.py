"""A network in place of the addresses that the requests came from: their /24 or /64, or the smallest that holds all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from policystudio.analysis.requirements.asked import takes_networks
from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.covering import holds
from policystudio.analysis.requirements.generalisation import Generalisation, Kind, Scene
from policystudio.ram.operators.address import Network, parse

_NETWORK = "every address of `{network}` for `{key}`"
_USUAL = {4: 24, 6: 64}
_WIDEST = {4: 8, 6: 16}
"""Decision: a network wider than this is no network of anybody, so it is not offered; the condition can be dropped."""
_MOST = 8


def _offers(boxes: Sequence[Box], scene: Scene) -> Iterator[Generalisation]:
    keys = {key for box in boxes for key, _values in box.conditions if takes_networks(key, scene.catalogue)}
    for key in sorted(keys):
        values = {value for box in boxes for value in box.values(key)}
        for network in _networks(values):
            says = {"network": network, "key": key}
            yield Generalisation(f"network:{key}:{network}", _NETWORK, says, _widening(key, network))


def _networks(values: Iterable[str]) -> list[str]:
    """Those with the most addresses first; a network that is written already is none."""
    given = [found.network for found in map(parse, sorted(values)) if found is not None]
    inside = Counter(each.supernet(new_prefix=_USUAL[each.version]) for each in given if _is_small(each))
    found: list[Network] = [each for each, _count in sorted(inside.items(), key=_most_first)][:_MOST]
    for version in sorted(_USUAL):
        common = _common([each for each in given if each.version == version])
        if common is not None and common.prefixlen >= _WIDEST[version] and common not in found:
            found.append(common)
    return [str(each) for each in found]


def _is_small(network: Network) -> bool:
    return network.prefixlen > _USUAL[network.version]


def _most_first(counted: tuple[Network, int]) -> tuple[int, int, int]:
    network, count = counted
    return -count, network.version, int(network.network_address)


def _common(networks: Sequence[Network]) -> Network | None:
    """The smallest network that holds all of these, where none of them does."""
    if len(networks) < 2:
        return None
    first, last = (pick(int(each.network_address) for each in networks) for pick in (min, max))
    prefix = min(each.prefixlen for each in networks)
    most = networks[0].max_prefixlen
    alike = min(prefix, most - (first ^ last).bit_length())
    found: Network = networks[0].supernet(new_prefix=alike)
    return None if found in networks else found


def _widening(key: str, network: str) -> Callable[[Box], Sequence[Box]]:
    def widen(box: Box) -> Sequence[Box]:
        values = box.values(key)
        if not any(holds(network, value) for value in values):
            return (box,)
        return (
            box.with_values(key, frozenset(network if holds(network, each) else each for each in values)),
        )

    return widen


KIND = Kind(order=70, says=(_NETWORK,), offers=_offers)
