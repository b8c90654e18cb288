"""A request of a statement that no other statement matches: shows that the statement counts, without a search.

Errs to one side only: what is said to count does. The request carries the keys of the statement and no others, so a
positive condition of another statement on another key does not hold; conditions on the same keys are taken to hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from policystudio.analysis.comparing.statements import Clause, Entry, Row
from policystudio.ram.patterns import covers, matches


class _Probe(NamedTuple):
    action: str
    fields: tuple[str, str, str, str]
    keys: frozenset[str]


def surely_allows(piece: Clause, others: Sequence[Clause]) -> bool:
    """Whether an Allow allows something that none of the others, Allows or Denies, matches."""
    probe = _probe(piece, piece.actions, piece.rows)
    return probe is not None and not any(_may_match(other, probe) for other in others)


def surely_denies(piece: Clause, allows: Iterable[Clause], denies: Sequence[Clause]) -> bool:
    """Whether a Deny takes away something that some Allow gives and none of the other Denies matches."""
    for allow in allows:
        if allow.unsure or not all(_holds_without(entry, piece) for entry in allow.entries):
            continue
        action = _narrower(piece.actions, allow.actions) if not allow.excludes_actions else None
        row = _narrower_row(piece.rows, allow.rows) if not allow.excludes_resources else None
        if action is None or row is None:
            continue
        probe = _probe(piece, (action,), (row,))
        if probe is not None and not any(_may_match(deny, probe) for deny in denies):
            return True
    return False


def outside(clause: Clause, entry: Entry) -> frozenset[Entry] | None:
    """What a request has to meet to fail this one entry and meet the others; None where that takes a search.

    A positive entry fails without its key, a negated one with a value of its own.
    """
    rest = clause.entries - {entry}
    if any(other.key == entry.key for other in rest):
        return None
    if not entry.is_negated:
        return rest
    return rest | {entry}


def _probe(piece: Clause, actions: Iterable[str], rows: Sequence[Row]) -> _Probe | None:
    """A request of the piece, if one is plain to see."""
    keys = frozenset(entry.key for entry in piece.entries)
    if piece.unsure or piece.excludes_actions or piece.excludes_resources or not rows:
        return None
    if len(keys) < len(piece.entries):
        return None
    pattern = next(iter(actions))
    action = "zq:zq" if pattern == "*" else _text(pattern)
    if action.count(":") != 1 or not all(action.split(":")):
        return None
    code, region, account, rest = map(_text, rows[0].fields)
    return _Probe(action, (code, region, account, rest), keys)


def _text(pattern: str) -> str:
    """A text that fits the pattern, of letters that hardly stand in another."""
    return pattern.replace("*", "zq").replace("?", "z") if pattern != "*" else "zq"


def _may_match(other: Clause, probe: _Probe) -> bool:
    if any(matches(pattern, probe.action) for pattern in other.actions) == other.excludes_actions:
        return False
    if any(_fits(row, probe.fields) for row in other.rows) == other.excludes_resources:
        return False
    return all(entry.is_negated or entry.key in probe.keys for entry in other.entries)


def _fits(row: Row, fields: tuple[str, str, str, str]) -> bool:
    return all(matches(pattern, text) for pattern, text in zip(row.fields, fields, strict=True))


def _holds_without(entry: Entry, piece: Clause) -> bool:
    """Whether an entry of another statement surely holds for the piece's requests, as they lack the key."""
    return entry.is_negated and all(own.key != entry.key for own in piece.entries)


def _narrower(ours: Iterable[str], theirs: Iterable[str]) -> str | None:
    """A pattern of one list that lies in one of the other."""
    for own in ours:
        for other in theirs:
            if covers(other, own):
                return own
            if covers(own, other):
                return other
    return None


def _narrower_row(ours: Iterable[Row], theirs: Iterable[Row]) -> Row | None:
    for own in ours:
        for other in theirs:
            pairs = zip(own.fields, other.fields, strict=True)
            fields = [
                one if covers(two, one) else two for one, two in pairs if covers(two, one) or covers(one, two)
            ]
            if len(fields) == len(own.fields):
                code, region, account, rest = fields
                return Row((code, region, account, rest), False, own.text)
    return None
