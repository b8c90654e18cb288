"""The request that shows a line is one that a reader knows: its gravest action on something that this is used on."""

import json

import pytest

from policystudio.analysis.access import places, prove
from policystudio.catalog import load
from policystudio.ram.render import Target
from tests.reading import document

TARGET = Target("1234567890123456", "cn-hangzhou")


@pytest.fixture
def shown_for():
    def shown(*statements):
        text = json.dumps({"Version": "1", "Statement": [{"Effect": "Allow", **each} for each in statements]})
        access = prove(None, document(text), places((), [(TARGET, "app")]), catalogue=load())
        assert access.gained is not None
        return access.gained.change.witness.request

    return shown


def test_the_example_of_a_mixed_list_is_on_a_resource_that_its_gravest_action_is_used_on(shown_for):
    on = "acs:kms:${region}:${account}:"
    asked = shown_for(
        {"Action": ["kms:ListKeys", "kms:SetKeyPolicy"], "Resource": [f"{on}alias/*", f"{on}key/*"]}
    )
    assert asked.action == "kms:SetKeyPolicy"
    assert asked.resource.startswith("acs:kms:cn-hangzhou:1234567890123456:key/")


def test_an_action_that_is_used_on_nothing_of_the_line_gives_way_to_one_that_is(shown_for):
    asked = shown_for(
        {"Action": ["kms:SetKeyPolicy", "kms:DescribeSecret"], "Resource": "acs:kms:*:*:secret/*"}
    )
    assert asked.action == "kms:DescribeSecret"


def test_where_nothing_is_used_on_anything_the_gravest_action_is_shown(shown_for):
    asked = shown_for({"Action": ["kms:DescribeKey", "kms:SetKeyPolicy"], "Resource": "acs:kms:*:*:secret/*"})
    assert asked.action == "kms:SetKeyPolicy"
