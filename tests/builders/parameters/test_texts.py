"""Which texts may stand in a document, and what is said of the others."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.parameters.texts import ALIAS, KEY_ID, SECRET, SECRET_OR_PREFIX, TAG_KEY, TAG_VALUE
from policystudio.builders.seen import PREFIX
from policystudio.ram.canonical import text_of
from policystudio.ram.document import Effect
from policystudio.ram.parse import parse
from policystudio.ram.resources import split

RULES = [KEY_ID, ALIAS, SECRET, SECRET_OR_PREFIX, TAG_KEY, TAG_VALUE]
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.what)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (KEY_ID, "05754286-3ba2-4fa6-8d41-4323aca60000"),
        (KEY_ID, "key-hzz630494463ejqjx0000"),
        (KEY_ID, "not-the-form-of-a-key-id"),
        (ALIAS, "acs/oss"),
        (ALIAS, "alias/team/app_1"),
        (SECRET, "RdsSecret/Mysql5.4/MyCred"),
        (SECRET, "product!secret"),
        (SECRET_OR_PREFIX, "prod/*"),
        (TAG_KEY, "acs:rds:instance-encryption"),
        (TAG_VALUE, "平台 一"),
        (TAG_VALUE, "a\\b"),
    ],
)
def test_forms_that_are_merely_unusual_are_accepted(rule, text):
    assert rule.fault(text) is None


@every_rule
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-text"),
        (" ", "odd-character"),
        ("a ", "odd-character"),
        ("a\n", "odd-character"),
        ("a\u200bb", "odd-character"),
        ("a\u202eb", "odd-character"),
        ("a\ufeff", "odd-character"),
        ("a\0", "odd-character"),
        ("a\u00a0b", "odd-character"),
        ("a?", "wildcard"),
        ("a*b", "wildcard"),
        ("*", "wildcard"),
        ("${region}", "placeholder"),
        ("a$<account>", "placeholder"),
        ('a"b', "not-allowed-character"),
        ("x" * 400, "too-long"),
    ],
)
def test_what_would_break_the_document_is_refused(rule, text, code):
    fault = rule.fault(text)
    assert fault is not None
    assert fault[0] == code


@pytest.mark.parametrize("rule", [KEY_ID, ALIAS, SECRET, SECRET_OR_PREFIX], ids=lambda rule: rule.what)
@pytest.mark.parametrize("text", ["a:b", "a,b", "a;b", "<your-key>", "{{key}}", "密钥", "a\\b", "a'b", "a|b"])
def test_names_hold_no_separator_and_no_leftover_of_a_template(rule, text):
    assert rule.fault(text) is not None


def test_invisible_characters_beyond_the_published_pattern_are_refused_too():
    assert re.search(TAG_VALUE.shape()["pattern"], "a\U000e0041b")
    fault = TAG_VALUE.fault("a\U000e0041b")
    assert fault is not None
    assert fault[0] == "odd-character"


@every_rule
def test_no_message_echoes_odd_or_endless_input(rule):
    for text in ("a\u202eb" * 20, "a\n" * 20, "x" * 5000):
        _, sentence = rule.fault(text)
        assert sentence.isprintable()
        assert len(sentence) < 300


@every_rule
@given(text=st.text(max_size=12))
def test_the_published_pattern_agrees_with_the_reading(rule, text):
    shape = rule.shape()
    fits = shape["minLength"] <= len(text) <= shape["maxLength"] and re.search(shape["pattern"], text)
    fault = rule.fault(text)
    assert bool(fits) == (fault is None) or (fits and fault[0] == "odd-character")


@given(text=st.text(max_size=12).filter(lambda text: SECRET_OR_PREFIX.fault(text) is None))
def test_an_accepted_name_stays_inside_its_field(text):
    resource = f"{PREFIX}secret/{text}"
    fields = split(resource)
    assert fields is not None
    assert fields.relative_id == f"secret/{text}"
    statement = {"Effect": Effect.ALLOW, "Action": "kms:GetSecretValue", "Resource": resource}
    parsed = parse(text_of({"Version": "1", "Statement": [statement]}))
    assert parsed.document is not None
    assert json.dumps(text).strip('"') == text
