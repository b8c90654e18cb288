"""Documents pasted with their envelope are recognised, and taken out of it by the fix."""

import json

import pytest

from policystudio.ram.codes import CLEAN
from policystudio.ram.parse import parse


def only(text):
    (finding,) = parse(text).findings
    return finding


@pytest.mark.parametrize(
    ("reply", "path"),
    [
        ({"PolicyDocument": CLEAN}, "/PolicyDocument"),
        (
            {"RequestId": "1", "DefaultPolicyVersion": {"PolicyDocument": CLEAN}},
            "/DefaultPolicyVersion/PolicyDocument",
        ),
        ({"Role": {"AssumeRolePolicyDocument": CLEAN}}, "/Role/AssumeRolePolicyDocument"),
        ({"Policy": CLEAN}, "/Policy"),
        ({"Versions": [{"PolicyDocument": json.loads(CLEAN)}]}, "/Versions/0/PolicyDocument"),
        ([{"PolicyDocument": CLEAN}], None),
    ],
)
def test_document_inside_a_reply_is_taken_out(reply, path):
    text = json.dumps(reply, indent=2)
    finding = only(text)
    if path is None:
        assert finding.code == "document-not-an-object"
        return
    assert (finding.code, finding.path) == ("document-inside-reply", path)
    assert json.loads(finding.fix.apply(text)) == json.loads(CLEAN)


def test_document_as_a_string_is_unwrapped_once_for_each_layer():
    text = json.dumps(CLEAN)
    finding = only(text)
    assert finding.code == "document-inside-string"
    assert finding.fix.apply(text) == CLEAN


def test_several_documents_in_one_reply_leave_the_choice_to_the_author():
    finding = only(json.dumps({"Versions": [{"PolicyDocument": CLEAN}, {"PolicyDocument": CLEAN}]}))
    assert finding.code == "document-inside-reply"
    assert finding.fix is None


@pytest.mark.parametrize("text", ['"text"', "5", "null", "[]", '["{}"]'])
def test_other_values_are_simply_no_object(text):
    assert only(text).code == "document-not-an-object"


def test_a_document_that_mentions_such_a_name_is_judged_as_document():
    text = CLEAN.replace('"Version"', '"PolicyDocument": "{}", "Version"')
    assert only(text).code == "unknown-element"
