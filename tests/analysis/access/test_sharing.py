"""Places that share a proof: the same answer as each compared for itself, and every line holds in each of them."""

from __future__ import annotations

import json
import random
from itertools import product
from typing import Any

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from policystudio.analysis.access import Place, prove
from policystudio.analysis.access.filling import Blanks, filled, is_fillable
from policystudio.analysis.access.sharing import Signatures
from policystudio.analysis.comparing import Answer, compare
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.given import read_given
from policystudio.ram.render import RenderError, Target, render, render_combined
from tests.analysis.access.sources import (
    EVERY,
    REGIONS,
    allowed,
    edited,
    filled_line,
    given,
    somewhere,
    source,
)
from tests.analysis.comparing.generating import _acts, _is_named, _is_within
from tests.reference import decisions, evaluator

IS_FUZZING = settings.get_current_profile_name() == "fuzz"


def rendered(text: str, account: str, regions: tuple[str, ...]) -> object:
    return json.loads(render_combined(given(json.loads(text)), account, regions))


def check_sharing(seed: int) -> None:
    """Every group against each of its places compared alone, and against the reference over all requests."""
    rng = random.Random(seed)
    before, after = (None if rng.random() < 0.1 else source(rng)), source(rng)
    if before is not None and rng.random() < 0.8:
        after = edited(rng, before)
    where = [place for place in somewhere(rng) if before is not None or not place.before]
    found = prove(None if before is None else given(before), given(after), where)
    placed = [place for group in found.groups for place in group.places]
    assert sorted(placed, key=str) == sorted(where, key=str), seed
    for group in found.groups:
        for place in (
            group.places if len(group.places) < 4 else [group.places[0], *rng.sample(group.places, 3)]
        ):
            old = [rendered(json.dumps(before), place.account, regions) for regions in place.before]
            new = [rendered(json.dumps(after), place.account, regions) for regions in place.after]
            alone = compare([given(each) for each in old], [given(each) for each in new])
            assert (group.grants, group.revokes) == (alone.grants_new_access, alone.revokes_access), (
                seed,
                place,
            )
            if not group.complete or group.reason:
                continue
            was, now = allowed(old), allowed(new)
            regions = tuple(sorted({region for each in (*place.before, *place.after) for region in each}))
            for lines, truth in ((group.added, now - was), (group.removed, was - now)):
                told: set[tuple[str, str, int]] = set()
                for line in lines:
                    told |= cells(filled_line(line.change, place, regions))
                assert told == truth, (
                    seed,
                    place,
                    sorted(told ^ truth)[:3],
                    [str(x.change.resources) for x in lines],
                )
        check_witnesses(seed, group, before, after)


def cells(change) -> set[tuple[str, str, int]]:
    actions = [
        name for name in ("kms:A", "kms:B", "kms:z") if _is_named(change.actions, evaluator.low(name), _acts)
    ]
    resources = [name for name in EVERY["resources"] if _is_named(change.resources, name, decisions._reaches)]
    holding = [
        index
        for index, context in enumerate(EVERY["contexts"])
        if all(_is_within(limit, context.get(limit.key)) for limit in change.conditions)
    ]
    return set(product(actions, resources, holding))


def check_witnesses(seed: int, group, before, after) -> None:
    for line, is_gain in [
        *((line, True) for line in group.added),
        *((line, False) for line in group.removed),
    ]:
        place = next(place for place in group.places if line.target in place.targets)
        assert line.target.region in {r for each in (place.after if is_gain else place.before) for r in each}
        old = [rendered(json.dumps(before), place.account, regions) for regions in place.before]
        new = [rendered(json.dumps(after), place.account, regions) for regions in place.after]
        asked = line.change.witness.request
        was, now = (
            decisions.decide(side, asked.action, asked.resource, asked.context) for side in (old, new)
        )
        assert (was == "allow", now == "allow") == (not is_gain, is_gain), (seed, asked, was, now)


@pytest.mark.parametrize("batch", range(4))
def test_sharing_a_proof_gives_what_comparing_every_target_gives(batch: int) -> None:
    for seed in range(batch * 12, batch * 12 + 12):
        check_sharing(seed)


@pytest.mark.hypothesis
@settings(max_examples=2_000 if IS_FUZZING else 15)
@generated(st.integers(0, 2**60))
def test_sharing_gives_the_same_for_any_source(seed: int) -> None:
    check_sharing(seed)


@pytest.mark.parametrize("seed", range(60))
def test_filling_in_says_what_rendering_writes(seed: int) -> None:
    document = given(source(random.Random(seed)))
    for regions in (("a",), ("b", "ab")):
        text = render_combined(document, "12", regions)
        written = read_given(text).document
        assert written is not None
        made = clauses([filled(document, Blanks("12", regions))])
        assert [each.says for each in made] == [each.says for each in clauses([written])]


def test_a_placeholder_that_nothing_replaces_is_told_before_anything_is_compared() -> None:
    for statement in (
        {"Action": "kms:A", "Resource": "acs:kms:${zone}:1:k"},
        {"Action": "kms:${region}", "Resource": "*"},
        {"Action": "kms:A", "Resource": "*", "Condition": {"StringEquals": {"k:${account}": "a"}}},
    ):
        document = given({"Version": "1", "Statement": [{"Effect": "Allow", **statement}]})
        assert not is_fillable(document)
        with pytest.raises(RenderError):
            render(document, Target("1", "a"))


def one(region: str = "${region}", account: str = "${account}", rest: str = "k", **more):
    resource = f"acs:kms:{region}:{account}:{rest}"
    return {"Effect": "Allow", "Action": "kms:A", "Resource": [resource], **more}


def signatures(*statements) -> list[Any]:
    found = Signatures([given({"Version": "1", "Statement": list(statements)})])
    return [
        found.of(Place(account, ((region,),), ((region,),))) for account in ("1", "2") for region in REGIONS
    ]


@pytest.mark.parametrize(
    ("statements", "classes"),
    [
        ([one()], 1),
        ([one(), one(region="x")], 1),
        ([one(), one(region="a")], 2),
        ([one(), one(region="a*")], 2),
        ([one(), one(account="1")], 2),
        ([one(rest="k/${region}"), one(rest="k/*")], 1),
        ([one(rest="k/${region}/*")], len(REGIONS)),
        ([one(rest="k/${account}*")], 2),
        ([one(Condition={"StringEquals": {"k:tag": "${region}"}})], 1),
        ([one(Condition={"StringEqualsIgnoreCase": {"k:tag": "${region}"}})], len(REGIONS)),
        ([one(Condition={"NumericEquals": {"k:number": "${account}"}})], 2),
        ([one(Condition={"ForAnyValue:StringEquals": {"k:tag": "${region}"}})], len(REGIONS)),
    ],
)
def test_only_places_that_nothing_tells_apart_share(statements: list[Any], classes: int) -> None:
    assert len(set(signatures(*statements))) == classes


def test_a_release_to_six_hundred_targets_is_one_proof_for_each_kind_of_change() -> None:
    before = given({"Version": "1", "Statement": [one()]})
    after = given({"Version": "1", "Statement": [one(), one(rest="*")]})
    region = [f"r{number}" for number in range(20)]
    where = [Place(str(account), ((each,),), ((each,),)) for account in range(30) for each in region]
    where[0] = Place("0", (), (("r0",),))
    where[1] = Place("0", (("r1",),), ())
    found = prove(before, after, where)
    assert found.proofs == 3
    assert found.grants_new_access is found.revokes_access is Answer.YES
    kinds = [(group.is_new, group.is_gone, len(group.targets)) for group in found.groups]
    assert sorted(kinds) == [(False, False, 598), (False, True, 1), (True, False, 1)]
