"""Secrets, all or chosen: secret-admin."""

import pytest

from tests.builders.reading import builder, reached, refused, relative_ids, statement

SLUG = "secret-admin"


def test_chosen_secrets_and_prefixes_leave_what_listing_needs():
    got = statement(SLUG, secrets=["app/db", "prod/*"])
    assert relative_ids(got) == ["secret", "secret/app/db", "secret/prod/*", "alias"]
    assert got["Action"] == statement(SLUG)["Action"]


def test_no_value_can_be_read():
    assert "kms:GetSecretValue" not in reached(statement(SLUG))


@pytest.mark.parametrize(
    ("secrets", "problem"),
    [
        ([], ("/secrets", "empty-list")),
        (None, ("/secrets", "wrong-type")),
        (["*"], ("/secrets/0", "wildcard")),
        (["a*b"], ("/secrets/0", "wildcard")),
        (["a?"], ("/secrets/0", "wildcard")),
        (["a**"], ("/secrets/0", "wildcard")),
        (["acs:kms:cn-hangzhou:1:secret/a"], ("/secrets/0", "not-allowed-character")),
        (["a", "b" * 193], ("/secrets/1", "too-long")),
        ([f"secret-{number}" for number in range(201)], ("/secrets", "too-many")),
    ],
)
def test_each_refusal_names_its_place(secrets, problem):
    assert refused(SLUG, secrets=secrets) == [problem]


def test_conditions_narrow_it():
    got = statement(SLUG, conditions={"source_ip": ["203.0.113.1"]})
    assert got["Condition"] == {"IpAddress": {"acs:SourceIp": ["203.0.113.1"]}}


def test_tags_of_secrets_are_not_offered_as_a_condition():
    # Whether the tag condition works for secrets is not documented.
    tag = [{"key": "Project", "values": ["Apollo"]}]
    assert refused(SLUG, conditions={"tag": tag}) == [("/conditions/tag", "unknown-parameter")]


def test_it_says_that_no_secret_can_be_created():
    assert "kms:CreateSecret" not in reached(statement(SLUG))
    assert any("kms:CreateSecret" in note.text and note.tone == "warning" for note in builder(SLUG).notes)
