"""An offered repair removes its finding, breaks nothing and, unless it says so, allows nothing more."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.codes import CODES
from policystudio.ram.document import Kind
from policystudio.ram.parse import parse
from policystudio.ram.render import Target
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import rules
from tests.validation.proof import HERE, allowed_more, lingering, new_errors, offered, repairs, unclean

# A validation for every repair of every example: more than the usual time when many examples are asked for.
pytestmark = pytest.mark.timeout(3600)

EXAMPLES_OF_A_RUN = settings().max_examples
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
plain_statements = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": one_or_more(actions),
        "Resource": one_or_more(resources),
        "Condition": conditions,
    }
)


def with_exceptions(statement, of_actions, of_resources):
    """The same lists as what is left out."""
    names = {
        "Action": "NotAction" if of_actions else "Action",
        "Resource": "NotResource" if of_resources else "Resource",
    }
    return {names.get(name, name): value for name, value in statement.items()}


statements = plain_statements | st.builds(with_exceptions, plain_statements, st.booleans(), st.booleans())


def ask(text, targets):
    return validate(text, catalogue=load(), now=NOW, targets=targets, name="x")


# A statement that nothing is said of, so that another one may be taken out whole; a sign beyond U+FFFF comes first.
HARMLESS = {
    "Effect": "Allow",
    "Action": "kms:DescribeSecret",
    "Resource": "acs:kms:cn-hangzhou:1234567890123456:secret/\U0001f511",
}


def layouts(document):
    """The document as people write it: on one line, indented, with the line ends of another system."""
    indented = json.dumps(document, indent=2, ensure_ascii=False)
    return [
        json.dumps(document, ensure_ascii=False),
        indented,
        json.dumps(document, indent="\t").replace("\n", "\r\n"),
    ]


def question(example):
    """Text → findings, with the surroundings that an example names."""
    return lambda text: validate(text, catalogue=load(), **example.surroundings())


EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{n}")
    for code, rule in rules().items()
    for n, example in enumerate(rule.triggers)
]


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_every_repair_of_an_example_keeps_what_it_promises(code, example):
    judge, document = question(example), example.document()
    beside = {**document, "Statement": [HARMLESS, *document["Statement"]]}
    texts = [*layouts(document), *(layouts(beside) if example.kind is Kind.IDENTITY else [])]
    titles = set()
    for text in texts:
        before = judge(text).findings
        for finding in (finding for finding in before if finding.code == code):
            assert unclean(text, finding) is None, (unclean(text, finding), finding)
            for repair in repairs(finding):
                validation = judge(repair.apply(text))
                assert validation.document is not None, repair
                assert lingering(text, finding, repair, before, validation.findings) is None, repair
                assert not new_errors(finding, before, validation.findings), repair
                # The meaning does not depend on the layout, so the first text with the repair stands for the others.
                if (len(before), repair.title) not in titles:
                    assert allowed_more(text, repair, example.targets or [HERE], example.now) is None, repair
                titles.add((len(before), repair.title))


# While a text holds the document inside something else, the document itself is not judged.
ENVELOPES = {"document-inside-string", "document-inside-reply"}
READING = [code for code in CODES if code != "not-utf-8"]


@pytest.mark.parametrize("code", READING)
def test_every_repair_of_a_fault_of_reading_or_structure_keeps_what_it_promises(code):
    page = CODES[code]
    before = parse(page.example, page.kind).findings
    for finding in (finding for finding in before if finding.code == code):
        assert unclean(page.example, finding) is None, finding
        for repair in repairs(finding):
            after = parse(repair.apply(page.example), page.kind).findings
            assert lingering(page.example, finding, repair, before, after) is None, repair
            assert code in ENVELOPES or not new_errors(finding, before, after), repair
            # The resource of a key policy is the key itself, however it is written.
            if page.kind is not Kind.KEY_POLICY:
                assert allowed_more(page.example, repair, [HERE], NOW) is None, repair


# What only a person knows, or what is no edit of the document; the page of each says so.
WITHOUT_OFFER = {
    "cloud-owned-key-or-secret",
    "document-grants-nothing",
    "document-only-denies",
    "idle-parts-not-looked-for",
    "key-policy-also-needed",
    "missing-tag-key",
    "name-too-long-with-region",
    "negation-with-absent-key",
    "not-action-with-deny",
    "not-an-identity-policy",
    "not-resource-in-new-revision",
    "placeholder-out-of-place",
    "regions-crossed-by-combining",
    "resource-of-other-service-in-deny",
    "runtime-variable",
    "secret-creator-without-key-use",
    "several-values-for-negation",
    "targets-render-alike",
    "unfit-policy-name",
    "unreplaced-placeholder",
    "version-limit-near",
    "withdrawn-resource-type",
}


def test_a_rule_without_a_repair_is_known_to_have_none():
    """After a change on purpose, write what this finds into the list above."""
    found = set()
    for code, rule in rules().items():
        examples = [example for example in rule.triggers if example.kind is Kind.IDENTITY]
        if not any(repairs(finding) for example in examples for finding in found_in(code, example)):
            found.add(code)
    assert found == WITHOUT_OFFER


def found_in(code, example):
    """What a rule finds in an example, beside a harmless statement where there may be one."""
    document = example.document()
    if example.kind is Kind.IDENTITY:
        document = {**document, "Statement": [HARMLESS, *document["Statement"]]}
    findings = question(example)(layouts(document)[0]).findings
    return [finding for finding in findings if finding.code == code]


def found_in_examples(code):
    """What a rule finds in all of its examples."""
    return [finding for example in rules()[code].triggers for finding in found_in(code, example)]


# Whatever a Deny lets go of shows beside an Allow of everything.
beside_everything = st.lists(statements, min_size=1, max_size=2).map(
    lambda some: [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        *({**s, "Effect": "Deny"} for s in some),
    ]
)


@given(
    st.lists(statements, min_size=1, max_size=3) | beside_everything,
    st.sampled_from([[], TARGETS[:1], TARGETS]),
    st.sampled_from([0, 1, 2]),
    st.randoms(use_true_random=False),
)
@settings(max_examples=max(1, EXAMPLES_OF_A_RUN // 6))
def test_every_repair_keeps_what_it_promises(some, targets, layout, chance):
    text = layouts({"Version": "1", "Statement": some})[layout]
    validation = ask(text, targets)
    before = validation.findings
    assert validation.document is not None
    offers = list(offered(before))
    # In a short run the costly question is asked of a few repairs of each document only, in a long one of all.
    compared = chance.sample(offers, min(len(offers), 3)) if EXAMPLES_OF_A_RUN < 1000 else offers
    for finding in before:
        assert unclean(text, finding) is None, (unclean(text, finding), finding)
    for finding, repair in offers:
        again = ask(repair.apply(text), targets)
        assert again.document is not None, (finding, repair)
        assert lingering(text, finding, repair, before, again.findings) is None, (finding, repair)
        assert not new_errors(finding, before, again.findings), (finding, repair)
    for finding, repair in compared:
        assert allowed_more(text, repair, targets or [HERE], NOW) is None, (finding, repair)


@given(st.lists(statements, min_size=1, max_size=3))
def test_judging_twice_finds_the_same(some):
    text = json.dumps({"Version": "1", "Statement": some})
    assert ask(text, TARGETS).findings == ask(text, TARGETS).findings
