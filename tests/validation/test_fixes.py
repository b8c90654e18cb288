"""An offered fix keeps the document readable and lessens what it was offered for, whatever else is wrong."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.render import Target
from policystudio.validation.pipeline import validate

# Two validations for every fix of every example: more than the usual time when many examples are asked for.
pytestmark = pytest.mark.timeout(900)

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TARGETS = [Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "cn-shanghai")]

actions = st.sampled_from(
    [
        "*",
        "kms:*",
        "kms:Encrypt",
        "kms:encrypt",
        "KMS:LIST*",
        "kms:Encypt",
        "kms:Get*",
        "kms:Delete*",
        "kms:Enable*",
        "kms:ReEncrypt",
        "kms:ReEncryptTo",
        "Encrypt",
        "De*",
        ":",
        "kms:",
        "k*:Decrypt",
        "kms:*Key",
        "kms:Decryp?",
        "oss:*",
        "kms:ListKeys",
        "kms:CreateAlias",
        "kms:GetSecretValue",
        "kms:${x}",
        "kms:SetKeyPolicy",
        "kms:UploadCertificate",
        "kms:DescribeRegions",
        "kms:ImportKeyMaterial",
        "kms:ScheduleKeyDeletion",
        "ram:PassRole",
        "kms:AsymmetricVerify",
    ]
)
regions = [
    "",
    *["${region}", "$<region>", "${regoin}", "*", "cn-hangzhou", "cn-hangzou", "region", "${", "${account}"],
]
accounts = ["", *["${account}", "*", "1234567890123456", "123", "12****", "me", "<account>", "${region}"]]
names = [
    "*",
    "key",
    "key/*",
    "key*",
    "Key/*",
    "keys/*",
    "key/a*",
    "alias",
    "alias/*",
    "alias/alias/a",
    "alias/acs/x",
    "secret",
    "secret/*",
    "secret/a*",
    "secret/example",
    "certificate/*",
    "key/a,acs:kms:*:*:key/b",
    "key/${",
    "key/…",
    "é:é",
]
resources = st.one_of(
    st.sampled_from(
        ["*", "**", "acs:*", "acs:kms:key/*", "arn:aws:kms:a:b:key/*", "key/*", "acs:kms:*:*:*", "acs:::::"]
    ),
    st.builds(
        "acs:{}:{}:{}:{}".format,
        st.sampled_from(["kms", "kms", "KMS", "oss", "*", "k*", ""]),
        st.sampled_from(regions),
        st.sampled_from(accounts),
        st.sampled_from(["", *names]),
    ),
)
values = st.sampled_from(
    [
        "*",
        "a*",
        "a",
        "Apollo",
        "${account}",
        "true",
        "False",
        "yes",
        "5",
        "1e3",
        "2026-01-01",
        "2026-01-01T00:00:00Z",
        "2030-01-01T00:00:00+08:00",
        "10.0.0.1",
        "::/0",
        "10.1.2.3/8",
        "0.0.0.0/0",
        "8.8.8.0/24",
        "8.8.*",
        "1.1.1.1/40",
        "127.0.0.1",
        "192.0.2.1",
        "0.0.0.0/1",
        "128.0.0.0/1",
        "9.0.0.0/7",
        "vpc-1",
        "SYMETRIC_DEFAULT",
    ]
)
keys = st.sampled_from(
    [
        "acs:SourceIp",
        "acs:sourceip",
        "acs:SourceVpc",
        "acs:CurrentTime",
        "acs:MFAPresent",
        "kms:tag/a",
        "kms:tag",
        "kms:Tag/a",
        "kms:tag/${region}",
        "kms:EncryptionAlgorithm",
        "aws:SourceIp",
        "aws:MultiFactorAuthPresent",
        "oss:Prefix",
        "Project",
    ]
)
operators = st.sampled_from(
    [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringEqualsIgnoreCase",
        "IpAddress",
        "NotIpAddress",
        "Bool",
        "DateLessThan",
        "DateGreaterThan",
        "NumericEquals",
        "NumericLessThan",
        "ForAnyValue:StringEquals",
    ]
)


def one_or_more(item):
    return item | st.lists(item, min_size=1, max_size=4)


conditions = st.dictionaries(
    operators, st.dictionaries(keys, one_or_more(values), min_size=1, max_size=2), max_size=3
)
statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": one_or_more(actions),
        "Resource": one_or_more(resources),
        "Condition": conditions,
    }
)


def ask(text, targets):
    return validate(text, catalogue=load(), now=NOW, targets=targets, name="x")


@given(
    st.lists(statements, min_size=1, max_size=3),
    st.sampled_from([[], TARGETS[:1], TARGETS]),
    st.sampled_from([None, 2]),
)
def test_fix_keeps_the_document_readable_and_lessens_its_finding(some, targets, indent):
    text = json.dumps({"Version": "1", "Statement": some}, indent=indent, ensure_ascii=False)
    validation = ask(text, targets)
    assert validation.document is not None
    for finding in validation.findings:
        if finding.fix is None:
            continue
        repaired = finding.fix.apply(text)
        again = ask(repaired, targets)
        assert again.document is not None, (finding, repaired)
        before = Counter(f.code for f in validation.findings)[finding.code]
        after = Counter(f.code for f in again.findings)[finding.code]
        # What the fix removes may have silenced a finding of the same code; then there are fewer findings in all.
        assert after < before or len(again.findings) < len(validation.findings), (finding, repaired)


@given(st.lists(statements, min_size=1, max_size=3))
def test_judging_twice_finds_the_same(some):
    text = json.dumps({"Version": "1", "Statement": some})
    assert ask(text, TARGETS).findings == ask(text, TARGETS).findings
