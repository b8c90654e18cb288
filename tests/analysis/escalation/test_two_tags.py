"""Keys with two tags, which decide together: ways are those of a plain exploration, and every object has its own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import product
from time import monotonic
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from policystudio.analysis.comparing.limits import Budget, Limits
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.deciding import STATED
from policystudio.analysis.escalation import Kind, escalate
from policystudio.analysis.escalation.model import Key, Life, Thing, World
from policystudio.analysis.escalation.permissions import Permissions
from policystudio.analysis.escalation.routes import Routes
from policystudio.catalog import load
from tests.analysis.escalation.generating import read
from tests.reference import decisions
from tests.reference.kms import HEAD, OPEN, TAGGED

IS_FUZZING = settings.get_current_profile_name() == "fuzz"
Tags = tuple[tuple[str, str], ...]
State = tuple[Tags, str, bool]
"""Tags, `absent`, `enabled`, `pending` or `gone`, and whether its own policy lets the holder in."""
VALUES = {"p": ("a", "b", "z"), "q": ("x", "z")}
NAMES = ("key/k0", "key/k1", "key/other")
READING = ("kms:Decrypt", "kms:AsymmetricDecrypt", "kms:ExportDataKey")
ACTIONS = (
    *("kms:TagResource", "kms:TagResources", "kms:UntagResource", "kms:Decrypt", "kms:SetKeyPolicy"),
    *("kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:CreateKey", "kms:AsymmetricSign"),
    "kms:ScheduleKeyDeletion",
)
CONDITIONS: tuple[dict[str, Any] | None, ...] = (
    None,
    {"StringEquals": {"kms:tag/p": "a"}},
    {"StringEquals": {"kms:tag/q": "x"}},
    {"StringEquals": {"kms:tag/p": "a", "kms:tag/q": "x"}},
    {"StringNotEquals": {"kms:tag/p": "b"}},
    {"StringNotLike": {"kms:tag/q": "*"}},
    {"StringEquals": {"acs:RequestTag/p": "b"}},
    {"StringNotEquals": {"acs:RequestTag/q": "x"}},
    {"StringEquals": {"acs:ResourceTag/q": "x"}},
)


def chosen() -> list[Tags]:
    """Every choice of a value for each tag, or none."""
    each = [[(), *(((name, value),) for value in values)] for name, values in VALUES.items()]
    return [tuple(tag for part in parts for tag in part) for parts in product(*each)]


statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Allow", "Deny"]),
        "Action": st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=4, unique=True),
        "Resource": st.lists(
            st.sampled_from([HEAD + name for name in ("key/*", "key/*", "key/k0", "key/k1", "key")]),
            min_size=1,
            max_size=2,
            unique=True,
        ),
        "Condition": st.sampled_from(CONDITIONS),
    }
).map(lambda made: {name: value for name, value in made.items() if value is not None})


class Plain:
    """One key after the other, explored state by state; what joins two is added up."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._known: dict[Any, bool] = {}

    def may(self, action: str, name: str, tags: Tags, *, opened: bool = False, sent: Tags = ()) -> bool:
        asked = (action, name, tags, opened, sent)
        if asked not in self._known:
            context = {f"acs:RequestTag/{tag}": value for tag, value in sent}
            for tag, value in tags:
                context[f"acs:ResourceTag/{tag}"] = value
                if action in TAGGED:
                    context[f"kms:tag/{tag}"] = value
            policies = [self._document, OPEN] if opened else [self._document]
            decision = decisions.decide(policies, action, HEAD + name, context)
            self._known[asked] = decision == decisions.ALLOW
        return self._known[asked]

    def after(self, name: str, state: State) -> Iterator[State]:
        tags, life, opened = state
        if life == "absent":
            for each in chosen():
                if self.may("kms:CreateKey", "key", (), sent=each):
                    yield each, "enabled", True
        if life in ("absent", "gone"):
            return
        for sent in chosen():
            # A tag that is sent with the value that it has is sent all the same.
            if any(self.may(f"kms:TagResource{s}", name, tags, opened=opened, sent=sent) for s in ("", "s")):
                yield tuple(sorted({**dict(tags), **dict(sent)}.items())), life, opened
        for removed in ("p", "q", "pq"):
            if self.may("kms:UntagResource", name, tags, opened=opened):
                yield tuple(tag for tag in tags if tag[0] not in removed), life, opened
        if self.may("kms:SetKeyPolicy", name, tags, opened=opened):
            yield tags, life, True
        if life == "pending":
            yield tags, "gone", opened
        elif self.may("kms:ScheduleKeyDeletion", name, tags, opened=opened):
            yield tags, "pending", opened

    def spread(self, name: str, start: State) -> dict[State, int]:
        found, level = {start: 0}, [start]
        while level:
            level = [then for state in level for then in self.after(name, state) if then not in found]
            level = list(dict.fromkeys(level))
            found.update({state: max(found.values()) + 1 for state in level})
        return found

    def using(self, name: str, start: State, *turns: tuple[str, ...]) -> int | None:
        """The fewest steps that do one action of each turn, one after the other."""
        costs = {start: 0}
        for actions in turns:
            reached: dict[State, int] = {}
            for state, cost in costs.items():
                for then, more in self.spread(name, state).items():
                    tags, life, opened = then
                    if life == "enabled" and any(
                        self.may(each, name, tags, opened=opened) for each in actions
                    ):
                        reached[then] = min(cost + more + 1, reached.get(then, cost + more + 1))
            costs = reached
        return min(costs.values(), default=None)

    @cached_property
    def answers(self) -> dict[tuple[str, str, Tags], int | None]:
        keys = [(name, tags) for name in NAMES for tags in chosen()]
        reading = {
            (name, tags): self.using(name, (tags, "enabled", False), ("kms:ReEncryptTo",), READING)
            for name, tags in keys
        }
        made = self.using("key/fresh", ((), "absent", False), ("kms:ReEncryptTo",), READING)
        found: dict[tuple[str, str, Tags], int | None] = {}
        for name, tags in keys:
            start = (tags, "enabled", False)
            source = self.using(name, start, ("kms:ReEncryptFrom",))
            targets = [made, *(cost for key, cost in reading.items() if key != (name, tags))]
            # Re-encrypting is one step of both keys.
            copied = [source + cost - 1 for cost in targets if source is not None and cost is not None]
            own = self.using(name, start, READING)
            ways = copied if own is None else [own, *copied]
            found["decrypt", name, tags] = min(ways, default=None)
            found["sign", name, tags] = self.using(name, start, ("kms:AsymmetricSign", "kms:GenerateMac"))
            gone = [cost for state, cost in self.spread(name, start).items() if state[1] == "gone"]
            found["destroy_key", name, tags] = min(gone, default=None)
        return found


@settings(max_examples=2_000 if IS_FUZZING else 15)
@given(st.lists(statements, min_size=1, max_size=4))
def test_ways_over_two_tags_are_those_of_a_plain_exploration(made: list[dict[str, Any]]) -> None:
    document = {"Version": "1", "Statement": made}
    expected = Plain(document).answers
    read_in = [read(document)]
    keys = tuple(Key(HEAD + name, Thing(tags=tags)) for name in NAMES for tags in chosen())
    world = World((*keys, Key(f"{HEAD}key/fresh", Thing(life=Life.ABSENT))))
    budget = Budget(Limits(nodes=10**6), monotonic() + 60)
    permissions = Permissions(read_in, clauses(read_in), load(), STATED, budget)
    for goal, _kind, index, path in Routes(world, permissions, budget).all():
        key = world.keys[index]
        asked = (str(goal), key.resource.removeprefix(HEAD), key.start.tags)
        assert (None if path is None else len(path)) == expected[asked], (asked, path)
    compare_answer(document, expected)


def compare_answer(document: dict[str, Any], expected: dict[tuple[str, str, Tags], int | None]) -> None:
    """Each object that the answer names is reached as it says, and no number of steps is missing."""
    found = escalate([read(document)])
    assert found.reason is None
    told = set()
    for reach in found.reaches:
        for each in reach.on:
            start = each.start
            if each.kind is not Kind.KEY or start != Thing(tags=start.tags if start else ()):
                continue
            name = each.resource.removeprefix(HEAD)
            # A value or a name of no document stands for all others.
            tags = tuple((tag, value if value in VALUES[tag] else "z") for tag, value in start.tags)
            asked = (str(reach.goal), name if name in NAMES else "key/other", tags)
            steps = None if reach.path is None else len(reach.path)
            assert steps == expected[asked], (asked, reach.path)
            told.add((str(reach.goal), steps))
    assert told == {(goal, steps) for (goal, _name, _tags), steps in expected.items()}


def test_a_tag_that_a_request_has_to_carry_is_set_again_where_it_is_there_already() -> None:
    tagging = {"Action": ["kms:TagResource"], "Condition": {"StringEquals": {"acs:RequestTag/p": "b"}}}
    reads = {"Action": ["kms:Decrypt"], "Condition": {"StringEquals": {"kms:tag/q": "x"}}}
    document = {
        "Version": "1",
        "Statement": [{"Effect": "Allow", "Resource": [f"{HEAD}key/*"], **each} for each in (tagging, reads)],
    }
    (way,) = (
        reach
        for reach in escalate([read(document)]).reaches
        if str(reach.goal) == "decrypt" and any(each.start == Thing(tags=(("p", "b"),)) for each in reach.on)
    )
    assert [step.name for step in way.path or ()] == ["tag_resource", "decrypt"]
    assert way.path is not None
    assert dict(way.path[0].tags)["p"] == "b"
