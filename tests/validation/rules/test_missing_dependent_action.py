"""A further action that a call asks for is told of only where the document shows that keys matter."""

from dataclasses import replace

import pytest

from policystudio.catalog import load
from policystudio.catalog.model import DependentAction
from policystudio.ram.finding import Severity
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


def found_where_describing_needs(when, of, also="", **existence):
    """What is told of `kms:DescribeKey` when it needs `kms:GetPublicKey`; `of` are those of its facts that differ."""
    known = load()
    need = DependentAction("kms:GetPublicKey", "key", when, "documented", ())
    first, other = known.actions["kms:describekey"], known.actions["kms:decrypt"]
    actions = {
        **known.actions,
        "kms:describekey": replace(
            first, dependent_actions=(need,), existence=replace(first.existence, confidence=of)
        ),
        "kms:decrypt": replace(other, existence=replace(other.existence, **existence)),
    }
    statement = f'{{"Effect":"Allow","Action":["kms:DescribeKey"{also}],"Resource":"acs:kms:*:*:key/a"}}'
    text = f'{{"Version":"1","Statement":[{statement}]}}'
    findings = validate(text, catalogue=replace(known, actions=actions), now=NOW).findings
    return [(f.path, f.confidence, f.severity) for f in findings if f.code == CODE]


PLACE = "/Statement/0/Action/0"


def test_need_that_holds_always_is_told_and_is_as_sure_as_the_catalogue():
    told = found_where_describing_needs("always, on the same key", "documented")
    assert told == [(PLACE, "documented", Severity.WARNING)]


def test_need_is_no_surer_than_the_action_that_has_it():
    told = found_where_describing_needs("always, on the same key", "derived-from-SDK")
    assert told == [(PLACE, "derived-from-SDK", Severity.WARNING)]


@pytest.mark.parametrize(("when", "sure"), [("a key is used", "inferred"), ("always", "documented")])
def test_need_for_the_use_of_keys_is_no_surer_than_that_use(when, sure):
    told = found_where_describing_needs(when, "documented", ', "kms:Decrypt"', confidence="inferred")
    assert told == [(PLACE, sure, Severity.WARNING)]
    assert bool(found_where_describing_needs(when, "documented")) == (when == "always")
