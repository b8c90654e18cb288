"""NDJSON: one entry a line."""

import json

from policystudio.exports.formats.ndjson import FORMAT
from tests.exports.entries import entries, released


def test_every_line_is_an_entry():
    documents = entries(released("a"), released("b", text='{"Sid": "\\u2028 密钥"}\n'))
    text = b"".join(FORMAT.write(documents)).decode()
    assert text.endswith("\n")
    assert text.split("\n")[:-1] == documents
    assert [json.loads(line)["name"] for line in text.split("\n")[:-1]] == ["a", "b"]


def test_nothing_released_is_an_empty_text():
    assert b"".join(FORMAT.write([])) == b""
