"""The compiled validator and the one that has the words always agree on whether a document's form is accepted."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.ram.codes import CODES
from policystudio.ram.document import Kind
from policystudio.ram.reader import plain, read
from policystudio.ram.schema.check import is_accepted
from policystudio.ram.schema.load import validator
from tests import strategies


def is_readable(text):
    """Whether the reader lets the text through; halves of pairs cannot even be asked about."""
    return read(json.dumps(text)).value is not None


def as_read(value):
    """What the reader makes of a value that it lets through."""
    seen = read(json.dumps(value)).value
    assert seen is not None
    return plain(seen)


@given(strategies.documents() | strategies.damaged_documents() | strategies.json_values, strategies.kinds)
def test_both_validators_agree_on_any_value(value, kind):
    values = as_read(value) if "\x00" not in str(value) else value
    assert is_accepted(values, kind) == validator(kind).is_valid(values)


@given(
    st.text(strategies.any_characters, max_size=12).filter(is_readable),
    strategies.kinds,
    st.sampled_from(["Sid", "Action", "x"]),
)
def test_both_validators_agree_on_any_text(text, kind, name):
    statement = {"Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*"} | {name: text}
    for condition in ({}, {"Condition": {"StringEquals": {text: [text]}}}):
        principal = {"Principal": {"RAM": [text]}} if kind is not Kind.IDENTITY else {}
        values = {"Version": "1", "Statement": [{**statement, **condition, **principal}]}
        assert is_accepted(values, kind) == validator(kind).is_valid(values)


@pytest.mark.parametrize("code", CODES)
def test_both_validators_agree_on_every_documented_fault(code):
    value = read(CODES[code].example).value
    if value is None:
        return  # The reader has refused the text, and neither validator is asked.
    for kind in Kind:
        assert is_accepted(plain(value), kind) == validator(kind).is_valid(plain(value))
