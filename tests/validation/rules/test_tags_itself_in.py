"""Tagging is dangerous only beside a right that depends on tags."""

TAGGED = {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}}
CODE = "tags-itself-in"


def test_tagging_of_secrets_does_not_reach_keys(places):
    secrets = {"Action": "kms:TagResource", "Resource": "acs:kms:*:*:secret/app"}
    assert places(CODE, TAGGED, secrets) == []
    assert places(CODE, TAGGED, {"Action": "kms:TagResources"}) == ["/Statement/1/Action"]


def test_right_that_is_negated_is_not_chosen_by_tag(places):
    excluded = {"Action": "kms:Decrypt", "Condition": {"StringNotEquals": {"kms:tag/Project": "Billing"}}}
    assert places(CODE, excluded, {"Action": "kms:TagResource"}) == []
