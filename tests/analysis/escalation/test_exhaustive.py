"""On small models the product's shortest paths are those that exploring every state finds, and they can be walked."""

from __future__ import annotations

from time import monotonic
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from policystudio.analysis.comparing.limits import Budget, Limits
from policystudio.analysis.comparing.statements import clauses
from policystudio.analysis.deciding import STATED
from policystudio.analysis.escalation.model import World
from policystudio.analysis.escalation.permissions import Permissions
from policystudio.analysis.escalation.routes import Path, Routes
from policystudio.catalog import load
from tests.analysis.escalation.generating import SURROUNDINGS, TAGS, documents, read, world_of, worlds
from tests.reference import decisions
from tests.reference.kms import HEAD, OPEN, K, Reference, S, State, beginning, explore

MOST_STATES = 3_000
Found = dict[tuple[str, str, int], Path | None]


def product_paths(document: Any, world: World) -> Found:
    read_in = [read(document)]
    budget = Budget(Limits(nodes=1_000_000), monotonic() + 60)
    permissions = Permissions(read_in, clauses(read_in), load(), STATED, budget)
    return {
        (str(goal), str(kind), index): path
        for goal, kind, index, path in Routes(world, permissions, budget).all()
    }


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents(), worlds())
def test_shortest_paths_are_those_of_exploring_every_state(
    document: dict[str, Any], world: tuple[list[K], list[tuple[str, int]], list[S]]
) -> None:
    compare(document, world)


def compare(document: dict[str, Any], world: tuple[list[K], list[tuple[str, int]], list[S]]) -> Found:
    """The product's paths, after comparing them with the exploration and walking each of them."""
    found = product_paths(document, world_of(*world))
    start = beginning(*world)
    explored = explore(Reference([document], surroundings_of(document), TAGS), start, MOST_STATES)
    for goal, path in found.items():
        expected = explored.shortest.get(goal)
        if expected is None and explored.depth is not None:
            # Beyond the depth that was explored it may be reached, and not before.
            assert path is None or len(path) > explored.depth, (goal, path)
        else:
            assert (None if path is None else len(path)) == expected, (goal, path)
        if path is not None:
            walk(document, start, goal, path)
    return found


def surroundings_of(document: dict[str, Any]) -> dict[str, tuple[str | None, ...]]:
    """Of the keys that the document asks for; no other can make a difference."""
    asked = {
        key for each in document["Statement"] for keys in each.get("Condition", {}).values() for key in keys
    }
    return {key: values for key, values in SURROUNDINGS.items() if key in asked}


def walk(document: dict[str, Any], start: State, goal: tuple[str, str, int], path: Path) -> None:
    """Every step of the path is one of the reference, and the evaluator lets every request of it through."""
    values = {value for step in path for _name, value in step.tags}
    reference = Reference([document], surroundings_of(document), sorted({*TAGS, *values}))
    states, reached = {start}, set()
    for step in path:
        label = (step.name, tuple(name.removeprefix(HEAD) for _role, name in step.objects), step.tags)
        moves = [move for state in states for move in reference.moves(state) if move[0] == label]
        assert moves, (label, [move[0] for state in states for move in reference.moves(state)])
        states = {then for _label, then, _goals in moves}
        reached = {each for _label, _then, goals in moves for each in goals}
        for grant in step.grants:
            request = grant.request
            policies = [document] if grant.by else [document, OPEN]
            decision = decisions.decide(policies, request.action, request.resource, request.context)
            assert decision == decisions.ALLOW, (step, decision)
    assert not path or goal in reached


def allow(actions: list[str], *names: str, effect: str = "Allow", **more: Any) -> dict[str, Any]:
    return {"Effect": effect, "Action": actions, "Resource": [HEAD + name for name in names], **more}


COPYING = allow(["kms:ReEncrypt*", "kms:EnableKey"], "key/*")
MOVING = allow(["kms:DeleteAlias", "kms:CreateAlias"], "alias/*")
NO_TAG: dict[str, Any] = {"Condition": {"StringNotLike": {"kms:tag/p": "*"}}}
RARE: dict[
    str, tuple[list[dict[str, Any]], tuple[list[K], list[tuple[str, int]], list[S]], Any, list[str]]
] = {
    "a disabled key is enabled before anything is re-encrypted with it": (
        [COPYING, allow(["kms:Decrypt"], "key/k1")],
        ([K("key/k0"), K("key/k1", life="disabled")], [], []),
        ("decrypt", "key", 0),
        ["enable_key", "re_encrypt", "decrypt"],
    ),
    "setting tags takes none away": (
        [allow(["kms:TagResource"], "key/*"), allow(["kms:Decrypt"], "key/*", **NO_TAG)],
        ([K("key/k0", tag="a")], [], []),
        ("decrypt", "key", 0),
        [],
    ),
    "removing tags lets in who is kept out by any": (
        [allow(["kms:UntagResource"], "key/*"), allow(["kms:Decrypt"], "key/*", **NO_TAG)],
        ([K("key/k0", tag="a")], [], []),
        ("decrypt", "key", 0),
        ["untag_resource", "decrypt"],
    ),
    "the key that an alias leaves is the one to read with": (
        [
            MOVING,
            allow(["kms:SetKeyPolicy"], "key/k0"),
            allow(["kms:CreateAlias", "kms:ReEncryptFrom"], "key/k1"),
            allow(["kms:Decrypt", "kms:AsymmetricDecrypt", "kms:ExportDataKey"], "key/k1", effect="Deny"),
        ],
        ([K("key/k0"), K("key/k1")], [("alias/a0", 0)], []),
        ("decrypt", "alias", 0),
        ["set_key_policy", "decrypt"],
    ),
    "a key of one's own stands in for the one behind an alias": (
        [
            allow(["kms:CreateKey"], "key"),
            allow(["kms:UpdateAlias"], "alias/a0", "key/*"),
        ],
        ([K("key/k0"), K("key/k1", life="absent")], [("alias/a0", 0)], []),
        ("sign", "alias", 0),
        ["create_key", "update_alias", "sign"],
    ),
    "known material needs nobody's leave": (
        [
            allow(["kms:CreateKey"], "key"),
            allow(["kms:UpdateAlias"], "alias/a0", "key/*"),
            allow(["kms:Decrypt", "kms:AsymmetricDecrypt", "kms:ExportDataKey"], "key/*", effect="Deny"),
            allow(["kms:ReEncrypt*"], "key/*", effect="Deny"),
        ],
        ([K("key/k0"), K("key/k1", life="absent")], [("alias/a0", 0)], []),
        ("decrypt", "alias", 0),
        ["create_key", "get_parameters_for_import", "import_key_material", "update_alias", "work_outside"],
    ),
    "what was encrypted through a moved alias is re-encrypted with a third key": (
        [
            allow(["kms:UpdateAlias"], "alias/a0", "key/k1"),
            allow(["kms:ReEncryptFrom"], "key/k1"),
            allow(["kms:ReEncryptTo", "kms:Decrypt"], "key/k2"),
        ],
        ([K("key/k0"), K("key/k1"), K("key/k2")], [("alias/a0", 0)], []),
        ("decrypt", "alias", 0),
        ["update_alias", "re_encrypt", "decrypt"],
    ),
    "a secret is made again without asking for the key of the one before": (
        [allow(["kms:DeleteSecret", "kms:CreateSecret"], "secret/*", "secret")],
        ([K("key/k0")], [], [S("secret/s0", key=0)]),
        ("replace_secret", "secret", 0),
        ["delete_secret", "create_secret"],
    ),
    "a secret made again needs the collection, of which no secret policy says anything": (
        [allow(["kms:SetSecretPolicy"], "secret/*")],
        ([K("key/k0")], [], [S("secret/s0", key=0)]),
        ("replace_secret", "secret", 0),
        [],
    ),
    "a secret needs its own policy and that of its key": (
        [allow(["kms:SetSecretPolicy"], "secret/*"), allow(["kms:SetKeyPolicy"], "key/*")],
        ([K("key/k0")], [], [S("secret/s0", key=0)]),
        ("read_secret", "secret", 0),
        ["set_secret_policy", "set_key_policy", "get_secret_value"],
    ),
}


@pytest.mark.parametrize("what", RARE)
def test_ways_that_chance_seldom_finds(what: str) -> None:
    statements, world, goal, names = RARE[what]
    path = compare({"Version": "1", "Statement": statements}, world)[goal]
    assert [step.name for step in path or ()] == names
