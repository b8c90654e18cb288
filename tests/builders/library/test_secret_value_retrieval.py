"""Reading secret values: which secrets, and with which keys they are decrypted."""

import pytest

from tests.builders.reading import builder, refused, statement, statements

SECRET = "acs:kms:${region}:${account}:secret/"
KEY = "acs:kms:${region}:${account}:key/"


def pair(name, key):
    return {"name": name, "key": key}


def test_several_secrets_and_keys_stand_in_lists_each_key_once():
    secrets = [pair("app/db", "k1"), pair("app/api", None), pair("app/tls", "k2"), pair("app/x", "k1")]
    read, decrypt = statements("secret-value-retrieval", secrets=secrets)
    assert read["Action"] == "kms:GetSecretValue"
    assert read["Resource"] == [SECRET + name for name in ("app/db", "app/api", "app/tls", "app/x")]
    assert decrypt["Action"] == "kms:Decrypt"
    assert decrypt["Resource"] == [KEY + "k1", KEY + "k2"]


def test_several_secrets_under_one_key_name_it_plainly():
    _, decrypt = statements("secret-value-retrieval", secrets=[pair("a", "k"), pair("b", "k")])
    assert decrypt["Resource"] == KEY + "k"


def test_without_own_keys_nothing_is_decrypted():
    got = statement("secret-value-retrieval", secrets=[pair("a", None)])
    assert (got["Action"], got["Resource"]) == ("kms:GetSecretValue", SECRET + "a")


def test_the_validator_is_told_which_secrets_have_no_own_key():
    facts = builder("secret-value-retrieval").facts({"secrets": [pair("a", None), pair("b", "k")]})
    assert facts == {"own_key_secrets": ("a",)}


def test_conditions_stand_in_both_statements():
    found = statements("secret-value-retrieval", conditions={"source_ip": ["203.0.113.1"]})
    assert [s["Condition"] for s in found] == [{"IpAddress": {"acs:SourceIp": ["203.0.113.1"]}}] * 2


@pytest.mark.parametrize(
    ("secrets", "problem"),
    [
        ([], ("/secrets", "empty-list")),
        ("all", ("/secrets", "wrong-type")),
        (["a"], ("/secrets/0", "wrong-type")),
        ([{"name": "a"}], ("/secrets/0/key", "missing")),
        ([{"key": "k"}], ("/secrets/0/name", "missing")),
        ([pair("a*", "k")], ("/secrets/0/name", "wildcard")),
        ([pair("a", "")], ("/secrets/0/key", "empty-text")),
        ([pair("a", "key/k")], ("/secrets/0/key", "not-allowed-character")),
        ([pair("a", 1)], ("/secrets/0/key", "wrong-type")),
        ([pair("a", "k"), pair("a", "j")], ("/secrets/1/name", "repeated")),
        ([{**pair("a", "k"), "more": 1}], ("/secrets/0/more", "unknown-parameter")),
    ],
)
def test_each_refusal_names_its_place(secrets, problem):
    assert refused("secret-value-retrieval", secrets=secrets) == [problem]
