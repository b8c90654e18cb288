"""Rights of several statements count together where they meet on a resource, and where no Deny takes one back."""

import pytest

CODES = {
    "lifts-deletion-protection": ("kms:SetDeletionProtection", "kms:ScheduleKeyDeletion"),
    "imports-known-material": ("kms:ImportKeyMaterial", "kms:Decrypt"),
    "administration-and-use-together": ("kms:DisableKey", "kms:Decrypt"),
}
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/"
ACROSS = [
    (KEY + "a", KEY + "a", True),
    (KEY + "a", KEY + "b", False),
    (KEY + "a*", KEY + "*b", True),
    (KEY + "a*", KEY + "b*", False),
    (KEY + "a", "*", True),
    ("acs:kms:${region}:${account}:key/*", KEY + "a", True),
    ("acs:kms:cn-shanghai:*:key/*", "acs:kms:cn-hangzhou:*:key/*", False),
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("one", "other", "do_meet"), ACROSS)
def test_rights_of_two_statements_count_together_where_they_meet(places, code, one, other, do_meet):
    first, second = CODES[code]
    found = places(code, {"Action": first, "Resource": one}, {"Action": second, "Resource": other})
    assert bool(found) is do_meet


DENIES = [
    ({"Action": "kms:*", "Resource": "*"}, False),
    ({"Action": "kms:*", "Resource": KEY + "*"}, False),
    ({"Action": "kms:*", "Resource": KEY + "a"}, False),
    ({"Action": "kms:*", "Resource": KEY + "b"}, True),
    ({"Action": "kms:*", "NotResource": KEY + "b"}, False),
    ({"Action": "kms:*", "NotResource": KEY + "a*"}, True),
    ({"NotAction": "kms:DescribeKey", "Resource": "*"}, False),
    ({"Action": "kms:DescribeKey", "Resource": "*"}, True),
    ({"Action": "kms:*", "Resource": "*", "Condition": {"Bool": {"acs:MFAPresent": "false"}}}, True),
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("deny", "is_left"), DENIES)
def test_what_a_deny_takes_back_whatever_the_request_does_not_count(places, code, deny, is_left):
    first, second = CODES[code]
    allowed = {"Action": first, "Resource": KEY + "*"}, {"Action": second, "Resource": KEY + "a"}
    assert bool(places(code, *allowed, {"Effect": "Deny", **deny}, stored=False)) is is_left


def test_a_deny_of_one_of_two_rights_is_enough(places):
    for action in CODES["lifts-deletion-protection"]:
        both = {"Action": [*CODES["lifts-deletion-protection"]], "Resource": "*"}
        deny = {"Effect": "Deny", "Action": action, "Resource": "acs:kms:*:*:key/*"}
        assert places("lifts-deletion-protection", both, deny) == []


def test_a_key_that_is_made_meets_patterns_only(places):
    making = {"Action": "kms:CreateKey", "Resource": "acs:kms:cn-hangzhou:1234567890123456:key"}
    code = "administration-and-use-together"
    assert places(code, making, {"Action": "kms:Decrypt", "Resource": KEY + "*"})
    assert not places(code, making, {"Action": "kms:Decrypt", "Resource": KEY + "a"})


def test_one_right_that_is_taken_back_is_no_danger(places):
    deny = {"Effect": "Deny", "Action": "kms:SetKeyPolicy", "Resource": "acs:kms:*:*:key/*"}
    assert places("rewrites-key-policy", {"Action": "kms:SetKeyPolicy"}, deny) == []


def test_alias_that_is_moved_counts_where_its_name_and_its_key_meet(places):
    alias = "acs:kms:cn-hangzhou:1234567890123456:alias/"

    def found(moved, used):
        return places(
            "repoints-alias",
            {"Action": "kms:UpdateAlias", "Resource": moved},
            {"Action": "kms:Encrypt", "Resource": used},
        )

    assert found([KEY + "*", alias + "x"], [KEY + "b", alias + "*"]) == ["/Statement/0/Action"]
    assert found([KEY + "*", alias + "x"], [KEY + "b", alias + "y"]) == []
    assert found([KEY + "a", alias + "x"], [KEY + "b", alias + "x"]) == []


def test_only_the_statements_that_meet_are_changed(judge):
    lifting = {"Action": ["kms:SetDeletionProtection", "kms:DescribeKey"], "Resource": KEY + "b"}
    both = {"Action": [*CODES["lifts-deletion-protection"]], "Resource": KEY + "a"}
    [finding] = [f for f in judge(lifting, both) if f.code == "lifts-deletion-protection"]
    assert finding.path == "/Statement/1/Action/0"
    assert all(len(choice.edits) == 1 for choice in finding.choices)
