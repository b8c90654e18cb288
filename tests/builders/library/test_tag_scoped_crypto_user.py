"""Using the keys that carry chosen tags."""

import pytest

from tests.builders.reading import builder, refused, relative_ids, statement


def test_several_tags_must_all_fit_and_of_their_values_any():
    tags = [{"key": "Project", "values": ["Apollo", "Gemini"]}, {"key": "acs:team/x", "values": ["平台"]}]
    got = statement("tag-scoped-crypto-user", tags=tags, operations=["encrypt"])
    assert got["Condition"] == {
        "StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo", "Gemini"], "kms:tag/acs:team/x": ["平台"]}
    }
    assert got["Action"] == ["kms:Encrypt"]
    assert relative_ids(got) == ["key/*"]


def test_extra_conditions_stand_beside_the_tags():
    got = statement("tag-scoped-crypto-user", conditions={"https": True})
    assert got["Condition"] == {
        "Bool": {"acs:SecureTransport": "true"},
        "StringEqualsIgnoreCase": {"kms:tag/Project": ["Apollo"]},
    }


def test_it_says_that_a_tag_condition_does_not_reach_aliases():
    notes = builder("tag-scoped-crypto-user").notes
    assert any("does not reach aliases" in note.text and note.tone == "warning" for note in notes)


@pytest.mark.parametrize(
    ("tags", "problem"),
    [
        ([], ("/tags", "empty-list")),
        ([{"key": "a", "values": []}], ("/tags/0/values", "empty-list")),
        ([{"key": "a", "values": "b"}], ("/tags/0/values", "wrong-type")),
        ([{"key": "a", "values": ["b", "*"]}], ("/tags/0/values/1", "wildcard")),
        ([{"key": "", "values": ["b"]}], ("/tags/0/key", "empty-text")),
        ([{"key": " a", "values": ["b"]}], ("/tags/0/key", "odd-character")),
        ([{"key": "${account}", "values": ["b"]}], ("/tags/0/key", "placeholder")),
        ([{"key": "a"}], ("/tags/0/values", "missing")),
        ([{"key": "a", "values": ["b"], "operator": "x"}], ("/tags/0/operator", "unknown-parameter")),
        (["a"], ("/tags/0", "wrong-type")),
        ([{"key": "a", "values": ["b"]}, {"key": "a", "values": ["c"]}], ("/tags/1/key", "repeated")),
    ],
)
def test_each_refusal_names_its_place(tags, problem):
    assert refused("tag-scoped-crypto-user", tags=tags) == [problem]


def test_tags_are_asked_for_once():
    tag = [{"key": "Project", "values": ["Apollo"]}]
    assert refused("tag-scoped-crypto-user", conditions={"tag": tag}) == [
        ("/conditions/tag", "unknown-parameter")
    ]
