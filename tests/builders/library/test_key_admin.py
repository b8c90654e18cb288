"""Managing keys: what stays when it is narrowed, and what is really gone without destructive actions."""

import pytest

from tests.builders.reading import builder, reached, refused, relative_ids, statement

DESTRUCTIVE = {"kms:ScheduleKeyDeletion", "kms:DeleteKeyMaterial"}
# What the sample reaches beside these with `kms:Delete*`; the key and alias resources cut all but the alias off.
CUT_OFF = {
    "kms:DeleteApplicationAccessPoint",
    "kms:DeleteCertificate",
    "kms:DeleteClientKey",
    "kms:DeleteNetworkRule",
    "kms:DeletePolicy",
    "kms:DeleteSecret",
}


def test_chosen_keys_and_aliases_stand_in_place_of_all_of_them():
    got = statement("key-admin", keys=["key-b", "key-a"], aliases=["app", "alias/team/x"])
    assert relative_ids(got) == ["key", "key/key-b", "key/key-a", "alias", "alias/app", "alias/team/x"]
    assert got["Action"] == statement("key-admin")["Action"]


def test_without_aliases_no_alias_resource_is_left():
    assert relative_ids(statement("key-admin", aliases=[])) == ["key", "key/*"]


def test_without_destructive_actions_only_these_are_gone():
    everything = reached(statement("key-admin"))
    rest = reached(statement("key-admin", include_destructive=False))
    assert everything - rest == DESTRUCTIVE | CUT_OFF
    assert rest <= everything


@pytest.mark.parametrize("aliases", ["all", ["app"], []])
@pytest.mark.parametrize("keys", ["all", ["key-a"]])
def test_however_it_is_narrowed_no_wildcard_reaches_a_destructive_action(keys, aliases):
    got = statement("key-admin", keys=keys, aliases=aliases, include_destructive=False)
    assert not reached(got) & DESTRUCTIVE
    assert reached(statement("key-admin", keys=keys, aliases=aliases)) >= DESTRUCTIVE


def test_an_alias_may_be_deleted_only_where_aliases_are_managed():
    assert "kms:DeleteAlias" in statement("key-admin", include_destructive=False)["Action"]
    assert "kms:DeleteAlias" not in statement("key-admin", include_destructive=False, aliases=[])["Action"]


def test_keys_are_administered_and_not_used():
    assert not reached(statement("key-admin")) & {"kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"}


def test_no_key_at_all_is_refused():
    assert refused("key-admin", keys=[]) == [("/keys", "empty-list")]


@pytest.mark.parametrize("given", ["false", 0, None])
def test_destructive_actions_are_left_out_by_false_alone(given):
    assert refused("key-admin", include_destructive=given) == [("/include_destructive", "wrong-type")]


def test_a_tag_condition_is_not_offered():
    # Creating, tagging and setting key policies carry no key tag, so an administrator could do little of the rest.
    tag = [{"key": "Project", "values": ["Apollo"]}]
    assert refused("key-admin", conditions={"tag": tag}) == [("/conditions/tag", "unknown-parameter")]


def test_it_says_that_key_policies_are_a_way_round():
    assert any(
        "SetKeyPolicy" in note.text and note.tone == "security_warning" for note in builder("key-admin").notes
    )
