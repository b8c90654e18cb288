"""Asymmetric encryption: chosen keys, aliases and operations."""

from tests.builders.reading import refused, relative_ids, statement

SLUG = "asymmetric-encryption"


def test_chosen_keys_aliases_and_operations():
    got = statement(SLUG, keys=["key-a"], aliases=["app"], operations=["decrypt"])
    assert got["Action"] == ["kms:AsymmetricDecrypt"]
    assert relative_ids(got) == ["key/key-a", "alias/app"]


def test_both_operations_keep_the_order_of_the_documentation():
    assert statement(SLUG, operations=["decrypt", "encrypt"]) == statement(SLUG)


def test_an_operation_of_other_keys_is_refused():
    assert refused(SLUG, operations=["encrypt", "generate-data-key"]) == [("/operations/1", "unknown-choice")]


def test_a_tag_condition_excludes_aliases():
    tag = [{"key": "Project", "values": ["Apollo"]}]
    assert refused(SLUG, conditions={"tag": tag}) == [("/conditions/tag", "tag-condition-beside-alias")]
    got = statement(SLUG, aliases=[], conditions={"tag": tag})
    assert relative_ids(got) == ["key/*"]
    assert got["Condition"] == {"StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]}}
