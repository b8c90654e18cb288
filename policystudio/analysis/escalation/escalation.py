"""What a holder of documents can reach: directly, in several steps, or not at all in the model of KMS that is searched.

The answers are exact for the model. What cannot be told by the documents (an operator without a documented meaning)
never counts as possible: such an answer is `unknown`, with the path that there is if the doubt goes the holder's way.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, replace

from policystudio.analysis.comparing.comparison import Mismatch
from policystudio.analysis.comparing.limits import Budget, Limits, Stuck, Unknown, deadline
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.deciding import STATED, Policies, Reading
from policystudio.analysis.escalation.answers import Answer, Escalation, Reach
from policystudio.analysis.escalation.model import Found, Goal, Key, Kind, Life, Material, Thing, World
from policystudio.analysis.escalation.permissions import Permissions
from policystudio.analysis.escalation.routes import Path, Routes
from policystudio.analysis.escalation.worlds import Sorts, keys_of, sorts, with_others
from policystudio.catalog import load
from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document

LIMITS = Limits(states=60_000, nodes=60_000, milliseconds=2_000)
"""`states` count for each part, `nodes` for all of it: states of objects, and values tried for a request."""


def escalate(
    documents: Sequence[Document],
    *,
    catalogue: Catalogue | None = None,
    reading: Reading = STATED,
    limits: Limits = LIMITS,
) -> Escalation:
    """What somebody with these documents can reach. Raises: Mismatch for a fault of the search."""
    search = _Search(catalogue or load(), reading, Budget(limits, deadline(limits.milliseconds)))
    found, reason = search.of(documents, [documents])
    return _answered(found, reason, documents, reading)


def escalate_both(
    before: Sequence[Document],
    after: Sequence[Document],
    *,
    catalogue: Catalogue | None = None,
    reading: Reading = STATED,
    limits: Limits = LIMITS,
) -> tuple[Escalation, Escalation]:
    """As `escalate` for each, over objects that either tells apart; those that the other answers otherwise are apart.

    `limits` hold for each of the two. Raises: Mismatch for a fault of the search.
    """
    sides, found = (before, after), []
    for documents in sides:
        search = _Search(catalogue or load(), reading, Budget(limits, deadline(limits.milliseconds)))
        found.append(search.of(documents, sides))
    answers = [
        {(each.goal, each.on[0]): each.answer for each in reaches if _is_of_note(each)}
        for reaches, _reason in found
    ]
    told = (
        _answered(
            [replace(each, other=others.get((each.goal, each.on[0]))) for each in reaches],
            reason,
            documents,
            reading,
        )
        for (reaches, reason), others, documents in zip(found, reversed(answers), sides, strict=True)
    )
    was, then = told
    return was, then


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for one side."""

    catalogue: Catalogue
    reading: Reading
    budget: Budget

    def of(
        self, documents: Sequence[Document], sides: Sequence[Sequence[Document]]
    ) -> tuple[list[Reach], Unknown | None]:
        """Each goal on each object that some side tells apart, and why there may be more."""
        found: list[Reach] = []
        try:
            strict = self._permissions(documents)
            generous = None
            if any(each.unsure for each in clauses(documents)):
                generous = self._permissions(documents, is_generous=True)
            everything = [document for side in sides for document in side]
            telling, judges = strict, [strict]
            if len(sides) > 1:
                telling, judges = self._permissions(everything), [self._permissions(side) for side in sides]
            for place in sorts(clauses(everything), self.budget):
                keys = keys_of(place, telling, self.budget, judges)
                world = _world(place, keys, strict, self.budget)
                found += searched(world, strict, generous, self.budget, place)
        except Stuck as stuck:
            return found, stuck.why
        return found, None

    def _permissions(self, documents: Sequence[Document], *, is_generous: bool = False) -> Permissions:
        said = clauses(documents)
        return Permissions(
            documents, said, self.catalogue, self.reading, self.budget, is_generous=is_generous
        )


def _answered(
    found: Sequence[Reach], reason: Unknown | None, documents: Sequence[Document], reading: Reading
) -> Escalation:
    """The goals in order, confirmed by the evaluator unless the search came to no end."""
    ordered, judge = _ordered(found), Policies.of(documents, reading)
    for each in ordered:
        if reason is None and each.answer in (Answer.DIRECT, Answer.STEPS):
            _confirm(each.path or (), judge)
    return Escalation(ordered, reason, reading)


def searched(
    world: World,
    strict: Permissions,
    generous: Permissions | None,
    budget: Budget,
    place: Sorts | None = None,
) -> Iterator[Reach]:
    """The goals of one world, one by one. `generous` judges what is in doubt in favour of the holder."""
    doubtful = Routes(world, generous, budget) if generous is not None else None
    others = iter(doubtful.all()) if doubtful is not None else None
    named = {} if place is None else _names(place)
    for goal, kind, index, path in Routes(world, strict, budget).all():
        perhaps = next(others)[3] if others is not None else None
        on = (_found(world, kind, index, named),)
        if path is not None:
            requests = sum(1 for step in path if step.grants)
            yield Reach(goal, Answer.DIRECT if requests <= 1 else Answer.STEPS, on, path)
        elif perhaps is not None:
            yield Reach(goal, Answer.UNKNOWN, on, perhaps)
        else:
            yield Reach(goal, Answer.NO, on, None)


def _world(place: Sorts, keys: tuple[Key, ...], permissions: Permissions, budget: Budget) -> World:
    """Aliases point at the plain key that is the hardest to read with, and secrets lie under it or the easiest."""
    routes = Routes(World(keys), permissions, budget)
    costs = {}
    for index, key in enumerate(keys):
        if key.start == Thing(tags=key.start.tags):
            path = routes.key(Goal.DECRYPT, index)
            costs[index] = len(path) if path is not None else _NEVER
    if not costs:
        return with_others(place, (), 0, 0)
    return with_others(
        place, keys, max(costs, key=lambda each: costs[each]), min(costs, key=lambda each: costs[each])
    )


_NEVER = 1_000_000


def _names(place: Sorts) -> dict[str, tuple[str, ...]]:
    return {sort.resource: sort.named for sort in (*place.keys, *place.aliases, *place.secrets)}


def _found(world: World, kind: Kind, index: int, named: dict[str, tuple[str, ...]]) -> Found:
    resource = world.resource(kind, index)
    key: Key | None = None
    if kind is Kind.ALIAS:
        key = world.keys[world.aliases[index].key]
    elif kind is Kind.SECRET and (at := world.secrets[index].key) is not None:
        key = world.keys[at]
    behind = None if key is None else (key.resource, key.start)
    return Found(kind, resource, world.start(kind, index), named.get(resource, ()), behind)


def _ordered(reaches: Sequence[Reach]) -> tuple[Reach, ...]:
    """Objects with the same answer together, unless the goal makes no sense for them; then in order of weight."""
    groups: dict[Hashable, Reach] = {}
    for each in reaches:
        if not _is_of_note(each):
            continue
        alike = each.likeness, each.other
        found = groups.get(alike)
        on = each.on if found is None else (*found.on, *each.on)
        first = each if found is None else found
        groups[alike] = replace(first, on=tuple(dict.fromkeys(on)))
    order, goals = list(_ORDER), list(Goal)
    return tuple(
        sorted(
            groups.values(),
            key=lambda each: (
                order.index(each.answer),
                each.is_from_odd_state,
                len(each.path or ()),
                goals.index(each.goal),
            ),
        )
    )


_ORDER = (Answer.STEPS, Answer.UNKNOWN, Answer.DIRECT, Answer.NO)


def _is_of_note(reach: Reach) -> bool:
    """Whether the start asks the question: protection is a matter of deletion, a missing material one of reading."""
    found = reach.on[0]
    start = found.start
    if found.kind is Kind.ALIAS:
        # Through the key itself nothing is reached that is not told of the key.
        return reach.path is None or any(step.name.endswith("_alias") for step in reach.path)
    if start is None or found.kind is Kind.SECRET:
        return start is None or start.life is not Life.PENDING or reach.goal is not Goal.DESTROY_SECRET
    if reach.goal is Goal.DESTROY_KEY:
        return start.life is Life.ENABLED and start.material is not Material.AWAITED
    return not start.is_protected and start.material is not Material.IMPORTED


def _confirm(path: Path, judge: Policies) -> None:
    """Raises: Mismatch where the evaluator does not agree that a request of the path is let through."""
    for step in path:
        for grant in step.grants:
            bounds = judge.bounds(grant.request)
            is_denied = bounds.least.value == "explicit_deny"
            if is_denied if grant.by is None else bounds.is_allowed is not True:
                raise Mismatch(f"the evaluator does not confirm {grant.request} in step {step.name}")
