"""Resources are written anew, limited, added or taken out."""

from __future__ import annotations

from typing import Any

import pytest

from policystudio.ram.resources import split
from policystudio.validation.choices.resources import (
    corrections,
    everything_here,
    limits,
    only_those_named,
    resources_for,
    with_fields,
)
from policystudio.validation.repairs import Replace
from tests.validation.choices.making import KEY, after
from tests.validation.contexts import HERE, PLAIN, about, action, statement


def made(resources: Any, make: Any, **members: Any) -> list[Any]:
    of = about(statement(Resource=resources, **members), PLAIN)
    found = of.document.statements[0]
    repairs = make(found.resources[0], found, of)
    return [each and each[0].get("Resource") for each in (after(r, of.document) for r in repairs)]


@pytest.mark.parametrize(
    ("resource", "fields", "left"),
    [
        (f"{HERE}:key/a", {"region": "*"}, ["acs:kms:*:1234567890123456:key/a"]),
        (f"{HERE}:key/a", {"region": "cn-hangzhou"}, []),
        ("nonsense", {"region": "*"}, []),
    ],
)
def test_fields_are_written_anew_where_something_changes(resource, fields, left):
    assert made(resource, lambda r, *_: with_fields(r, "a", **fields)) == left


@pytest.mark.parametrize(
    ("members", "is_real", "removal", "kinds"),
    [
        ({}, False, "b", [True, False]),
        ({}, False, None, [True]),
        ({}, True, "b", [True, False]),
        ({"Effect": "Deny"}, False, "b", [False]),
        ({"Effect": "Deny"}, True, "b", [True]),
    ],
)
def test_correction_widens_an_allow_and_a_deny_of_what_is_real(members, is_real, removal, kinds):
    of = about(statement(**members), PLAIN)
    (found, _) = of.document.statements
    repair = Replace(found.resources[0], "*")
    offered = corrections([repair], found.resources[0], found, removal, is_real)
    fixes = [each.fix(of.document) for each in offered]
    assert [fix and fix.widens for fix in fixes] == kinds
    assert len(offered) == len(kinds)


def test_what_is_left_out_is_not_removed():
    of = about(statement(NotResource=KEY), PLAIN, stored=False)
    found = of.document.statements[0]
    assert len(corrections([], found.not_resources[0], found)) == 0


@pytest.mark.parametrize(
    ("resource", "field", "targets", "left"),
    [
        (
            "acs:kms:*:1234567890123456:key/a",
            "region",
            ["r1", "r2"],
            [
                "acs:kms:${region}:1234567890123456:key/a",
                ["acs:kms:r1:1234567890123456:key/a", "acs:kms:r2:1234567890123456:key/a"],
            ],
        ),
        ("acs:kms:*:1:key/a", "region", ["r1"], ["acs:kms:${region}:1:key/a"]),
        ("acs:kms:*:1:key/a", "region", ["r"] * 7, ["acs:kms:${region}:1:key/a"]),
        (
            "acs:kms:*:*:key/a",
            "account",
            [],
            ["acs:kms:*:${account}:key/a", "acs:kms:${region}:${account}:key/a"],
        ),
        ("acs:kms:cn-*:*:key/a", "account", [], ["acs:kms:cn-*:${account}:key/a"]),
    ],
)
def test_star_is_limited_to_the_targets(resource, field, targets, left):
    fields = split(resource)
    assert fields is not None
    assert made(resource, lambda r, *_: limits(r, fields, field, targets)) == left


def test_regions_of_targets_are_listed_up_to_six():
    fields = split("acs:kms:*:1:key/a")
    assert fields is not None
    for many, count in ((2, 2), (6, 2), (7, 1)):
        targets = [f"r{n}" for n in range(many)]
        found = made(str(fields), lambda r, *_, t=targets: limits(r, fields, "region", t))
        assert len(found) == count
        assert count == 1 or found[1] == [f"acs:kms:r{n}:1:key/a" for n in range(many)]


@pytest.mark.parametrize(
    ("names", "resources", "added"),
    [
        (["Decrypt"], [f"{HERE}:secret/a"], [["key/*"]]),
        (["CreateAlias"], [f"{HERE}:secret/a"], [["alias/*", "key/*"]]),
        (["TagResource"], [f"{HERE}:alias/a"], None),
        (["ListKeys"], [f"{HERE}:secret/a"], [["key"]]),
        (["Decrypt", "GetSecretValue"], [f"{HERE}:alias/a"], [["key/*"], ["secret/*"]]),
        (["Decrypt", "Encrypt"], [f"{HERE}:alias/a"], [["key/*"]]),
        (["Decrypt", "GetSecretValue", "ListKeys"], [f"{HERE}:alias/a"], [["key/*"], ["secret/*"]]),
    ],
)
def test_resources_that_actions_act_on_are_added(names, resources, added):
    found = made(resources, lambda _, s, of: resources_for(map(action, names), s, of))
    if added is None:
        assert len(found) == min(2, len(action(names[0]).resource_types))
        added = [[each[-1].rpartition(":")[2]] for each in found]
    assert found == [
        [*resources, *(f"acs:kms:${{region}}:${{account}}:{form}" for form in forms)] for forms in added
    ]


@pytest.mark.parametrize(
    ("resources", "is_offered"),
    [
        ([f"{HERE}:key/*", KEY], True),
        ([f"{HERE}:key/*", f"{HERE}:key/?*"], False),
        ([f"{HERE}:key/*", f"{HERE}:secret/a"], False),
        ([f"{HERE}:key/*", "acs:oss:cn-hangzhou:1:key/a"], False),
        ([f"{HERE}:key/*", "acs:a:cn-hangzhou:1:key/a"], False),
        ([f"{HERE}:key/*", "acs:zzz:cn-hangzhou:1:key/a"], False),
        ([f"{HERE}:key/*", "nonsense"], False),
        ([f"{HERE}:key/*"], False),
    ],
)
def test_all_keys_may_go_where_others_are_named_beside_them(resources, is_offered):
    found = made(resources, lambda r, s, _: only_those_named(r, s, "key"))
    assert found == ([resources[1:]] if is_offered else [None])


def test_everything_is_limited_to_at_most_six_types():
    found = made("*", lambda r, s, of: everything_here(r, s, of), Action="kms:*")
    here = "acs:kms:${region}:${account}"
    assert found[-1] == f"{here}:*"
    assert len(found) == 2
