"""What lists of actions come to, which actions are grave, and how much is looked through for what changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policystudio.catalog import load
from policystudio.ram.render import RegionMode, Target
from policystudio.validation.action_list import (
    Acting,
    ActionList,
    action_list,
    is_powerful,
    manages_keys,
    takes_every_action,
    usable,
)
from policystudio.validation.idling import MOST_STATEMENTS, MOST_TEXTS, idle_in
from tests.validation.contexts import HERE, PLAIN, about, action, statement

EVERYTHING = frozenset(load().resource_types)


@pytest.mark.parametrize(
    ("entry", "takes"),
    [
        ("*", True),
        ("**", True),
        ("kms:*", True),
        ("KMS:*", True),
        ("kms:?*", True),
        ("k*", True),
        ("*:*", True),
        ("kms:??*", False),
        ("kms:D*", False),
        ("oss:*", False),
        ("kms:Decrypt", False),
    ],
)
def test_entry_takes_every_action_as_no_name_is_empty(entry, takes):
    assert takes_every_action(entry) is takes


@pytest.mark.parametrize(
    ("entries", "names", "everything", "kms", "known"),
    [
        (("kms:Decrypt",), ["kms:Decrypt"], False, True, True),
        (("kms:Decrypt", "KMS:decrypt", "kms:Decryp?"), ["kms:Decrypt"], False, True, True),
        (("kms:Decrypt", "oss:GetObject"), ["kms:Decrypt"], False, False, False),
        (("kms:Decrypt", "kms:Unheard"), ["kms:Decrypt"], False, True, False),
        (("kms:Unheard",), [], False, True, False),
        (("Decrypt",), [], False, False, False),
        ((), [], False, False, True),
    ],
)
def test_list_comes_to_the_known_actions_each_once(entries, names, everything, kms, known):
    found = action_list(load(), entries)
    assert [each.name for each in found.expanded] == names
    assert found.names == set(names)
    assert (found.takes_everything, found.only_kms, found.all_known) == (everything, kms, known)


def test_list_that_takes_everything_says_so():
    found = ActionList(load(), ["kms:Decrypt", "*"])
    assert found.takes_everything
    assert len(found.expanded) == len(load().actions)


def test_actions_act_where_their_types_are_reached_each_named_by_its_first_entry():
    found = action_list(load(), ("kms:GetSecretValue", "kms:*crypt", "kms:Decrypt"))
    acting = found.acting(frozenset({"key"}))
    assert {name: number for name, (_, number) in acting.by_name.items()}["kms:Decrypt"] == 1
    assert "kms:GetSecretValue" not in acting.names
    assert acting.served_types >= {"key"}
    assert found.acting(frozenset()).pairs == ()
    assert [each.name for each in usable(load(), "kms:GetSecretValue", frozenset({"secret"}))] == [
        "kms:GetSecretValue"
    ]
    assert usable(load(), "kms:GetSecretValue", frozenset({"key"})) == ()
    long = "kms:GetSecretValue" + "*" * 300
    assert [each.name for each in usable(load(), long, frozenset({"secret"}))] == ["kms:GetSecretValue"]


def test_powerful_actions_are_told_the_gravest_first_and_of_equal_ones_as_listed():
    def risky(name: str, level: str):
        known = action(name)
        return replace(known, risk=replace(known.risk, level=level)), None

    pairs = [
        risky("Encrypt", "none"),
        risky("Decrypt", "low"),
        risky("CreateKey", "medium"),
        risky("DisableKey", "high"),
        risky("EnableKey", "critical"),
        risky("CreateAlias", "high"),
    ]
    told = [each.name.partition(":")[2] for each in Acting(pairs).powerful]
    assert told == ["EnableKey", "DisableKey", "CreateAlias", "CreateKey", "Decrypt", "Encrypt"]


@pytest.mark.parametrize(
    ("name", "powerful", "manages", "uses"),
    [
        ("Decrypt", True, False, True),
        ("Encrypt", True, False, True),
        ("DescribeKey", False, False, False),
        ("ListKeys", False, False, False),
        ("CreateKey", True, True, False),
        ("DisableKey", True, True, False),
        ("SetKeyPolicy", True, True, False),
        ("SetSecretPolicy", True, False, False),
        ("ImportKeyMaterial", True, False, False),
        ("GetSecretValue", True, False, False),
        ("CreateAlias", True, False, False),
        ("DescribeRegions", False, False, False),
    ],
)
def test_actions_that_change_or_use_or_give_away(name, powerful, manages, uses):
    known = action(name)
    assert (is_powerful(known), manages_keys(known), known.is_cryptographic) == (powerful, manages, uses)
    pairs = Acting([(known, 0)])
    assert (bool(pairs.managing), bool(pairs.using)) == (manages, uses)


TWICE = [statement(Resource=f"{HERE}:key/a"), statement(Action=["kms:Decrypt", "kms:Encrypt"])]


@pytest.mark.parametrize(
    ("many", "is_searched"), [(2, True), (MOST_STATEMENTS, True), (MOST_STATEMENTS + 1, False)]
)
def test_so_many_statements_are_looked_through_for_what_changes_nothing(many, is_searched):
    others = [statement(Resource=f"{HERE}:key/x{number}") for number in range(many - 2)]
    found = idle_in(about(*TWICE, *others).document, (), RegionMode.SEPARATE)
    assert bool(found) is is_searched


@pytest.mark.parametrize(("many", "is_searched"), [(MOST_TEXTS, True), (MOST_TEXTS + 1, False)])
def test_so_many_texts_are_looked_through_for_what_changes_nothing(many, is_searched):
    """Both statements have an action and a resource more than the list that is filled up."""
    keys = [f"{HERE}:key/a", *(f"{HERE}:key/x{number}" for number in range(many - 5))]
    written = [PLAIN, statement(Action=["kms:Decrypt", "kms:Encrypt"], Resource=keys)]
    context = about(*written)
    texts = sum(len(s.actions) + len(s.resources) for s in context.document.statements)
    assert texts == many
    assert bool(idle_in(context.document, (), RegionMode.SEPARATE)) is is_searched


IN_THE_REGION = "acs:kms:${region}:1234567890123456:key/a"


@pytest.mark.parametrize("mode", RegionMode)
@pytest.mark.parametrize("regions", [[], ["cn-hangzhou"], ["cn-hangzhou", "cn-beijing"]])
def test_what_changes_nothing_does_so_in_every_target(mode, regions):
    """Both statements are about the target's region; the Deny takes something back in one region alone."""
    targets = tuple(Target("1234567890123456", region) for region in regions)
    twice = [
        statement(Resource=IN_THE_REGION),
        statement(Action=["kms:Decrypt", "kms:Encrypt"], Resource=IN_THE_REGION),
    ]
    assert [each.path for each in idle_in(about(*twice).document, targets, mode)] == ["/Statement/1/Action/0"]
    denied = [PLAIN, statement(Effect="Deny", Resource=IN_THE_REGION)]
    assert idle_in(about(*denied).document, targets, mode) == ()
