"""JSON: all entries as one list."""

import json

import pytest

from policystudio.exports.formats.json import FORMAT
from policystudio.exports.released import released_of
from tests.exports.entries import entries, released


@pytest.mark.parametrize("count", [0, 1, 2, 500])
def test_the_whole_is_one_list_of_entries(count):
    documents = entries(*(released(f"policy-{number}") for number in range(count)))
    text = b"".join(FORMAT.write(documents)).decode()
    assert json.loads(text) == [json.loads(entry) for entry in documents]
    assert text.endswith("]\n")


def test_a_document_comes_out_to_the_byte():
    original = released(text='{\n  "Sid": "\\" 密钥 \\\\"\n}\n')
    [read] = json.loads(b"".join(FORMAT.write(entries(original))))
    assert read["document"] == original.document
    assert released_of(json.dumps(read)) == original
