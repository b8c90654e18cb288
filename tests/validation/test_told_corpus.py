"""What is told of the vendor's documents, the samples and typical mistakes, with every place and edit.

`told_corpus.txt` says it. How often each code is found stands in `corpus.txt`; a code that is new is noticed there.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policystudio.catalog import load
from policystudio.ram.document import Kind
from policystudio.ram.render import Target
from policystudio.validation.pipeline import Validation, validate
from tests.ram.telling import decisive, keep, kept, told

HERE = Path(__file__).parent
KEPT = HERE / "told_corpus.txt"
NOW = datetime(2026, 11, 24, tzinfo=UTC)
TARGETS = [Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "cn-shanghai")]


def _corpus() -> dict[str, tuple[str, Kind]]:
    cases = {}
    for path in sorted((HERE.parent / "corpus").glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        text = json.dumps(case["policy"], ensure_ascii=False, indent=2) if case["valid"] else case["text"]
        cases[path.stem] = text, Kind(case.get("kind", Kind.IDENTITY))
    return cases


CORPUS = _corpus()
SAMPLES = sorted(path.stem for path in (HERE.parent / "samples").glob("*.json") if path.stem != "index")
TOLD = kept(KEPT) if KEPT.exists() else {}
CODES = {line.split()[1] for lines in TOLD.values() for line in lines.splitlines() if line[0] != " "}


def validated(name: str) -> tuple[str, Validation]:
    """The corpus as it stands there alone; the samples for two accounts."""
    if name in CORPUS:
        text, kind = CORPUS[name]
        return text, validate(text, catalogue=load(), now=NOW, kind=kind, stored=False)
    text = (HERE.parent / "samples" / f"{name.removeprefix('sample ')}.json").read_text("utf-8")
    return text, validate(text, catalogue=load(), now=NOW, targets=TARGETS, name="sample")


CASES = [*CORPUS, *(f"sample {name}" for name in SAMPLES)]


@pytest.mark.parametrize("name", CASES)
def test_a_document_shows_what_it_showed_when_somebody_last_read_it(name):
    text, validation = validated(name)
    assert told(text, (each for each in validation.findings if each.code in CODES), decisive) == TOLD[name]


def test_nothing_is_kept_of_documents_that_are_gone():
    assert set(TOLD) == set(CASES)


if __name__ == "__main__":
    keep(
        KEPT,
        {name: told(text, found.findings, decisive) for name in CASES for text, found in [validated(name)]},
    )
