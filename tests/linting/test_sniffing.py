"""Files that are clearly no RAM documents are told from those that are meant as one, however broken."""

import json

import pytest

from policystudio.linting.sniffing import looks_like_document
from policystudio.ram.codes import CODES
from tests.linting.conftest import document, statement


@pytest.mark.parametrize(
    "text",
    [
        document(),
        document().replace(" ", "").replace("\n", ""),
        document().replace('"', "'"),
        document().replace('"', "”"),
        document().replace('"', "&quot;"),
        document().replace("Statement", "statement"),
        document()[:-20],
        "\ufeff" + document(),
        json.dumps(statement()),
        json.dumps({"PolicyDocument": document()}),
        "{ Statement: [",
    ],
)
def test_what_is_meant_as_a_document_is_judged(text):
    assert looks_like_document(text.encode())


def test_document_in_another_encoding_is_judged():
    assert looks_like_document(document().encode("utf-16"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[]",
        '{"name": "policystudio", "version": "1.0.0", "scripts": {}}',
        '{"statement": "select 1", "effect": "fade"}',
        '{"$schema": "x", "properties": {"Statement": true}}',
        "\x00\xff",
    ],
)
def test_other_files_are_not(text):
    assert not looks_like_document(text.encode())


def test_most_documented_faults_do_not_hide_what_a_text_is_meant_as():
    hidden = {code for code, page in CODES.items() if not looks_like_document(page.example.encode())}
    assert len(hidden) < len(CODES) / 4, sorted(hidden)
