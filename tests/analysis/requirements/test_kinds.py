"""Each way to widen is offered where it can be, under a stable id, and makes the document that its sentence says."""

from __future__ import annotations

import json
import random
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.comparing import Answer
from policystudio.analysis.request import Request
from policystudio.analysis.requirements import Derived, derive
from policystudio.analysis.requirements.boxes import Box
from policystudio.analysis.requirements.generalisation import Scene, kinds
from policystudio.catalog import load
from tests.analysis.requirements.generating import ACCOUNT, ADDRESS, TAG, on

HERE = f"cn-hangzhou:{ACCOUNT}"
EXAMPLES: dict[str, tuple[list[Request], str, dict[str, Any]]] = {
    "tagged": (
        [Request("kms:Decrypt", on("key/a"), {TAG: "Apollo"})],
        f"tagged:key:{HERE}:{TAG}=Apollo",
        {"Resource": [on("key/*")], "Condition": {"StringEquals": {TAG: ["Apollo"]}}},
    ),
    "prefix": (
        [Request("kms:GetSecretValue", on(f"secret/prod/db-{name}")) for name in "ab"],
        f"prefix:secret:{HERE}:prod/db-",
        {"Resource": [on("secret/prod/db-*")]},
    ),
    "all": ([Request("kms:Decrypt", on("key/a"))], f"all:key:{HERE}", {"Resource": [on("key/*")]}),
    "actions": (
        [Request("kms:AsymmetricSign", on("key/a"))],
        "actions:asymmetric:read",
        {"Action": [f"kms:Asymmetric{name}" for name in ("Decrypt", "Encrypt", "Sign", "Verify")]},
    ),
    "placeholder": (
        [Request("kms:Decrypt", on("key/a"))],
        "placeholder:region",
        {"Resource": [on("key/a", "${region}")]},
    ),
    "region": ([Request("kms:Decrypt", on("key/a"))], "region:any", {"Resource": [on("key/a", "*")]}),
    "network": (
        [Request("kms:Decrypt", on("key/a"), {ADDRESS: "10.0.0.1"})],
        f"network:{ADDRESS}:10.0.0.0/24",
        {"Condition": {"IpAddress": {ADDRESS: ["10.0.0.0/24"]}}},
    ),
    "without": (
        [Request("kms:Decrypt", on("key/a"), {ADDRESS: "::1"})],
        f"without:{ADDRESS}",
        {"Condition": None},
    ),
}


def derived(asked: list[Request], *accepted: str) -> Derived:
    return derive(asked, catalogue=load(), accepted=accepted)


def offered(asked: list[Request], kind: str, *accepted: str) -> list[str]:
    ids = [each.generalisation.id for each in derived(asked, *accepted).offers]
    return [number for number in ids if number.startswith(f"{kind}:")]


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_widens_its_example_as_it_says(kind: str) -> None:
    asked, number, wider = EXAMPLES[kind]
    assert number in offered(asked, kind)
    found = derived(asked, number)
    [statement] = json.loads(found.source)["Statement"]
    assert {name: statement.get(name) for name in wider} == wider
    [accepted] = found.accepted
    assert accepted.generalisation.says in kinds()[kind].says
    assert "{" not in accepted.generalisation.text.replace("${", "")


@pytest.mark.parametrize("kind", kinds())
def test_what_is_accepted_is_not_offered_again(kind: str) -> None:
    asked, number, _wider = EXAMPLES[kind]
    assert number not in offered(asked, kind, number)


def test_a_tag_widens_what_carries_it_and_nothing_else() -> None:
    asked = [Request("kms:Decrypt", on(f"key/{tag}"), {TAG: tag}) for tag in ("Apollo", "Zeus")]
    asked += [
        Request("kms:Decrypt", on("key/Apollo"), {TAG: "Zeus"}),
        Request("kms:Decrypt", on("key/plain")),
    ]
    found = json.loads(derived(asked, f"tagged:key:{HERE}:{TAG}=Apollo").source)["Statement"]
    wide = [each for each in found if each["Resource"] == [on("key/*")]]
    assert [each["Condition"]["StringEquals"] for each in wide] == [{TAG: ["Apollo"]}]


def test_of_beginnings_that_the_same_names_share_the_longest_is_offered() -> None:
    names = ("prod/eu/db-1", "prod/eu/db-2", "prod/us", "other")
    asked = [Request("kms:GetSecretValue", on(f"secret/{name}")) for name in names]
    assert offered(asked, "prefix") == [f"prefix:secret:{HERE}:prod/", f"prefix:secret:{HERE}:prod/eu/db-"]


def beginnings(names: set[str]) -> list[str]:
    """By counting every beginning of every name."""
    held: dict[str, set[str]] = {}
    for name in names:
        for end in range(1, len(name)):
            if name[end - 1] in "/-_." and name[end:] != "*":
                held.setdefault(name[:end], set()).add(name)
    longest = [
        each
        for each, those in held.items()
        if len(those) > 1
        and not any(those == held[one] for one in held if one != each and one.startswith(each))
    ]
    return sorted(longest, key=lambda each: (-len(held[each]), each))[:10]


@given(st.sets(st.from_regex(r"[ab/-]{1,6}\*?", fullmatch=True), min_size=1, max_size=8))
def test_the_longest_beginnings_are_those_that_counting_finds(names: set[str]) -> None:
    boxes = [Box(frozenset(("kms:GetSecretValue",)), frozenset(on(f"secret/{name}") for name in names), ())]
    found = kinds()["prefix"].offers(boxes, Scene(load(), ()))
    assert [each.values["prefix"] for each in found] == beginnings(names)


def test_names_of_many_parts_are_looked_through_quickly() -> None:
    """Each of the 300 beginnings of each name once took as long as the name is."""
    rng = random.Random(1)
    names = {"/".join(rng.choice("abc") for _ in range(300)) for _ in range(2_000)}
    boxes = [Box(frozenset(("kms:GetSecretValue",)), frozenset(on(f"secret/{name}") for name in names), ())]
    began = process_time()
    assert len(list(kinds()["prefix"].offers(boxes, Scene(load(), ())))) == 10
    assert process_time() - began < 1


def test_a_beginning_that_one_name_has_is_not_offered() -> None:
    assert not offered([Request("kms:GetSecretValue", on("secret/prod/db"))], "prefix")


def test_an_accepted_beginning_can_be_shortened() -> None:
    asked = [Request("kms:GetSecretValue", on(f"secret/prod/{name}")) for name in ("a-1", "a-2", "b")]
    first = f"prefix:secret:{HERE}:prod/a-"
    assert offered(asked, "prefix", first) == [f"prefix:secret:{HERE}:prod/"]


def test_no_action_with_a_resource_of_its_own_comes_to_the_star() -> None:
    found = derived([Request("kms:GetRandomPassword", "*")], "actions:secret:read")
    assert found.unused == ("actions:secret:read",)


def test_the_smallest_network_holds_all_addresses_and_no_half_more() -> None:
    asked = [Request("kms:Decrypt", on("key/a"), {ADDRESS: f"10.0.{last}"}) for last in ("0.1", "3.9")]
    assert f"network:{ADDRESS}:10.0.0.0/22" in offered(asked, "network")


def test_addresses_that_have_little_in_common_are_no_network() -> None:
    asked = [Request("kms:Decrypt", on("key/a"), {ADDRESS: address}) for address in ("10.0.0.1", "200.0.0.1")]
    assert len(offered(asked, "network")) == 2  # their /24 alone


def test_a_placeholder_adds_nothing_where_all_came_from_one_place() -> None:
    one = [Request("kms:Decrypt", on("key/a"))]
    two = [*one, Request("kms:Decrypt", on("key/b", "cn-shanghai"))]
    for asked, answer in ((one, Answer.NO), (two, Answer.YES)):
        [accepted] = derived(asked, "placeholder:region").accepted
        assert accepted.adds.answer is answer


def test_a_wider_name_makes_the_narrower_ones_needless() -> None:
    asked = [
        Request(f"kms:{action}", on(f"key/{name}")) for action, name in (("Decrypt", "a"), ("Encrypt", "b"))
    ]
    asked.append(Request("kms:Decrypt", on("key/b"), {ADDRESS: "10.0.0.1"}))
    [statement] = json.loads(derived(asked, f"all:key:{HERE}").source)["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": ["kms:Decrypt", "kms:Encrypt"],
        "Resource": [on("key/*")],
    }
