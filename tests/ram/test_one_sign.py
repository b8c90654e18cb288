"""One sign that is missing, or too much, is one finding, where the sign belongs."""

import json

import pytest

from policystudio.ram.parse import parse

DOCUMENT = {
    "Version": "1",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["kms:Encrypt", "kms:Decrypt"],
            "Resource": "acs:kms:*:1234567890123456:key/*",
            "Condition": {"StringEquals": {"kms:tag/Project": ["Billing", "Web"]}},
        },
        {"Effect": "Deny", "Action": "kms:*", "Resource": ["*"]},
    ],
}
LAYOUTS = [json.dumps(DOCUMENT), json.dumps(DOCUMENT, indent=2)]


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1


def column_of(text, offset):
    return offset - (text.rfind("\n", 0, offset) + 1) + 1


def only_finding(text):
    findings = parse(text).findings
    assert len(findings) == 1, (text, [(f.code, f.line, f.column, f.message) for f in findings])
    return findings[0]


@pytest.mark.parametrize("text", LAYOUTS, ids=["one line", "indented"])
def test_missing_quote_is_one_finding_at_its_text(text):
    quotes = [at for at, char in enumerate(text) if char == '"']
    for begin, end in zip(quotes[::2], quotes[1::2], strict=True):
        for missing in (begin, end):
            broken = text[:missing] + text[missing + 1 :]
            finding = only_finding(broken)
            assert (finding.line, finding.column) == (line_of(text, begin), column_of(text, begin)), broken
            assert finding.fix is not None
            assert finding.fix.apply(broken) == text


@pytest.mark.parametrize("text", LAYOUTS, ids=["one line", "indented"])
@pytest.mark.parametrize("signs", ["]}", "[{", ",", ":"], ids=["closing", "opening", "comma", "colon"])
def test_missing_bracket_comma_or_colon_is_one_finding(text, signs):
    for at, char in enumerate(text):
        # A colon inside a text is no sign of JSON; a text without its first brace begins with another value.
        if at and char in signs and text[:at].count('"') % 2 == 0:
            broken = text[:at] + text[at + 1 :]
            finding = only_finding(broken)
            assert finding.fix is not None
            assert json.loads(finding.fix.apply(broken))


@pytest.mark.parametrize("text", LAYOUTS, ids=["one line", "indented"])
def test_comma_too_much_is_one_finding_where_it_stands(text):
    for at, char in enumerate(text):
        if char in "]}":
            broken = text[:at] + "," + text[at:]
            finding = only_finding(broken)
            assert (finding.code, finding.line) == ("trailing-comma", line_of(broken, at))


@pytest.mark.parametrize("text", LAYOUTS, ids=["one line", "indented"])
def test_single_quotes_are_one_finding_where_they_begin(text):
    finding = only_finding(text.replace('"', "'"))
    assert (finding.code, finding.line) == ("single-quoted-string", line_of(text, text.index('"')))


@pytest.mark.parametrize("text", LAYOUTS, ids=["one line", "indented"])
def test_unfinished_text_is_one_finding(text):
    for end in range(1, len(text)):
        only_finding(text[:end])
