"""A resource that no action of the statement acts on."""

KEY = "acs:kms:${region}:${account}:key/*"
ALIAS = "acs:kms:${region}:${account}:alias/*"
SECRET = "acs:kms:${region}:${account}:secret/*"
CODE = "resource-without-usable-action"


def test_alias_counts_for_an_action_that_accepts_one(places):
    assert places(CODE, {"Action": "kms:Encrypt", "Resource": [KEY, ALIAS]}) == []
    assert places(CODE, {"Action": "kms:Decrypt", "Resource": [KEY, ALIAS]}) == ["/Statement/0/Resource/1"]


def test_alias_of_a_statement_of_its_own_counts_when_the_key_is_elsewhere(places):
    tagged = {
        "Action": "kms:Encrypt",
        "Resource": KEY,
        "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}},
    }
    assert places(CODE, tagged, {"Action": "kms:Encrypt", "Resource": ALIAS}) == []


def test_one_cause_is_told_once(places):
    assert places(CODE, {"Action": ["kms:Encypt"], "Resource": [KEY, SECRET]}) == []
    assert places(CODE, {"Action": "kms:GetSecretValue", "Resource": KEY}) == []


def test_other_services_are_left_alone(places):
    assert places(CODE, {"Action": "oss:GetObject", "Resource": "acs:oss:*:*:bucket/*"}) == []
