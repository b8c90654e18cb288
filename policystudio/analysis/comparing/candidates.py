"""Requests that may well show new access, for a target whose search came to no end.

Cheap and by no means all: texts of the patterns in play, names of the catalogue, values of the conditions, each key
missing. What they are worth is for the evaluator to say; one that it confirms is an answer, none is no answer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic

from policystudio.analysis.comparing.dimension import bits
from policystudio.analysis.comparing.domains import fresh_character, pattern_test
from policystudio.analysis.comparing.ranges import scale
from policystudio.analysis.comparing.statements import Clause, Entry, Row
from policystudio.analysis.request import WITHOUT_RESOURCE, Request, faults
from policystudio.catalog.lookup import expand
from policystudio.catalog.model import Catalogue
from policystudio.ram.patterns import fold, matches

_MOST = 300
"""So many texts of one dimension are tried at most."""
_MOST_TARGETS = 50
_MOST_MADE = 3_000
_TURN = 64
"""So many requests are tried for one target before the next one has its turn, and before a look at the clock."""


def candidates(
    targets: Sequence[Clause], seeds: Sequence[Clause], catalogue: Catalogue, ends: float
) -> Iterator[Request]:
    """Requests for each of the targets in turn, until `ends` on the monotonic clock.

    `seeds` are the other statements in play, those first whose own requests are the likeliest to be new.
    """
    fresh = _fresh((*targets, *seeds))
    streams = deque(_for_target(target, seeds, fresh, catalogue, ends) for target in targets[:_MOST_TARGETS])
    while streams:
        stream = streams.popleft()
        turn = list(islice(stream, _TURN))
        yield from (request for request in turn if not faults(request))
        if len(turn) == _TURN:
            streams.append(stream)
        if monotonic() > ends:
            return


def _fresh(clauses: Sequence[Clause]) -> str:
    """A letter that no pattern of these names."""
    texts = (
        text
        for clause in clauses
        for text in (*clause.actions, *(field for row in clause.rows for field in row.fields))
    )
    return fresh_character([pattern_test(text) for text in texts])


def _for_target(
    target: Clause, seeds: Sequence[Clause], fresh: str, catalogue: Catalogue, ends: float
) -> Iterator[Request]:
    actions = _some((t for t in _actions(target, seeds, fresh, catalogue) if _is_action(target, t)), ends)
    resources = _some(_resources(target, seeds, fresh), ends)
    contexts = _contexts(target, seeds)
    # The simplest of all three together first.
    for total in range(len(actions) + len(resources) + len(contexts)):
        for at, context in enumerate(contexts[: total + 1]):
            for index, resource in enumerate(resources[: total + 1 - at]):
                if total - at - index < len(actions):
                    yield Request(actions[total - at - index], resource, context)


def _some(texts: Iterable[str], ends: float) -> list[str]:
    """The first of them, each once; no more of them are made, and none when it is late."""
    found: dict[str, None] = {}
    for text in islice(texts, _MOST_MADE):
        found[text] = None
        if len(found) == _MOST or monotonic() > ends:
            break
    return list(found)


def _forms(pattern: str, fresh: str) -> tuple[str, ...]:
    """The pattern with its stars replaced by a letter that no pattern names, and by nothing."""
    plain = pattern.replace("?", fresh)
    return plain.replace("*", fresh), plain.replace("*", "")


def _is_action(target: Clause, text: str) -> bool:
    return any(matches(pattern, fold(text)) for pattern in target.actions) != target.excludes_actions


def _actions(target: Clause, seeds: Sequence[Clause], fresh: str, catalogue: Catalogue) -> Iterator[str]:
    own = ["*"] if target.excludes_actions else list(target.actions.values())
    theirs = [text for clause in (target, *seeds) for text in clause.actions.values()]
    for pattern in (*own, *theirs):
        yield from _forms(pattern if ":" in pattern else pattern.replace("*", "*:*", 1), fresh)
    for pattern in own:
        yield from (action.name for action in expand(catalogue, pattern))
    for pattern in own:
        before, star, after = pattern.rpartition("*")
        if star:
            # Both at once: the letters of the other pattern where this one takes any.
            for other in theirs:
                middle = other.rpartition(":")[2].replace("*", "")
                yield from _forms(f"{before}{middle}{after}", fresh)


def _resources(target: Clause, seeds: Sequence[Clause], fresh: str) -> Iterator[str]:
    everything = Row(("*", "*", "*", "*"), True, "*")
    own = [everything] if target.excludes_resources else list(target.rows)
    theirs = [row for clause in (target, *seeds) for row in clause.rows]
    if any(row.is_star for row in own):
        yield WITHOUT_RESOURCE
    for row in own:
        yield from _names(row.fields, fresh)
    for row in own:
        for other in theirs:
            yield from _names(
                tuple(two if one == "*" else one for one, two in zip(row.fields, other.fields, strict=True)),
                fresh,
            )
            before, star, after = row.fields[3].rpartition("*")
            if star:
                joint = before + other.fields[3].replace("*", "") + after
                yield from _names((*row.fields[:3], joint), fresh)


def _names(fields: Sequence[str], fresh: str) -> Iterator[str]:
    forms = [_forms(field, fresh) for field in fields]
    yield "acs:" + ":".join(form[0] for form in forms)
    yield "acs:" + ":".join([*(form[0] for form in forms[:3]), forms[3][1]])


def _contexts(target: Clause, seeds: Sequence[Clause]) -> list[dict[str, str]]:
    """What the target asks for; then with every key sent; then with one key otherwise or missing."""
    unlike: list[dict[str, str]] = []
    for context in islice(_all_contexts(target, seeds), _MOST):
        if context not in unlike:
            unlike.append(context)
    return unlike


def _all_contexts(target: Clause, seeds: Sequence[Clause]) -> Iterator[dict[str, str]]:
    base = {
        entry.key: value
        for entry in sorted(target.entries)
        if not entry.is_negated
        for value in _values(entry)[:1]
    }
    yield base
    entries = dict.fromkeys(entry for clause in (target, *seeds) for entry in sorted(clause.entries))
    values: dict[str, list[str]] = {}
    for entry in entries:
        values.setdefault(entry.key, []).extend(_values(entry))
    firsts = {key: some[0] for key, some in values.items() if some}
    yield {**firsts, **base}
    yield firsts
    for key, some in values.items():
        yield {other: value for other, value in base.items() if other != key}
        for value in dict.fromkeys(some):
            yield {**base, key: value}


def _values(entry: Entry) -> list[str]:
    """Values that fit the entry (those of a negated one: its own), then others."""
    if entry.family == "string":
        fresh = fresh_character([pattern_test(value) for value in entry.values])
        if not entry.operator.endswith("Like"):
            return [*entry.values, fresh]
        return [form for value in entry.values for form in _forms(value, fresh)] + [fresh]
    scaled = scale(entry.family, [entry])
    fitting = set(bits(scaled.fits[entry]))
    order = sorted(range(len(scaled.witnesses)), key=lambda at: at not in fitting)
    return [text for text in (scaled.witnesses[at] for at in order) if text is not None]
