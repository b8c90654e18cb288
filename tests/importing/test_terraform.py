"""Terraform's JSON: configuration, plans, states; statement blocks become documents as the provider makes them."""

import json

import pytest
from hypothesis import given

from policystudio.ram.unpacking import unpack
from tests import strategies
from tests.importing.texts import document

STATEMENT = {
    "effect": "Allow",
    "action": ["kms:Encrypt"],
    "resource": ["acs:kms:$${region}:$${account}:key/*"],
}
MEANT = json.loads(document())


def only(value):
    (found,) = unpack(json.dumps(value), "main.tf.json").found
    return found


def data_source(*statements, **more):
    return {"data": {"alicloud_ram_policy_document": {"doc": {"statement": list(statements), **more}}}}


def policy(**body):
    return {"resource": {"alicloud_ram_policy": {"apollo": body}}}


def test_a_data_source_becomes_the_document_that_its_provider_would_make():
    found = only(data_source(STATEMENT))
    assert json.loads(found.text) == MEANT
    assert found.name == "doc"
    assert "statement blocks" in found.notes[0]


def test_a_policy_lends_its_name_to_the_data_source_that_it_is_made_from():
    reference = "${data.alicloud_ram_policy_document.doc.document}"
    value = {
        **data_source(STATEMENT),
        **policy(policy_name="apollo", policy_document=reference, description="why"),
    }
    found = only(value)
    assert (found.name, found.description, json.loads(found.text)) == ("apollo", "why", MEANT)


@pytest.mark.parametrize(("name", "text"), [("policy_name", "policy_document"), ("name", "document")])
def test_a_policy_with_its_document_as_text_under_old_and_new_names(name, text):
    found = only(policy(**{name: "apollo", text: document().replace("${", "$${")}))
    assert (found.name, found.text) == ("apollo", document())


def test_blocks_may_be_lists_or_objects_and_defaults_are_the_providers():
    statement = {"action": "kms:Encrypt", "resource": "*"}
    for value in (
        data_source(statement),
        {"data": [{"alicloud_ram_policy_document": [{"doc": [{"statement": statement}]}]}]},
    ):
        assert json.loads(only(value).text) == {
            "Version": "1",
            "Statement": [{"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": ["*"]}],
        }


def test_conditions_with_one_operator_share_its_object_and_principals_their_kind():
    condition = [
        {"operator": "StringLike", "variable": "kms:tag/a", "values": ["1"]},
        {"operator": "StringLike", "variable": "kms:tag/b", "values": ["2", "3"]},
        {"operator": "StringLike", "variable": "kms:tag/a", "values": ["4"]},
        {"operator": "Bool", "variable": "acs:SecureTransport", "values": [True]},
    ]
    principal = {"entity": "Service", "identifiers": ["ecs.aliyuncs.com"]}
    found = only(data_source({**STATEMENT, "condition": condition, "principal": principal, "sid": "x"}))
    statement = json.loads(found.text)["Statement"][0]
    assert statement["Condition"] == {
        "StringLike": {"kms:tag/a": ["1", "4"], "kms:tag/b": ["2", "3"]},
        "Bool": {"acs:SecureTransport": ["true"]},
    }
    assert statement["Principal"] == {"Service": ["ecs.aliyuncs.com"]}
    assert any("put together" in note for note in found.notes)
    assert any("`sid`" in note for note in found.notes)


def test_expressions_are_kept_and_told():
    found = only(data_source({**STATEMENT, "resource": ["acs:kms:${var.region}:*:key/*"]}))
    assert "${var.region}" in found.text
    assert any("`${var.region}`" in note for note in found.notes)
    whole = only(policy(policy_name="apollo", policy_document="${jsonencode({})}"))
    assert whole.text == "${jsonencode({})}"


def shown(resources, **more):
    return {"format_version": "1.0", "values": {"root_module": {"resources": resources, **more}}}


def managed(text, name="apollo"):
    values = {"policy_name": name, "policy_document": text}
    return {"type": "alicloud_ram_policy", "mode": "managed", "name": "this", "values": values}


def read(text):
    blocks = [{"effect": "Allow", "action": ["kms:Encrypt"], "resource": ["*"]}]
    return {
        "type": "alicloud_ram_policy_document",
        "mode": "data",
        "name": "doc",
        "values": {"document": text, "statement": blocks},
    }


def test_a_state_names_each_policy_once_though_its_data_source_is_there_too():
    found = only(shown([read(json.dumps(MEANT)), managed(document())]))
    assert (found.name, json.loads(found.text)) == ("apollo", MEANT)


def test_modules_within_modules_are_looked_through():
    inner = {"child_modules": [{"resources": [managed(document("kms:Decrypt"), "inner")]}]}
    value = shown([managed(document())], child_modules=[inner])
    assert [one.name for one in unpack(json.dumps(value)).found] == ["apollo", "inner"]


def test_a_plan_shows_what_will_be():
    value = {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": [managed(document("kms:Decrypt"))]}},
        "prior_state": shown([managed(document()), read(document("kms:Sign"))]),
        "resource_changes": [{"change": {"after": {"policy_document": document()}}}],
        "configuration": {"root_module": {"resources": []}},
    }
    found = unpack(json.dumps(value)).found
    assert [one.text for one in found] == [document("kms:Decrypt"), document("kms:Sign")]


def test_a_state_file_and_its_instances():
    instances = [{"attributes": {"policy_name": name, "policy_document": document()}} for name in ("a", "b")]
    value = {
        "version": 4,
        "terraform_version": "1.9.0",
        "resources": [
            {"mode": "managed", "type": "alicloud_ram_policy", "name": "this", "instances": instances},
            {"mode": "managed", "type": "alicloud_kms_key", "name": "key", "instances": [{"attributes": {}}]},
        ],
    }
    assert [one.name for one in unpack(json.dumps(value), "terraform.tfstate").found] == ["a", "b"]


@given(strategies.json_values)
def test_odd_values_anywhere_never_raise(value):
    for odd in (
        {"resource": value, "data": value},
        {"resource": {"alicloud_ram_policy": value}, "data": {"alicloud_ram_policy_document": value}},
        {"data": {"alicloud_ram_policy_document": {"doc": {"statement": value}}}},
        data_source({"action": value, "condition": value, "principal": value, "effect": value}),
        data_source({"condition": [{"operator": "x", "variable": "y", "values": value}]}),
        shown(value),
        shown([{"type": "alicloud_ram_policy", "values": value}], child_modules=value),
        {"terraform_version": "1", "resources": [{"type": "alicloud_ram_policy", "instances": value}]},
        {"format_version": "1", "planned_values": value, "prior_state": value},
        {"Resources": {"x": {"Type": "ALIYUN::RAM::ManagedPolicy", "Properties": value}}},
        {"Policy": value, "DefaultPolicyVersion": value, "VersionId": value},
    ):
        assert unpack(json.dumps(odd)).found


def template(document_value, **properties):
    body = {"PolicyName": "apollo", "PolicyDocument": document_value, **properties}
    return {
        "ROSTemplateFormatVersion": "2015-09-01",
        "Resources": {"Policy": {"Type": "ALIYUN::RAM::ManagedPolicy", "Properties": body}},
    }


def test_a_ros_template_gives_its_policies():
    found = only(template(MEANT, Description="why"))
    assert (found.name, found.description, json.loads(found.text)) == ("apollo", "why", MEANT)
    unnamed = only(template(MEANT, PolicyName={"Ref": "Name"}))
    assert unnamed.name == "Policy"


def test_functions_of_ros_for_account_and_region_are_placeholders_and_others_are_told():
    resource = {"Fn::Sub": "acs:kms:${ALIYUN::Region}:${ALIYUN::AccountId}:key/*"}
    found = only(template({"Version": "1", "Statement": [{**MEANT["Statement"][0], "Resource": [resource]}]}))
    assert json.loads(found.text) == MEANT
    assert "placeholders" in found.notes[0]
    other = only(
        template({"Statement": [{"Effect": {"Ref": "Effect"}, "Resource": {"Ref": "ALIYUN::Region"}}]})
    )
    assert json.loads(other.text)["Statement"] == [{"Effect": {"Ref": "Effect"}, "Resource": "${region}"}]
    assert any("are left" in note for note in other.notes)


@pytest.mark.parametrize(
    "function",
    [
        {"Ref": "ALIYUN::Region", "Other": "x"},
        {"Other": "x", "Ref": "ALIYUN::Region"},
        {"Ref": ["ALIYUN::Region"]},
        {"Fn::Sub": "${ALIYUN::Region}-${Mine}"},
        {"Fn::Join": "ALIYUN::Region"},
        {},
    ],
)
def test_what_is_no_function_for_account_or_region_is_left(function):
    found = only(template({"Version": "1", "Statement": [{"Effect": "Allow", "Resource": function}]}))
    assert json.loads(found.text)["Statement"][0]["Resource"] == function


def test_policies_of_a_role_in_a_template():
    role = {
        "Type": "ALIYUN::RAM::Role",
        "Properties": {
            "RoleName": "reader",
            "AssumeRolePolicyDocument": MEANT,
            "Policies": [{"PolicyName": "inline", "PolicyDocument": MEANT}],
        },
    }
    found = unpack(json.dumps({"Resources": {"Role": role}})).found
    assert [one.name for one in found] == ["reader", "inline"]
