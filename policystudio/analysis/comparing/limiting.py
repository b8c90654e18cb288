"""Says sets of values of a condition key with RAM's own operators: blocks, intervals, texts, present or missing."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, summarize_address_range

from policystudio.analysis.comparing.answers import Limit, Test
from policystudio.analysis.comparing.dimension import Dimension, bits
from policystudio.analysis.comparing.domains import Asked
from policystudio.analysis.comparing.indexed import Tick
from policystudio.analysis.comparing.naming import excepting, union
from policystudio.analysis.comparing.ranges import Scale
from policystudio.analysis.comparing.statements import Entry

_PREFIX = {"number": "Numeric", "date": "Date"}
_POSITIVE = {"exact": "StringEquals", "like": "StringLike", "fold": "StringEqualsIgnoreCase"}
_NEGATED = {"exact": "StringNotEquals", "like": "StringNotLike", "fold": "StringNotEqualsIgnoreCase"}

Piece = tuple[int, tuple[Test, ...]]


def limits(
    dimension: Dimension, own: tuple[Entry, ...], atoms: int, tick: Tick
) -> list[tuple[int, Limit | None]]:
    """Limits that do not overlap and together are these atoms of the key, each with its own; None limits nothing.

    `own` are the entries of the target's statement on the key, of which the dimension holds what they let through.
    """
    values = (dimension.missing - 1) & ~dimension.unsayable
    missing = bool(atoms & dimension.missing)
    present = atoms & values
    inside = dimension.inside & values
    if not present:
        return [(atoms, Limit(dimension.name, None, True))]
    stated = tuple(Test(entry.operator, entry.values) for entry in own)
    if present == inside:
        if not own and missing:
            return [(atoms, None)]
        return [(atoms, Limit(dimension.name, stated, missing))]
    if dimension.tests is not None:
        found = list(_texts(dimension.tests, stated, inside, present, tick))
    else:
        assert dimension.scale is not None  # a key has texts or a scale
        found = list(_scaled(dimension.scale, present))
    absent = atoms & dimension.missing
    return [
        (some | (absent if index == 0 else 0), Limit(dimension.name, said, missing and index == 0))
        for index, (some, said) in enumerate(found)
    ]


def _texts(
    tests: dict[Asked, int], stated: tuple[Test, ...], inside: int, atoms: int, tick: Tick
) -> Iterator[Piece]:
    """What the target states, and more; one atom after the other where nothing shorter is exact."""
    without = excepting({test: fits & inside for test, fits in tests.items()}, inside & ~atoms, atoms, tick)
    within = {test: fits for test, fits in tests.items() if fits & inside and not fits & inside & ~atoms}
    reached = 0
    for fits in within.values():
        reached |= fits & inside
    if reached == atoms:
        chosen = excepting(within, atoms, 0, tick) or []
        kinds = {test.kind for test in chosen}
        if len(kinds) == 1:
            yield atoms, (*_unless_same(stated, chosen), *_grouped(chosen, _POSITIVE))
            return
    if without is not None:
        yield atoms, (*stated, *_grouped(without, _NEGATED))
        return
    for atom in bits(atoms):
        tick()
        holding = [test for test, fits in tests.items() if fits >> atom & 1]
        others = [test for test, fits in tests.items() if not fits >> atom & 1]
        each = tuple(found for test in holding for found in _grouped([test], _POSITIVE))
        yield 1 << atom, (*each, *_grouped(others, _NEGATED))


def _unless_same(stated: tuple[Test, ...], chosen: list[Asked]) -> tuple[Test, ...]:
    """What the target states, without a list of values of which the chosen ones are some."""
    texts = {test.text for test in chosen}
    return tuple(
        test
        for test in stated
        if not (test.operator == _POSITIVE[chosen[0].kind] and texts <= set(test.values))
    )


def _grouped(tests: list[Asked], operators: dict[str, str]) -> tuple[Test, ...]:
    found = []
    for kind, operator in operators.items():
        values = tuple(sorted(test.text for test in tests if test.kind == kind))
        if values:
            found.append(Test(operator, values))
    return tuple(found)


def _scaled(scale: Scale, atoms: int) -> Iterator[Piece]:
    if scale.family == "boolean":
        if atoms == 0b11:
            yield atoms, ()
        else:
            yield atoms, (Test("Bool", ("true" if atoms == 0b10 else "false",)),)
    elif scale.family == "address":
        yield atoms, _addresses(scale, atoms)
    else:
        yield from _intervals(scale, atoms)


def _addresses(scale: Scale, atoms: int) -> tuple[Test, ...]:
    inside, outside = _blocks(scale, atoms), _blocks(scale, ~atoms & (1 << len(scale.blocks)) - 1)
    if not outside:
        return ()
    # Of two exact ways the shorter one; none of them says anything of a missing key, which is told beside it.
    if len(outside) < len(inside):
        return (Test("NotIpAddress", outside),)
    return (Test("IpAddress", inside),)


def _blocks(scale: Scale, atoms: int) -> tuple[str, ...]:
    """The least list of blocks, an address being written without its length."""
    spans: list[tuple[int, int, int]] = []
    for atom in bits(atoms):
        version, first, last = scale.blocks[atom]
        if spans and spans[-1][0] == version and spans[-1][2] + 1 == first:
            spans[-1] = (version, spans[-1][1], last)
        else:
            spans.append((version, first, last))
    found: list[str] = []
    for version, first, last in spans:
        if version == 4:
            found += map(str, summarize_address_range(IPv4Address(first), IPv4Address(last)))
        else:
            found += map(str, summarize_address_range(IPv6Address(first), IPv6Address(last)))
    return tuple(each.removesuffix("/32" if "." in each else "/128") for each in found)


def _intervals(scale: Scale, atoms: int) -> Iterator[Piece]:
    """Intervals with holes; single values together, if there is nothing else."""
    prefix = _PREFIX[scale.family]
    last = 2 * len(scale.constants)
    holes = [
        at
        for at in bits(~atoms & (1 << last + 1) - 1)
        if at % 2 and atoms >> at - 1 & 1 and atoms >> at + 1 & 1
    ]
    filled = atoms
    for hole in holes:
        filled |= 1 << hole
    points: list[int] = []
    at = 0
    while at <= last:
        if not filled >> at & 1:
            at += 1
            continue
        start = at
        while at < last and filled >> at + 1 & 1:
            at += 1
        if start == at and start % 2:
            points.append(start)
        else:
            span = (1 << at + 1) - (1 << start)
            yield span & atoms, _interval(prefix, scale.constants, start, at, holes)
        at += 1
    if points:
        values = tuple(scale.constants[point // 2] for point in points)
        yield union(1 << point for point in points), (Test(f"{prefix}Equals", values),)


def _interval(prefix: str, constants: list[str], start: int, end: int, holes: list[int]) -> tuple[Test, ...]:
    found = []
    if start:
        # An even start is the gap behind a constant, an odd one the constant itself.
        operator = "GreaterThanEquals" if start % 2 else "GreaterThan"
        found.append(Test(prefix + operator, (constants[(start - 1) // 2],)))
    if end < 2 * len(constants):
        operator = "LessThanEquals" if end % 2 else "LessThan"
        found.append(Test(prefix + operator, (constants[end // 2],)))
    out = tuple(constants[hole // 2] for hole in holes if start < hole < end)
    if out:
        found.append(Test(f"{prefix}NotEquals", out))
    return tuple(found)
