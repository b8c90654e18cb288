"""From a document back to the builder and the parameters that make it, exactly or not at all."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.builder import all_builders
from policystudio.builders.detect import Detected, detect
from policystudio.errors import InvalidInput
from policystudio.ram.canonical import text_of
from tests.builders.reading import builder as builder_of
from tests.builders.strategies import valid_parameters

BUILDERS = list(all_builders().values())
SPECIAL = "acs:kms:${region}:${account}:"

every_builder = pytest.mark.parametrize("builder", BUILDERS, ids=lambda b: b.slug)


def detected(text: str) -> Detected:
    found = detect(text)
    assert found is not None
    return found


def document_of(slug, **parameters):
    return json.loads(builder_of(slug).build(parameters).source)


@every_builder
def test_a_sample_opens_in_its_own_builder(builder):
    found = detected(builder.build({}).source)
    assert found.slug == builder.slug
    assert found.parameters == builder.build({}).parameters


@every_builder
@given(data=st.data())
def test_whatever_a_builder_makes_is_made_again(builder, data):
    try:
        built = builder.build(data.draw(valid_parameters(builder)))
    except InvalidInput:
        return
    found = detected(built.source)
    assert builder_of(found.slug).build(found.parameters).source == built.source


@given(
    st.text()
    | st.recursive(
        st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    ).map(json.dumps)
)
def test_any_other_text_is_no_builder(text):
    assert detect(text) is None


def test_the_parameters_of_a_narrowed_document_are_found():
    parameters = {
        "keys": ["key-a", "key-b"],
        "aliases": ["app/main"],
        "operations": ["decrypt"],
        "conditions": {"source_ip": ["203.0.113.0/24"], "mfa": True, "not_after": "2026-12-31T23:59:59Z"},
    }
    found = detected(builder_of("crypto-user").build(parameters).source)
    assert (found.slug, found.parameters) == ("crypto-user", parameters)


def test_all_of_kms_from_an_address_is_the_builder_made_for_it():
    found = detected(builder_of("full-access").build({"conditions": {"source_ip": ["203.0.113.1"]}}).source)
    assert (found.slug, found.parameters["addresses"]) == ("ip-restricted-access", ["203.0.113.1"])


def test_keys_chosen_by_tag_are_the_builder_made_for_it():
    tag = [{"key": "Project", "values": ["Apollo"]}]
    found = detected(builder_of("crypto-user").build({"aliases": [], "conditions": {"tag": tag}}).source)
    assert (found.slug, found.parameters["tags"]) == ("tag-scoped-crypto-user", tag)


def test_what_somebody_understood_is_never_read_from_a_document():
    full = builder_of("full-access")
    found = detected(full.build({"understood": True}).source)
    assert found.parameters["understood"] is False
    assert full.refusals_to_store(found.parameters)


def test_secrets_are_paired_with_keys_so_that_nothing_is_silenced():
    pairs = [{"name": "a", "key": "k1"}, {"name": "b", "key": None}]
    found = detected(builder_of("secret-value-retrieval").build({"secrets": pairs}).source)
    assert found.parameters["secrets"] == [{"name": "a", "key": "k1"}, {"name": "b", "key": "k1"}]


def test_angled_placeholders_and_the_order_of_members_do_not_matter():
    document = document_of("crypto-user")
    turned = {"Statement": [dict(reversed(document["Statement"][0].items()))], "Version": "1"}
    found = detected(json.dumps(turned).replace("${region}", "$<region>"))
    assert found.slug == "crypto-user"


def change(document, edit):
    edit(document["Statement"][0])
    return text_of(document)


@pytest.mark.parametrize(
    "edit",
    [
        lambda s: s.update(Effect="Deny"),
        lambda s: s.update(Sid="a"),
        lambda s: s["Action"].reverse(),
        lambda s: s["Action"].append("kms:GetPublicKey"),
        lambda s: s.update(Action="kms:Decrypt"),
        lambda s: s["Resource"].reverse(),
        lambda s: s["Resource"].append("*"),
        lambda s: s["Resource"].append(SPECIAL + "key/b"),
        lambda s: s.update(Resource=["acs:kms:cn-hangzhou:1234567890123456:key/*"]),
        lambda s: s.update(Condition={}),
        lambda s: s.update(Condition={"Bool": {"acs:SecureTransport": "false"}}),
        lambda s: s.update(Condition={"IpAddress": {"acs:SourceIp": "203.0.113.1"}}),
        lambda s: s.update(Condition={"StringEquals": {"kms:tag/Project": ["Apollo"]}}),
        lambda s: s.update(Condition={"DateLessThanEquals": {"acs:CurrentTime": "2026-01-01"}}),
    ],
)
def test_a_document_that_differs_anywhere_is_no_builder(edit):
    document = document_of("crypto-user")
    assert detect(text_of(document)) is not None
    assert detect(change(document, edit)) is None


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"Version": "1"', '{"Version": "1", "Statement": {}}']
)
def test_what_is_no_document_is_no_builder(text):
    assert detect(text) is None
