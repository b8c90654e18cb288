"""The work of all rules together grows with the document and not faster; calls are counted, so no clock is asked."""

import json
import sys

import pytest

from policystudio.catalog import load
from policystudio.ram.parse import parse
from policystudio.validation.context import Context
from policystudio.validation.engine import judge
from policystudio.validation.registry import rules
from tests.validation.conftest import NOW


def calls(count):
    """How many functions are called to judge a document of so many statements."""
    statements = [
        {
            "Effect": "Allow",
            "Action": "kms:Decrypt",
            "Resource": f"acs:kms:*:1234567890123456:key/k{count}-{n}",
        }
        for n in range(count)
    ]
    document = parse(json.dumps({"Version": "1", "Statement": statements})).document
    assert document is not None
    context, asked = Context(document, load(), NOW), rules()
    counted = 0

    def count_call(frame, event, argument):
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count_call)
    try:
        judge(context, asked)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(("few", "many"), [(200, 1000)])
def test_work_grows_with_the_number_of_statements(few, many):
    calls(10)  # what is remembered for good is made now; names differ, so that nothing else is
    assert calls(many) / calls(few) < 1.2 * many / few
