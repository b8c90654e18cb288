"""Tagging is dangerous only beside a right that depends on tags."""

TAGGED = {"Action": "kms:Decrypt", "Condition": {"StringEquals": {"kms:tag/Project": "Billing"}}}
CODE = "tags-itself-in"


def test_tagging_of_secrets_does_not_reach_keys(places):
    secrets = {"Action": "kms:TagResource", "Resource": "acs:kms:*:*:secret/app"}
    assert places(CODE, TAGGED, secrets) == []
    assert places(CODE, TAGGED, {"Action": "kms:TagResources"}) == ["/Statement/1/Action"]


def test_tag_that_keeps_a_key_out_can_be_changed_or_removed(places):
    excluded = {"Action": "kms:Decrypt", "Condition": {"StringNotEquals": {"kms:tag/Project": "Billing"}}}
    for tagging in ("kms:TagResource", "kms:UntagResources"):
        assert places(CODE, excluded, {"Action": tagging}) == ["/Statement/1/Action"]


def test_tag_that_is_asked_for_cannot_be_got_by_untagging(places):
    assert places(CODE, TAGGED, {"Action": "kms:UntagResource"}) == []
