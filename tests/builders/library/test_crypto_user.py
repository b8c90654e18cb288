"""Using keys: chosen keys, aliases and operations."""

import pytest

from tests.builders.reading import builder, refused, relative_ids, statement

TAG = [{"key": "Project", "values": ["Apollo"]}]


def test_chosen_keys_aliases_and_operations():
    got = statement("crypto-user", keys=["key-a"], aliases=["alias/app", "b"], operations=["decrypt"])
    assert got["Action"] == ["kms:Decrypt"]
    assert relative_ids(got) == ["key/key-a", "alias/app", "alias/b"]


def test_operations_keep_the_order_of_the_documentation():
    got = builder("crypto-user").build({"operations": ["generate-data-key", "encrypt"]})
    assert got.parameters["operations"] == ["encrypt", "generate-data-key"]
    assert statement("crypto-user", operations=["generate-data-key", "encrypt"])["Action"] == [
        "kms:Encrypt",
        "kms:GenerateDataKey",
    ]


def test_no_aliases_means_that_callers_name_keys_by_id():
    assert relative_ids(statement("crypto-user", aliases=[])) == ["key/*"]
    assert any("by id only" in note.text for note in builder("crypto-user").notes)


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"keys": []}, ("/keys", "empty-list")),
        ({"keys": "key-a"}, ("/keys", "wrong-type")),
        ({"keys": ["*"]}, ("/keys/0", "wildcard")),
        ({"keys": ["all", "key/a"]}, ("/keys/1", "not-allowed-character")),
        ({"keys": ["08ec3bb9-****"]}, ("/keys/0", "wildcard")),
        ({"aliases": ["app", "alias/app"]}, ("/aliases/1", "repeated")),
        ({"aliases": ["alias/alias/app"]}, ("/aliases/0", "not-allowed-character")),
        ({"aliases": ["alias/"]}, ("/aliases/0", "not-allowed-character")),
        ({"operations": []}, ("/operations", "empty-list")),
        ({"operations": ["sign"]}, ("/operations/0", "unknown-choice")),
        ({"operations": ["encrypt", "encrypt"]}, ("/operations/1", "repeated")),
        ({"operations": [["encrypt"]]}, ("/operations/0", "unknown-choice")),
        ({"operations": "encrypt"}, ("/operations", "wrong-type")),
    ],
)
def test_each_refusal_names_its_place(parameters, problem):
    assert refused("crypto-user", **parameters) == [problem]


@pytest.mark.parametrize("aliases", [{}, {"aliases": "all"}, {"aliases": ["app"]}])
def test_a_tag_condition_beside_aliases_is_refused(aliases):
    found = refused("crypto-user", conditions={"tag": TAG}, **aliases)
    assert found == [("/conditions/tag", "tag-condition-beside-alias")]
    assert refused("crypto-user", conditions={"tag": TAG}, aliases=[]) == []


def test_a_tag_condition_on_chosen_keys():
    got = statement("crypto-user", keys=["key-a"], aliases=[], conditions={"tag": TAG})
    assert relative_ids(got) == ["key/key-a"]
    assert got["Condition"] == {"StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]}}
