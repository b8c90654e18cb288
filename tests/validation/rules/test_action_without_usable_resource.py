"""Actions and resources have to meet, with aliases counted as the documentation wants it."""

KEY = "acs:kms:${region}:${account}:key/*"
ALIAS = "acs:kms:${region}:${account}:alias/*"
SECRET = "acs:kms:${region}:${account}:secret/*"
CODE = "action-without-usable-resource"


def test_pattern_counts_only_when_none_of_its_actions_fits(places):
    assert places(CODE, {"Action": ["kms:Get*", "kms:Encrypt"], "Resource": SECRET}) == [
        "/Statement/0/Action/1"
    ]
    assert places(CODE, {"Action": ["kms:Enc*", "kms:GetSecretValue"], "Resource": SECRET}) == [
        "/Statement/0/Action/0"
    ]


def test_alias_counts_where_another_statement_lists_the_key(places):
    alone = {"Action": "kms:Encrypt", "Resource": ALIAS}
    keyed = {"Action": "kms:Encrypt", "Resource": KEY}
    assert places(CODE, keyed, alone) == []
    assert places("alias-without-key-use", alone) == ["/Statement/0"]


def test_alias_never_counts_for_an_action_that_takes_none(places):
    assert places(
        CODE, {"Action": "kms:Decrypt", "Resource": KEY}, {"Action": "kms:Decrypt", "Resource": ALIAS}
    ) == ["/Statement/1/Action"]


def test_inferred_types_are_told_with_their_confidence(judge):
    findings = [f for f in judge({"Action": ["kms:GetChallenge", "kms:DescribeKey"]}) if f.code == CODE]
    assert [finding.confidence for finding in findings] == ["inferred"]
    assert "probably" in findings[0].message


def test_deny_that_meets_nothing_is_graver(places):
    assert places(
        "action-without-usable-resource-in-deny", {"Effect": "Deny", "Action": "kms:GetSecretValue"}
    )
