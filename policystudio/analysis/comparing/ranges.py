"""Cuts the values of keys that are no texts into atoms: addresses, numbers, dates and Booleans.

Between any two neighbouring constants nothing can tell one value from another, so constants and gaps are all there is.
A gap without a value that can be written (between two seconds, or beyond 64 digits) is kept with no witness: what is
true only there can be neither shown nor ruled out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal, localcontext
from ipaddress import IPv6Address
from operator import eq, ge, gt, le, lt

from policystudio.analysis.comparing.statements import Entry
from policystudio.ram.operators import address, boolean, date, number

Point = Decimal | int
_SIZES = {4: 1 << 32, 6: 1 << 128}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ORDERS = {"Equals": eq, "LessThan": lt, "LessThanEquals": le, "GreaterThan": gt, "GreaterThanEquals": ge}


@dataclass(frozen=True, slots=True)
class Scale:
    """The atoms of one key in ascending order; `fits` says for each entry in which of them one of its values fits.

    `bounds`: for addresses, version and first and last address of each atom; for numbers and dates the position, even
    for a gap and odd for a constant, and the constants that stand for its ends.
    """

    family: str
    witnesses: list[str | None]
    fits: dict[Entry, int]
    blocks: list[tuple[int, int, int]]
    constants: list[str]


def scale(family: str, entries: Sequence[Entry]) -> Scale:
    """The atoms of a key of this family. `entries` are all that are in play."""
    if family == "address":
        return _addresses(entries)
    if family == "boolean":
        fits = {entry: 1 << int(bool(boolean.parse(entry.values[0]))) for entry in entries}
        return Scale(family, ["false", "true"], fits, [], [])
    return _ordered(family, entries)


def _addresses(entries: Sequence[Entry]) -> Scale:
    ranges = {entry: _blocks(entry.values) for entry in entries}
    starts: dict[int, set[int]] = {4: {0}, 6: {0}}
    for blocks in ranges.values():
        for version, first, last in blocks:
            starts[version].add(first)
            if last + 1 < _SIZES[version]:
                starts[version].add(last + 1)
    atoms: list[tuple[int, int, int]] = []
    for version in (4, 6):
        ordered = sorted(starts[version])
        ends = [*(each - 1 for each in ordered[1:]), _SIZES[version] - 1]
        atoms += [(version, first, last) for first, last in zip(ordered, ends, strict=True)]
    fits = {}
    for entry, blocks in ranges.items():
        bits = 0
        for version, first, last in blocks:
            low = bisect_left(atoms, (version, first, 0))
            high = bisect_right(atoms, (version, last, _SIZES[6]))
            bits |= (1 << high) - (1 << low)
        fits[entry] = bits
    witnesses: list[str | None] = [address_text(version, first) for version, first, _ in atoms]
    return Scale("address", witnesses, fits, atoms, [])


def _blocks(values: Iterable[str]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for value in values:
        parsed = address.parse(value)
        assert parsed is not None  # entries that cannot be read are kept apart
        network = parsed.network
        first = int(network.network_address)
        last = first | (1 << network.max_prefixlen - network.prefixlen) - 1
        found.append((network.version, first, last))
    return found


def address_text(version: int, value: int) -> str:
    """The address as text, without IPv4 notation inside IPv6, which is not read."""
    if version == 4:
        return f"{value >> 24}.{value >> 16 & 255}.{value >> 8 & 255}.{value & 255}"
    text = str(IPv6Address(value)) if value else "::"
    if "." in text:
        return ":".join(f"{value >> shift & 0xFFFF:x}" for shift in range(112, -16, -16))
    return text


def _ordered(family: str, entries: Sequence[Entry]) -> Scale:
    texts: dict[Point, str] = {}
    for entry in entries:
        for value in entry.values:
            texts.setdefault(_point(family, value), value)
    points = sorted(texts)
    place = {point: 2 * index + 1 for index, point in enumerate(points)}
    fits = {}
    everything = (1 << 2 * len(points) + 1) - 1
    for entry in entries:
        compare = _ORDERS[entry.operator.removeprefix("Numeric").removeprefix("Date").replace("Not", "", 1)]
        bits = 0
        for value in entry.values:
            here = 1 << place[_point(family, value)]
            if compare(0, 0):
                bits |= here
            if compare(0, 1):
                bits |= here - 1
            if compare(1, 0):
                bits |= everything & ~(2 * here - 1)
        fits[entry] = bits
    between = _number_between if family == "number" else _moment_between
    witnesses: list[str | None] = [between(None, points[0] if points else None)]
    for index, point in enumerate(points):
        after = points[index + 1] if index + 1 < len(points) else None
        witnesses += [texts[point], between(point, after)]
    return Scale(family, witnesses, fits, [], [texts[point] for point in points])


def _point(family: str, value: str) -> Point:
    if family == "number":
        read = number.parse(value)
        assert read is not None  # entries that cannot be read are kept apart
        return read
    moment = date.parse(value)
    assert moment is not None  # entries that cannot be read are kept apart
    return (moment - _EPOCH) // timedelta(seconds=1)


def _number_between(low: Point | None, high: Point | None) -> str | None:
    """A short number strictly between, or None when it would be longer than what is read."""
    with localcontext() as context:
        context.prec = 4 * number.MAX_DIGITS
        found = _pick(low, high)
    text = f"{found:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text in ("-0", "") else text
    return text if number.parse(text) is not None else None


def _pick(low: Point | None, high: Point | None) -> Decimal:
    if low is None and high is None:
        return Decimal(0)
    if low is None:
        assert high is not None  # one of them is there
        return Decimal(high).to_integral_value(ROUND_FLOOR) - 1
    if high is None:
        return Decimal(low).to_integral_value(ROUND_FLOOR) + 1
    below, above = Decimal(low), Decimal(high)
    step = Decimal(1)
    while True:
        found = (below / step).to_integral_value(ROUND_FLOOR) * step + step
        if below < found < above:
            return found
        step /= 10


def _moment_between(low: Point | None, high: Point | None) -> str | None:
    """A moment strictly between on a whole second, or None where there is none to write."""
    if low is None and high is None:
        return "2026-01-01T00:00:00Z"
    if low is None:
        assert high is not None  # one of them is there
        seconds = int(high) - 1
    else:
        seconds = int(low) + 1
        if high is not None and seconds >= int(high):
            return None
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z".rjust(20, "0")
