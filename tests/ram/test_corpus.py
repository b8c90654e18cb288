"""The collected documents: each bad one is refused where and why it should be, each good one is taken."""

import json
from pathlib import Path

import pytest

from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse

CORPUS = {
    path.stem: json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parents[1] / "corpus").glob("*.json"))
}
SAMPLES = [p for p in sorted((Path(__file__).parents[1] / "samples").glob("*.json")) if p.stem != "index"]
# What the collection calls a problem → what we call it. The other three are told by rules.
CODES = {
    "json-syntax-error": {"curly-quote", "trailing-comma"},
    "duplicate-key": {"repeated-member"},
    "invalid-effect": {"unknown-effect"},
    "empty-list": {"empty-statement-list"},
    "missing-resource": {"missing-resource"},
    "invalid-condition-operator": {"unknown-operator"},
    "data-type-mismatch": {"unquoted-condition-value"},
    "invalid-version": {"wrong-version"},
}
BY_RULES = {"invalid-arn-prefix", "unknown-placeholder", "invalid-ip"}
BAD = [name for name, entry in CORPUS.items() if not entry["valid"]]


@pytest.mark.parametrize("name", BAD)
def test_bad_document_is_refused_at_the_expected_place(name):
    entry = CORPUS[name]
    expected = entry["expect"]
    if expected["problem"] in BY_RULES:
        assert parse(entry["text"]).document is not None
        return
    parsed = parse(entry["text"], Kind(entry["kind"]))
    assert parsed.document is None
    places = {(f.code, f.path, f.line, f.column) for f in parsed.findings if f.severity is Severity.ERROR}
    wanted = {
        (code, expected["pointer"], expected["line"], expected["column"])
        for code in CODES[expected["problem"]]
    }
    assert places & wanted


@pytest.mark.parametrize("name", [name for name in CORPUS if name not in BAD])
def test_good_document_is_taken_as_its_kind(name):
    entry = CORPUS[name]
    parsed = parse(json.dumps(entry["policy"], indent=2, ensure_ascii=False), Kind(entry["kind"]))
    assert parsed.findings == ()
    assert parsed.document is not None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_documented_sample_is_taken_without_a_finding(path):
    parsed = parse(path.read_text(encoding="utf-8"))
    assert parsed.findings == ()
    assert parsed.document is not None


def test_the_whole_collection_was_read():
    assert len(CORPUS) == 52
    assert len(SAMPLES) == 11
