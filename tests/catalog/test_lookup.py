"""Patterns of actions, types that a resource reaches, near words, condition keys."""

from dataclasses import replace
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import condition_key, expand, load, lookup, nearest, region, types_reached
from policystudio.catalog.lookup import fits_prefix
from policystudio.ram.patterns import matches

CATALOGUE = load()


def names(pattern):
    return [action.name for action in expand(CATALOGUE, pattern)]


class TestExpand:
    def test_exact_name_is_itself_in_any_case(self):
        assert names("KMS:decrypt") == ["kms:Decrypt"]

    def test_pattern_is_what_fits_it(self):
        assert names("kms:Enable*") == ["kms:EnableKey"]
        assert names("kms:Set*") == ["kms:SetDeletionProtection", "kms:SetKeyPolicy", "kms:SetSecretPolicy"]
        assert len(names("kms:*")) == len(names("*")) == len(CATALOGUE.actions)

    @pytest.mark.parametrize("pattern", ["", "kms", "oss:*", "kms:Encypt", "kmsx:*", "kms:\u212aey"])
    def test_nothing_else_fits(self, pattern):
        assert names(pattern) == []


class TestTypesReached:
    @pytest.mark.parametrize(
        ("relative_id", "types"),
        [
            ("key", {"key-container"}),
            ("key/*", {"key"}),
            ("key*", {"key-container", "key", "instance"}),
            ("key/", set()),
            ("keys/*", set()),
            ("Key/*", set()),
            ("secret/app-*", {"secret"}),
            ("s*t/x", {"secret"}),
            ("?lias/*", {"alias"}),
            ("alias", {"alias-container"}),
            ("keystore/kst-1", {"instance"}),
        ],
    )
    def test_pattern_reaches_what_it_may_fit(self, relative_id, types):
        assert types_reached(CATALOGUE, relative_id) == types

    @pytest.mark.parametrize("star", ["*", "**"])
    def test_only_a_star_reaches_actions_without_resource(self, star):
        assert types_reached(CATALOGUE, star) == set(CATALOGUE.resource_types)
        assert "all" not in types_reached(CATALOGUE, "k*")

    @given(st.text("ab/*?", max_size=7), st.text("ab/", max_size=5))
    def test_text_that_fits_and_begins_alike_proves_the_reach(self, pattern, tail):
        if tail and matches(pattern, "a/" + tail):
            assert fits_prefix(pattern, "a/")


class TestUsable:
    def test_alias_change_needs_alias_and_key(self):
        action = CATALOGUE.actions["kms:createalias"]
        assert action.usable_with({"alias", "key"})
        assert not action.usable_with({"alias"})
        assert not action.usable_with({"key"})

    def test_tagging_needs_one_of_its_types(self):
        action = CATALOGUE.actions["kms:tagresource"]
        assert action.usable_with({"secret"})
        assert not action.usable_with({"alias"})


class TestNearest:
    @pytest.mark.parametrize(
        ("word", "meant"),
        [
            ("kms:Encypt", "kms:Encrypt"),
            ("KMS:DECRYPT", "kms:Decrypt"),
            ("zzz", None),
            ("", None),
            ("x" * 100_000, None),
        ],
    )
    def test_word_is_offered_only_when_close(self, word, meant):
        assert nearest(word, [action.name for action in CATALOGUE.actions.values()]) == meant


class TestConditionKey:
    @pytest.mark.parametrize(
        ("name", "key"),
        [
            ("acs:SourceIp", "acs:SourceIp"),
            ("kms:tag/Project", "kms:tag/${TagKey}"),
            ("kms:tag/acs:rds:instance-encryption", "kms:tag/${TagKey}"),
            ("kms:EncryptionContext:purpose", "kms:EncryptionContext:${EncryptionContextKey}"),
        ],
    )
    def test_key_is_found_by_name_or_prefix(self, name, key):
        found = condition_key(CATALOGUE, name)
        assert found is CATALOGUE.condition_keys[key]

    @pytest.mark.parametrize(
        "name", ["acs:sourceip", "kms:tag/", "kms:tag", "kms:Tag/Project", "aws:SourceIp", ""]
    )
    def test_anything_else_is_unknown(self, name):
        assert condition_key(CATALOGUE, name) is None


def test_region_is_found_with_its_status():
    assert region(CATALOGUE, "cn-hangzhou") is CATALOGUE.regions["cn-hangzhou"]
    assert CATALOGUE.regions["ap-south-1"].status == "retired"
    assert region(CATALOGUE, "cn-hangzou") is None


def test_long_texts_are_not_remembered(monkeypatch):
    """Each is asked about anew: nobody fills the memory with texts of any length."""
    asked = []
    monkeypatch.setattr(lookup, "matches", lambda pattern, name: asked.append(pattern))
    for _ in range(2):
        lookup.expand(load(), "kms:*" + "a" * 300)
    assert len(asked) == 2 * len(load().actions)


@pytest.mark.parametrize(
    ("word", "words", "meant"),
    [
        ("abcd", ["abce", "abcf"], "abcf"),
        ("abcd", ["abcf", "abce"], "abcf"),
        ("abcd", ["abcx", "abcd"], "abcd"),
        ("ABCD", ["xbcd", "Abcd"], "Abcd"),
        # Seven of ten letters are just enough, six of nine are not.
        ("aaaaaaabbb", ["aaaaaaaccc"], "aaaaaaaccc"),
        ("aaaaaabbb", ["aaaaaaccc"], None),
        ("", ["a"], None),
        ("a", [], None),
    ],
)
def test_nearest_word_is_the_likest_and_of_equal_ones_the_last_of_the_alphabet(word, words, meant):
    assert nearest(word, words) == meant


@given(st.text("abc", max_size=6), st.lists(st.text("abc", min_size=1, max_size=6), max_size=6))
def test_nearest_word_is_found_as_by_comparing_all_in_full(word, words):
    likeness = {each: SequenceMatcher(a=each, b=word).ratio() for each in words}
    best = max(((ratio, each) for each, ratio in likeness.items() if ratio >= 0.7), default=None)
    assert nearest(word, words) == (best[1] if best else None)


@pytest.mark.parametrize(
    ("category", "level", "is_destructive"),
    [
        ("destructive", "critical", True),
        ("destructive", "high", False),
        ("destructive", "none", False),
        ("availability", "critical", False),
        ("zzz", "critical", False),
    ],
)
def test_action_is_destructive_when_it_destroys_and_not_by_its_gravity_alone(category, level, is_destructive):
    action = CATALOGUE.actions["kms:schedulekeydeletion"]
    risk = replace(action.risk, category=category, level=level)
    assert replace(action, risk=risk).is_destructive is is_destructive


@pytest.mark.parametrize(
    ("group", "types", "is_cryptographic"),
    [
        ("crypto", ("key",), True),
        ("asymmetric", ("key", "alias"), True),
        ("crypto", ("secret",), False),
        ("key", ("key",), False),
        ("zzz", ("key",), False),
    ],
)
def test_action_is_cryptographic_by_its_group_on_keys(group, types, is_cryptographic):
    action = replace(CATALOGUE.actions["kms:encrypt"], group=group, resource_types=types)
    assert action.is_cryptographic is is_cryptographic


@pytest.mark.parametrize("match", ["any", "all"])
@given(needed=st.sets(st.sampled_from("abc")), reached=st.sets(st.sampled_from("abcd")))
def test_action_is_usable_with_any_or_all_of_its_types(match, needed, reached):
    action = replace(CATALOGUE.actions["kms:encrypt"], resource_types=tuple(needed), resource_match=match)
    assert action.usable_with(reached) is (needed <= reached if match == "all" else bool(needed & reached))


def test_word_of_a_type_is_what_stands_before_the_slash():
    words = {kind.id: kind.word for kind in CATALOGUE.resource_types.values()}
    assert words["key"] == words["key-container"] == "key"
    assert words["instance"] == "keystore"
    assert words["all"] == "*"
