"""A further action that a call asks for is told of only where the document shows that keys matter."""

from dataclasses import replace

from policystudio.catalog import load
from policystudio.catalog.model import DependentAction
from policystudio.validation.pipeline import validate
from tests.validation.conftest import NOW

CODE = "missing-dependent-action"
SECRET = "acs:kms:${region}:${account}:secret/app"
PUT = {"Action": "kms:PutSecretValue", "Resource": SECRET}


def test_writing_a_secret_asks_for_data_keys_once_keys_are_used(places):
    assert places(CODE, PUT) == []
    assert places(CODE, PUT, {"Action": "kms:Decrypt"}) == ["/Statement/0/Action"]
    assert places(CODE, PUT, {"Action": ["kms:Decrypt", "kms:GenerateDataKey"]}) == []
    assert places(CODE, PUT, {"Action": "kms:Decrypt"}, own_key_secrets=["app"]) == []


def test_needs_with_a_rule_of_their_own_are_told_once(judge):
    for action in ("kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:ReEncrypt"):
        assert CODE not in [finding.code for finding in judge({"Action": action})]
    reading = {"Action": "kms:GetSecretValue", "Resource": SECRET}
    assert CODE not in [finding.code for finding in judge(reading, {"Action": "kms:Encrypt"})]


def test_need_that_holds_always_is_told_and_is_as_sure_as_the_catalogue():
    known = load()
    need = DependentAction("kms:GetPublicKey", "key", "always, on the same key", "documented", ())
    describing = replace(known.actions["kms:describekey"], dependent_actions=(need,))
    catalogue = replace(known, actions={**known.actions, "kms:describekey": describing})
    statement = '{"Effect":"Allow","Action":"kms:DescribeKey","Resource":"acs:kms:*:*:key/a"}'
    text = f'{{"Version":"1","Statement":[{statement}]}}'
    found = [f for f in validate(text, catalogue=catalogue, now=NOW).findings if f.code == CODE]
    assert [(f.path, f.confidence) for f in found] == [("/Statement/0/Action", "documented")]


def test_need_is_no_surer_than_the_action_that_has_it(judge):
    reading = {"Action": ["kms:BatchGetSecretValue", "kms:Encrypt"], "Resource": "*"}
    found = [finding for finding in judge(reading) if finding.code == CODE]
    assert load().actions["kms:batchgetsecretvalue"].existence.confidence == "derived-from-SDK"
    assert {finding.confidence for finding in found} == {"derived-from-SDK"}
    assert len(found) == 2
