"""What a pasted document is taken for."""

import pytest

from policystudio.ram.document import Kind
from policystudio.validation.kinds import kind_of

PRINCIPAL = {"RAM": ["acs:ram::1234567890123456:root"]}
TRUST = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": PRINCIPAL}
KEY = {"Effect": "Allow", "Action": ["kms:*"], "Resource": ["*"], "Principal": PRINCIPAL}
CUSTOM = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}


@pytest.mark.parametrize(
    ("statements", "kind"),
    [
        ([TRUST], Kind.TRUST),
        ([KEY], Kind.KEY_POLICY),
        ([{**KEY, "Action": ["KMS:*"]}], Kind.KEY_POLICY),
        ([{**KEY, "Action": ["\u212ams:*"]}], Kind.IDENTITY),
        ([CUSTOM], Kind.IDENTITY),
        ([TRUST, CUSTOM], Kind.IDENTITY),
        ([KEY, CUSTOM], Kind.IDENTITY),
        ([{**TRUST, "Resource": "*"}], Kind.IDENTITY),
        ([{**KEY, "Resource": "acs:kms:*:*:key/*"}], Kind.IDENTITY),
        ([{**KEY, "Action": ["kms:*", "oss:*"]}], Kind.IDENTITY),
        ([{**TRUST, "Principal": "*"}], Kind.IDENTITY),
        ([{**TRUST, "Principal": {"AWS": ["*"]}}], Kind.IDENTITY),
        ([], Kind.IDENTITY),
        (["text", None], Kind.IDENTITY),
        ({"Effect": "Allow"}, Kind.IDENTITY),
    ],
)
def test_kind_needs_every_statement_to_fit(statements, kind):
    assert kind_of({"Version": "1", "Statement": statements}) is kind


@pytest.mark.parametrize("text", ["", "{", "[]", '"x"', "null"])
def test_text_that_cannot_be_read_is_taken_for_a_custom_policy(text):
    assert kind_of(text) is Kind.IDENTITY
