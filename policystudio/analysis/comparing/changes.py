"""From boxes of atoms to lines that people read, each with a request that shows it.

Source: analysis design, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import product

from policystudio.analysis.comparing.answers import Cause, Certainty, Change, Limit, Names, Witness
from policystudio.analysis.comparing.catalogued import gravity, has_unlisted, is_of_service, known_actions
from policystudio.analysis.comparing.dimension import Dimension, bits
from policystudio.analysis.comparing.gains import Found
from policystudio.analysis.comparing.indexed import Tick
from policystudio.analysis.comparing.limiting import limits
from policystudio.analysis.comparing.naming import Namer
from policystudio.analysis.comparing.relevance import patterns_meet, row_covers, rows_meet
from policystudio.analysis.request import Request
from policystudio.catalog.model import Catalogue
from policystudio.ram.patterns import covers

Confirm = Callable[[Request], Witness]


def changes(
    found: Sequence[Found], sides: tuple[str, str], confirm: Confirm, catalogue: Catalogue, tick: Tick
) -> Iterator[Change]:
    """Every line of every target. `sides` are the words for where access is missing and where it is."""
    for one in found:
        yield from _Teller(one, sides, confirm, catalogue, tick).lines()


def joined(lines: Sequence[Change], catalogue: Catalogue) -> list[Change]:
    """Lines that differ in plain resources or plain actions only made one, the gravest first."""
    by_actions: dict[object, Change] = {}
    for line in lines:
        key: object = (line.actions, line.conditions) if line.resources.is_plain else len(by_actions)
        other = by_actions.get(key)
        by_actions[key] = line if other is None else _both(other, line, actions=other.actions)
    by_resources: dict[object, Change] = {}
    for line in by_actions.values():
        key = (line.resources, line.conditions) if line.actions.is_plain else len(by_resources)
        other = by_resources.get(key)
        by_resources[key] = line if other is None else _both(other, line, resources=other.resources)
    return sorted(by_resources.values(), key=lambda line: gravity(line.known, catalogue))


def _both(one: Change, two: Change, actions: Names | None = None, resources: Names | None = None) -> Change:
    is_certain = Certainty.CERTAIN in (one.certainty, two.certainty)
    return replace(
        one,
        actions=actions or _united(one.actions, two.actions),
        resources=resources or _united(one.resources, two.resources),
        known=tuple(dict.fromkeys((*one.known, *two.known))),
        has_unlisted=one.has_unlisted or two.has_unlisted,
        certainty=Certainty.CERTAIN if is_certain else Certainty.ONLY_UNLISTED,
        causes=tuple(dict.fromkeys((*one.causes, *two.causes))),
    )


def _united(one: Names, two: Names) -> Names:
    return Names(tuple(dict.fromkeys((*one.any_of, *two.any_of))))


def plain_witness(found: Found, confirm: Confirm) -> Witness:
    """A request that shows what was found, without saying anything else of it."""
    places = [each.witness(some) for each, some in zip(found.dimensions, found.boxes[0], strict=True)]
    return confirm(request_at(found.dimensions, places, None))


class _Teller:
    """Says what was found in one target."""

    def __init__(
        self, found: Found, sides: tuple[str, str], confirm: Confirm, catalogue: Catalogue, tick: Tick
    ) -> None:
        self._found = found
        self._sides = sides
        self._confirm = confirm
        self._catalogue = catalogue
        self._tick = tick
        by_name = {dimension.name: index for index, dimension in enumerate(found.dimensions)}
        self._action, self._resource = by_name["action"], by_name["resource"]
        self._actions = _action_namer(found, found.dimensions[self._action], tick)
        self._resources = _resource_namer(found, found.dimensions[self._resource], tick)

    def lines(self) -> Iterator[Change]:
        for box in self._found.boxes:
            said = [list(self._said(index, atoms)) for index, atoms in enumerate(box)]
            for pieces in product(*said):
                yield self._line(tuple(piece[0] for piece in pieces), [piece[1] for piece in pieces])

    def _said(self, index: int, atoms: int) -> Sequence[tuple[int, Names | Limit | None]]:
        if index == self._action:
            return self._actions.names(atoms)
        if index == self._resource:
            return self._resources.names(atoms)
        dimension = self._found.dimensions[index]
        return limits(dimension, self._found.target.entries_on(dimension.name), atoms, self._tick)

    def _line(self, box: tuple[int, ...], said: Sequence[Names | Limit | None]) -> Change:
        actions, resources = said[self._action], said[self._resource]
        assert isinstance(actions, Names)  # as made in `_said`
        assert isinstance(resources, Names)  # as made in `_said`
        dimension, atoms = self._found.dimensions[self._action], box[self._action]
        known = known_actions(dimension, atoms, self._catalogue, self._tick)
        is_unlisted = not known.names and is_of_service(actions.any_of, self._catalogue)
        places = [each.witness(some) for each, some in zip(self._found.dimensions, box, strict=True)]
        name = None
        if known.first is not None:
            places[self._action], name = known.first
        conditions = tuple(sorted((each for each in said if isinstance(each, Limit)), key=str))
        return Change(
            actions=actions,
            resources=resources,
            conditions=conditions,
            known=known.names,
            has_unlisted=has_unlisted(dimension, atoms),
            certainty=Certainty.ONLY_UNLISTED if is_unlisted else Certainty.CERTAIN,
            causes=tuple(self._causes(places)),
            witness=self._confirm(request_at(self._found.dimensions, places, name)),
        )

    def _causes(self, places: Sequence[int | None]) -> Iterator[Cause]:
        """The statement that allows; and, where it was allowed before but for a Deny, that Deny."""
        yield Cause(self._sides[1], self._found.target.place)
        alive = -1
        for dimension, place in zip(self._found.dimensions, places, strict=True):
            assert place is not None  # the boxes hold sayable atoms alone
            alive &= sum(1 << index for index, holding in enumerate(dimension.holds) if holding >> place & 1)
        if alive & self._found.sides.allowed:
            for index in bits(alive & self._found.sides.denied):
                yield Cause(self._sides[0], self._found.others[index].place)


def request_at(dimensions: Sequence[Dimension], places: Sequence[int | None], name: str | None) -> Request:
    """The request with the witness of each of these atoms; `name` is an action in the atom that readers know."""
    action, resource, context = "", "", {}
    for dimension, place in zip(dimensions, places, strict=True):
        assert place is not None  # the boxes hold sayable atoms alone
        text = dimension.witnesses[place]
        if dimension.patterns is not None:
            action = name or text or ""
        elif dimension.rows is not None:
            resource = text or ""
        elif text is not None:
            context[dimension.name] = text
    return Request(action, resource, context)


def _action_namer(found: Found, dimension: Dimension, tick: Tick) -> Namer:
    target = found.target
    spelt = {folded: text for each in (*found.others, target) for folded, text in each.actions.items()}
    patterns = {spelt[folded]: fits for folded, fits in (dimension.patterns or {}).items()}
    folded_of = {text: folded for folded, text in spelt.items()}
    if target.excludes_actions:
        return Namer(
            dimension.inside,
            {"*": dimension.inside},
            patterns,
            tuple(spelt[each] for each in target.actions),
            lambda text: not any(patterns_meet(folded_of[text], out) for out in target.actions),
            tick,
        )
    own = {spelt[each]: patterns[spelt[each]] for each in target.actions}
    return Namer(
        dimension.inside,
        own,
        patterns,
        (),
        lambda text: any(covers(each, folded_of[text]) for each in target.actions),
        tick,
    )


def _resource_namer(found: Found, dimension: Dimension, tick: Tick) -> Namer:
    target = found.target
    rows = dimension.rows or {}
    by_text = {row.text: row for row in rows}
    patterns = {row.text: fits for row, fits in rows.items()}
    if target.excludes_resources:
        return Namer(
            dimension.inside,
            {"*": dimension.inside},
            patterns,
            tuple(row.text for row in target.rows),
            lambda text: not any(rows_meet(by_text[text], out) for out in target.rows),
            tick,
        )
    own = {row.text: patterns[row.text] for row in target.rows}
    return Namer(
        dimension.inside,
        own,
        patterns,
        (),
        lambda text: any(row_covers(each, by_text[text]) for each in target.rows),
        tick,
    )
