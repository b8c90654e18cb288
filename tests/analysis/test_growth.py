"""Patterns that grew with the catalogue are told with what they now also stand for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.growth import added_actions, grown
from policystudio.catalog import load
from policystudio.ram.parse import parse
from tests.reference.patterns import matches as slowly_matches

NAMES = frozenset(action.name for action in load().actions.values())
WITHOUT = NAMES - {"kms:GetSecretValue", "kms:GetPublicKey", "kms:TagResources"}


def document(*statements):
    complete = [{"Effect": "Allow", "Resource": "*", **statement} for statement in statements]
    parsed = parse(json.dumps({"Version": "1", "Statement": complete}))
    assert parsed.document is not None, parsed.findings
    return parsed.document


def told(*statements, before=WITHOUT):
    """(pointer, whether an exception, names) of everything that grew."""
    return [
        (growth.path, growth.is_exception, sorted(action.name for action in growth.actions))
        for growth in grown(document(*statements), before, load())
    ]


def test_nothing_grows_while_the_catalogue_is_the_same():
    assert told({"Action": ["kms:*", "*"]}, {"NotAction": "kms:Get*"}, before=NAMES) == []


def test_pattern_grows_by_the_new_names_that_it_fits():
    assert told({"Action": ["kms:Get*", "kms:Describe*"]}) == [
        ("/Statement/0/Action/0", False, ["kms:GetPublicKey", "kms:GetSecretValue"])
    ]


def test_every_entry_that_grew_is_told_and_deny_like_allow():
    assert told({"Action": "kms:Tag*"}, {"Effect": "Deny", "Action": ["KMS:get?????????*"]}) == [
        ("/Statement/0/Action", False, ["kms:TagResources"]),
        ("/Statement/1/Action/0", False, ["kms:GetPublicKey", "kms:GetSecretValue"]),
    ]


def test_name_in_full_is_no_surprise():
    assert told({"Action": ["kms:GetSecretValue", "kms:gettagresources"]}) == []


def test_exceptions_tell_what_is_left_out_and_the_statement_what_is_not():
    assert told({"NotAction": ["kms:Get*", "kms:Encrypt"]}) == [
        ("/Statement/0", False, ["kms:TagResources"]),
        ("/Statement/0/NotAction/0", True, ["kms:GetPublicKey", "kms:GetSecretValue"]),
    ]
    assert told({"NotAction": "kms:*"}) == [("/Statement/0/NotAction", True, sorted(NAMES - WITHOUT))]


def test_exception_in_full_leaves_the_name_out_of_what_is_covered():
    assert told({"Effect": "Deny", "NotAction": ["kms:TagResources", "oss:*"]}) == [
        ("/Statement/0", False, ["kms:GetPublicKey", "kms:GetSecretValue"])
    ]


def test_actions_that_no_resource_lets_act_are_marked():
    (growth,) = grown(document({"Action": "kms:Get*", "Resource": "acs:kms:*:*:secret/app"}), WITHOUT, load())
    assert growth.idle == {"kms:GetPublicKey"}
    (growth,) = grown(document({"Action": "kms:Get*"}), WITHOUT, load())
    assert growth.idle == frozenset()


def test_letter_case_of_names_does_not_count():
    assert added_actions(frozenset(name.upper() for name in NAMES), load()) == ()


@given(
    st.lists(
        st.sampled_from(["kms:*", "kms:Get*", "kms:?et*", "*", "kms:Tag?esources", "oss:*", "kms:List*"])
    ),
    st.sets(st.sampled_from(sorted(NAMES))),
    st.booleans(),
)
def test_it_agrees_with_a_slow_reading(patterns, missing, is_negated):
    patterns = patterns or ["kms:Put*"]
    field = "NotAction" if is_negated else "Action"
    found = grown(document({field: patterns}), NAMES - missing, load())
    for index, pattern in enumerate(patterns):
        expected = {name for name in missing if slowly_matches(pattern.lower(), name.lower())}
        at = [growth for growth in found if growth.path == f"/Statement/0/{field}/{index}"]
        assert {a.name for growth in at for a in growth.actions} == expected
    if is_negated:
        expected = {n for n in missing if not any(slowly_matches(p.lower(), n.lower()) for p in patterns)}
        assert {a.name for growth in found if growth.entry is None for a in growth.actions} == expected


@pytest.mark.parametrize("pattern", ["kms:" + "*a" * 200 + "b", "*" * 500, "?*" * 300])
def test_hostile_patterns_take_no_time(pattern):
    grown(document({"Action": pattern}), frozenset(), load())


def test_smaller_catalogue_is_a_catalogue_too():
    small = replace(load(), actions={n: a for n, a in load().actions.items() if a.name in WITHOUT})
    assert grown(document({"Action": "kms:*"}), NAMES, small) == ()
