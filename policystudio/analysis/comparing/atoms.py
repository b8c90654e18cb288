"""Builds the dimensions of a target: actions, resources, and one for each condition key in play."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policystudio.analysis.comparing.dimension import Dimension, bits
from policystudio.analysis.comparing.domains import Asked, Domain, pattern_test
from policystudio.analysis.comparing.limits import Budget, Stuck, Unknown
from policystudio.analysis.comparing.ranges import scale
from policystudio.analysis.comparing.statements import Clause, Entry, Row, Unsure
from policystudio.analysis.comparing.texts import text_atoms
from policystudio.analysis.deciding import Reading
from policystudio.analysis.request import WITHOUT_RESOURCE
from policystudio.ram.patterns import fold, matches, normal

_ACTION = Domain("action", colons=1)
_FIELDS = (
    Domain("code", colons=0, may_be_empty=False),
    Domain("region", colons=0),
    Domain("account", colons=0),
    Domain("rest", may_be_empty=False),
)
_SAMPLES = ("kms", "cn-hangzhou", "1234567890123456", "key/example")


def action_dimension(target: Clause, others: Sequence[Clause], budget: Budget) -> Dimension:
    """The actions of the target."""
    own = tuple(target.actions)
    patterns = list(dict.fromkeys([*own, *(each for other in others for each in other.actions)]))
    within = None if target.excludes_actions else (1 << len(own)) - 1
    vectors = text_atoms([pattern_test(each) for each in patterns], within, _ACTION, budget)
    fits = dict(zip(patterns, _transposed(vectors, len(patterns)), strict=True))
    full = (1 << len(vectors)) - 1
    inside = full & ~_union(fits[each] for each in own) if target.excludes_actions else full
    holds = []
    for other in others:
        fitting = _union(fits[each] for each in other.actions)
        holds.append(full & ~fitting if other.excludes_actions else fitting)
    spelt = {folded: text for each in (*others, target) for folded, text in each.actions.items()}
    witnesses: list[str | None] = [spelt.get(witness, witness) for witness in vectors.values()]
    return Dimension("action", witnesses, inside, holds, patterns=fits)


def resource_dimension(target: Clause, others: Sequence[Clause], budget: Budget) -> Dimension:
    """The resources of the target, all four fields at once: which sets of resource patterns some resource fits."""
    excludes = target.excludes_resources
    rows = list(dict.fromkeys([*target.rows, *(row for other in others for row in other.rows)]))
    named = tuple(row.text for row in rows)
    own = (1 << len(target.rows)) - 1
    found: dict[int, tuple[str, ...]] = {(1 << len(rows)) - 1: ()}
    for index, domain in enumerate(_FIELDS):
        by_rows = _field_atoms(index, domain, rows, None if excludes else target.rows, budget)
        combined: dict[int, tuple[str, ...]] = {}
        for fitting, parts in found.items():
            budget.look_at_clock("resource", named)
            for fits, witness in by_rows.items():
                both = fitting & fits
                if (excludes or both & own) and both not in combined:
                    budget.state("resource", named)
                    combined[both] = (*parts, witness)
        found = combined
    texts = {fitting: "acs:" + ":".join(parts) for fitting, parts in found.items()}
    stars = _union(1 << index for index, row in enumerate(rows) if row.is_star)
    if excludes or stars & own:
        # No pattern but the lone star fits it, so where only stars fit, both are alike.
        texts.setdefault(stars, WITHOUT_RESOURCE)
    fits_row = dict(zip(rows, _transposed(texts, len(rows)), strict=True))
    full = (1 << len(texts)) - 1
    inside = full & ~_union(fits_row[row] for row in target.rows) if excludes else full
    holds = []
    for other in others:
        fitting = _union(fits_row[row] for row in other.rows)
        holds.append(full & ~fitting if other.excludes_resources else fitting)
    return Dimension("resource", list(texts.values()), inside, holds, rows=fits_row)


def _field_atoms(
    index: int, domain: Domain, rows: Sequence[Row], within: Sequence[Row] | None, budget: Budget
) -> dict[int, str]:
    """Rows whose field fits → a text of the field."""
    by_pattern: dict[str, int] = {}
    for number, row in enumerate(rows):
        pattern = row.fields[index]
        by_pattern[pattern] = by_pattern.get(pattern, 0) | 1 << number
    patterns = list(by_pattern)
    inside = None
    if within is not None:
        wanted = {row.fields[index] for row in within}
        inside = _union(1 << at for at, pattern in enumerate(patterns) if pattern in wanted)
    vectors = text_atoms([pattern_test(each) for each in patterns], inside, domain, budget)
    sample = _SAMPLES[index]
    vector = _union(1 << at for at, pattern in enumerate(patterns) if matches(pattern, sample))
    if vector in vectors and len(vectors[vector]) <= 1:
        # A name that readers know tells more than a lone letter.
        vectors[vector] = sample
    masks = list(by_pattern.values())
    return {_union(masks[at] for at in bits(vector)): witness for vector, witness in vectors.items()}


def key_dimension(
    key: str, target: Clause, others: Sequence[Clause], reading: Reading, budget: Budget
) -> Dimension:
    """The values of a condition key, and its absence. Raises: Stuck where operators of two families meet on it."""
    own = target.entries_on(key)
    by_clause = [other.entries_on(key) for other in others]
    entries = list(dict.fromkeys([*own, *(entry for each in by_clause for entry in each)]))
    families = sorted({entry.family for entry in entries})
    if len(families) > 1:
        operators = tuple(sorted({entry.operator for entry in entries}))
        raise Stuck(Unknown("mixed-types", key, operators))
    tests: dict[Asked, int] | None = None
    scaled = None
    if families[0] == "string":
        witnesses, fits, tests = _string_atoms(key, own, entries, budget)
    else:
        scaled = scale(families[0], entries)
        witnesses, fits = scaled.witnesses, scaled.fits
    # The last atom is the absence of the key.
    missing = 1 << len(witnesses)
    values = missing - 1
    holding = {
        entry: (values & ~fits[entry]) | (missing if reading.missing_negated else 0)
        if entry.is_negated
        else fits[entry]
        for entry in entries
    }
    full = values | missing
    inside = _all(full, (holding[entry] for entry in own))
    holds = [_all(full, (holding[entry] for entry in each)) for each in by_clause]
    unsayable = _union(1 << at for at, witness in enumerate(witnesses) if witness is None)
    return Dimension(
        key, [*witnesses, None], inside, holds, unsayable, missing, tests=tests, scale=scaled, entries=holding
    )


def _string_atoms(
    key: str, own: Sequence[Entry], entries: Sequence[Entry], budget: Budget
) -> tuple[list[str | None], dict[Entry, int], dict[Asked, int]]:
    wanted = {entry: [value_test(entry.operator, value) for value in entry.values] for entry in entries}
    tests = list(dict.fromkeys(test for each in wanted.values() for test in each))
    place = {test: 1 << at for at, test in enumerate(tests)}
    positive = next((entry for entry in own if not entry.is_negated), None)
    within = None if positive is None else _union(place[test] for test in wanted[positive])
    vectors = text_atoms(tests, within, Domain(key), budget)
    fits = dict(zip(tests, _transposed(vectors, len(tests)), strict=True))
    by_entry = {entry: _union(fits[test] for test in each) for entry, each in wanted.items()}
    return list(vectors.values()), by_entry, fits


def value_test(operator: str, value: str) -> Asked:
    """The question that a string operator asks about a value."""
    if operator.endswith("Like"):
        return pattern_test(normal(value))
    if operator.endswith("IgnoreCase"):
        return Asked("fold", fold(value))
    return Asked("exact", value)


def doubt_dimension(doubt: Unsure, others: Sequence[Clause]) -> Dimension:
    """An undetermined entry that is word for word the same wherever it stands: false, or true."""
    holds = [0b10 if doubt in other.unsure else 0b11 for other in others]
    name = f"{doubt.operator} {doubt.key}"
    return Dimension(name, [None, None], 0b11, holds, unsayable=0b11)


def _transposed(vectors: Iterable[int], count: int) -> list[int]:
    """For each test the atoms where it holds, from the tests that hold in each atom."""
    found = [0] * count
    for atom, vector in enumerate(vectors):
        for test in bits(vector):
            found[test] |= 1 << atom
    return found


def _union(sets: Iterable[int]) -> int:
    found = 0
    for each in sets:
        found |= each
    return found


def _all(full: int, sets: Iterable[int]) -> int:
    for each in sets:
        full &= each
    return full
