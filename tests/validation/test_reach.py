"""Everything of a form, however it is written."""

import pytest

A = "acs:kms:${region}:${account}:"


@pytest.mark.parametrize(
    ("code", "action", "resource"),
    [
        ("every-secret-value", "GetSecretValue", "secret/?*"),
        ("every-secret-value", "GetSecretValue", "secret/*?"),
        ("key-deletion-on-every-key", "ScheduleKeyDeletion", "key/k*"),
        ("key-deletion-on-every-key", "ScheduleKeyDeletion", "key/key-*"),
        ("every-key", "Decrypt", "key/?*"),
        ("every-alias", "Encrypt", "alias/?*"),
    ],
)
def test_equal_pattern_is_as_wide(judge, code, action, resource):
    codes = {f.code for f in judge({"Action": f"kms:{action}", "Resource": [A + resource, A + "key/*"]})}
    assert code in codes
    assert not codes & {"wildcard-inside-key-id", "short-secret-prefix"}


@pytest.mark.parametrize("resource", ["key/key-hzz*", "key/a*", "key/*a"])
def test_part_of_a_key_id_is_not_every_key(judge, resource):
    codes = {f.code for f in judge({"Action": "kms:ScheduleKeyDeletion", "Resource": A + resource})}
    assert "key-deletion-on-every-key" not in codes
    assert "wildcard-inside-key-id" in codes


@pytest.mark.parametrize(
    ("operator", "is_narrowed"),
    [
        ("StringEquals", True),
        ("StringNotEquals", False),
        ("ForAllValues:StringNotEquals", False),
        ("ForAllValues:StringEquals", False),
        ("ForAnyValue:StringEquals", False),
    ],
)
def test_only_a_plain_operator_narrows_to_a_tag(judge, operator, is_narrowed):
    statement = {
        "Action": "kms:ScheduleKeyDeletion",
        "Resource": A + "key/*",
        "Condition": {operator: {"kms:tag/a": "b"}},
    }
    codes = {f.code for f in judge(statement)}
    assert ("key-deletion-on-every-key" not in codes) is is_narrowed
