"""A lone star is grave for what changes or uses, and harmless for what only lists."""

CODE = "every-resource"


def test_reading_of_metadata_may_have_every_resource(places):
    assert places(CODE, {"Action": ["kms:List*", "kms:Describe*", "kms:GetPublicKey"], "Resource": "*"}) == []


def test_use_of_keys_and_secret_values_may_not(places):
    for action in (
        "kms:Encrypt",
        "kms:AsymmetricVerify",
        "kms:GetSecretValue",
        "kms:TagResource",
        "kms:CreateKey",
    ):
        assert places(CODE, {"Action": action, "Resource": "*"}) == ["/Statement/0/Resource"], action


def test_finer_hints_are_silent_beside_it(judge):
    codes = {f.code for f in judge({"Action": "kms:Encrypt", "Resource": "*"})}
    assert CODE in codes
    assert codes.isdisjoint({"every-key", "every-alias", "missing-alias-resource"})


def test_actions_of_other_services_are_left_alone(places):
    assert places(CODE, {"Action": "ecs:*", "Resource": "*"}) == []
