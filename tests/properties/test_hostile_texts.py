"""Texts made to be slow to judge: each as large as is read, each judged in little time and with bounded findings."""

import json
import time

import pytest

from policystudio.ram.finding import MAX_FINDINGS
from policystudio.ram.parse import parse
from policystudio.ram.reader import DOCUMENT_LIMITS

MANY = 15_000
# Each takes well under a second; a quadratic one would take minutes.
MAX_SECONDS = 20


def statement(**members):
    base = {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}
    return json.dumps({"Version": "1", "Statement": [{**base, **members}]}, ensure_ascii=False)


TEXTS = {
    "an unclosed string of blanks": '["' + " " * 250_000 + "x",
    "many unknown members": "{" + ",".join(f'"a{i}":0' for i in range(MANY)) + "}",
    "many unknown members and a fault": "{" + ",".join(f'"a{i}":0' for i in range(MANY)) + ",}",
    "many members of a statement": statement(**{f"x{i}": 0 for i in range(MANY)}),
    "many operators": statement(Condition={f"Op{i}": {} for i in range(MANY)}),
    "many wrong values": statement(Condition={"Bool": {f"a:k{i}": 1 for i in range(MANY)}}),
    "many keys with blanks": statement(Condition={"Bool": {f" a:k{i}": "1" for i in range(MANY)}}),
    "many empty texts": statement(Action=[""] * 40_000),
    "many empty statements": '{"Version":"1","Statement":[' + ",".join(["{}"] * 45_000) + "]}",
    "many odd characters": statement(Action="\u0430b\u200b" * 40_000),
    "one name many times": "{" + '"a":0,' * 40_000 + '"a":0}',
    "quotes of two kinds on one line": "[" + '"“' * 60_000,
    "commas": "[" + "," * 250_000,
    "comments": "[" + "/**/" * 60_000,
    "odd blanks": "[" + "\u00a0" * 120_000,
    "backslashes": '["' + "\\" * 250_001,
    "single quotes": "['" * 60_000,
    "brackets": "[{" * 120_000,
    "a long name": '{"' + "Effec" * 50_000 + '":1}',
    "unclosed strings on many lines": '"a\n' * 60_000,
    "entities": "&quot;" * 40_000,
    "many envelopes": '{"a":[' + ",".join(['{"Policy":"{"}'] * MANY) + "]}",
}


@pytest.mark.parametrize("name", TEXTS)
def test_hostile_text_is_judged_quickly(name):
    text = TEXTS[name]
    assert len(text.encode()) <= DOCUMENT_LIMITS.max_bytes
    started = time.process_time()
    parsed = parse(text)
    assert time.process_time() - started < MAX_SECONDS
    assert 0 < len(parsed.findings) <= MAX_FINDINGS + 1
