"""The looser marks in reports: they tell what was there before, whatever happened beside it."""

import json

from policystudio.catalog import load
from policystudio.ram.finding import Finding, Severity
from policystudio.validation.pipeline import validate
from policystudio.validation.place_marks import place_marks
from tests.validation.conftest import NOW

KEYS = {"Effect": "Allow", "Action": ["kms:Encrypt"], "Resource": ["acs:kms:*:*:key/*"]}
SECRETS = {"Effect": "Allow", "Action": "kms:GetSecretValue", "Resource": "*"}


def marks(*statements):
    """What is found → its looser mark."""
    text = json.dumps({"Version": "1", "Statement": statements})
    validation = validate(text, catalogue=load(), now=NOW)
    told = place_marks(validation.findings, validation.document, text)
    assert len(set(told)) == len(told)
    return {(f.code, f.path): mark for f, mark in zip(validation.findings, told, strict=True)}


def test_mark_of_a_place_survives_edits_of_the_rest_of_its_statement():
    longer = {**KEYS, "Action": ["kms:Decrypt", "kms:Encrypt"]}
    place = ("every-region", "/Statement/0/Resource/0")
    assert marks(KEYS)[place] == marks(longer)[place]
    assert marks(KEYS)[place] == marks(SECRETS, KEYS)["every-region", "/Statement/1/Resource/0"]
    other = {**KEYS, "Resource": ["acs:kms:*:*:key/a*"]}
    assert marks(KEYS)[place] != marks(other)[place]


def test_mark_of_a_whole_statement_survives_its_edits():
    def told(**members):
        statement = {**KEYS, **members}
        text = json.dumps({"Version": "1", "Statement": [statement]})
        return place_marks([Finding("a-code", Severity.WARNING, "", "/Statement/0", 1, 1)], None, text)

    assert told() == told(Action="kms:Decrypt")
    assert told() == told(Sid="A", Action="kms:Decrypt")


def test_mark_in_a_text_that_cannot_be_read_is_made_of_the_words_around_it():
    def told(text):
        return place_marks(validate(text, catalogue=load(), now=NOW).findings, None, text)

    text = '{"Version":"1","Id":"a","Statement":[{"Effect":"Allow","Action":?,"Resource":"*"}]}'
    assert told(text) == told(text.replace('"a"', '"b"').replace(",", ",  "))
    assert told(text) != told(text.replace("?", "!"))
