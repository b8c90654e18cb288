"""Documents of the vendor and typical mistakes: what is valid shows no error, what is not shows the right one."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policystudio.catalog import load
from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity
from policystudio.validation.kinds import kind_of
from policystudio.validation.pipeline import validate

CORPUS = {
    path.stem: json.loads(path.read_text("utf-8"))
    for path in (Path(__file__).parent.parent / "corpus").glob("*.json")
}
VALID = sorted(name for name, case in CORPUS.items() if case["valid"])
INVALID = sorted(name for name, case in CORPUS.items() if not case["valid"])
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def errors(text, kind):
    findings = validate(text, catalogue=load(), now=NOW, kind=kind, stored=False).findings
    return [finding for finding in findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("name", VALID)
def test_valid_document_shows_no_error(name):
    case = CORPUS[name]
    text = json.dumps(case["policy"], ensure_ascii=False, indent=2)
    assert errors(text, Kind(case["kind"])) == []


def shown():
    """What each valid document shows, as a line with the codes and how often they are found."""
    for name in VALID:
        case = CORPUS[name]
        text = json.dumps(case["policy"], ensure_ascii=False, indent=2)
        found = validate(text, catalogue=load(), now=NOW, kind=Kind(case["kind"]), stored=False).findings
        codes = sorted(Counter(finding.code for finding in found).items())
        yield " ".join([name, *(f"{code}*{times}" if times > 1 else code for code, times in codes)]) + "\n"


def test_valid_documents_show_what_is_written_down_and_nothing_else():
    """After a change on purpose, write what this prints into `corpus.txt`."""
    now = "".join(shown())
    assert now == (Path(__file__).parent / "corpus.txt").read_text("utf-8"), now


@pytest.mark.parametrize("name", VALID)
def test_kind_of_valid_document_is_told(name):
    assert kind_of(CORPUS[name]["policy"]) is Kind(CORPUS[name]["kind"])


@pytest.mark.parametrize("name", INVALID)
def test_invalid_document_shows_an_error_at_the_expected_place(name):
    expected = CORPUS[name]["expect"]
    found = {(f.path, f.line, f.column) for f in errors(CORPUS[name]["text"], Kind.IDENTITY)}
    assert (expected["line"], expected["column"]) in {(line, column) for _, line, column in found}
    if expected["pointer"] is not None:
        assert (expected["pointer"], expected["line"], expected["column"]) in found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("bad-placeholder", "unknown-placeholder"),
        ("bad-prefix-length", "prefix-length-out-of-range"),
        ("bad-arn-prefix", "resource-of-another-cloud"),
    ],
)
def test_mistake_is_named_once(name, code):
    assert [finding.code for finding in errors(CORPUS[name]["text"], Kind.IDENTITY)] == [code]
