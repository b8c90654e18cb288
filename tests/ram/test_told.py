"""What a person is told about faulty texts, word by word and with every edit: `told.txt` says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policystudio.ram.codes import CODES
from policystudio.ram.document import Kind
from policystudio.ram.parse import parse
from tests.ram.telling import keep, kept, told
from tests.ram.texts import texts

KEPT = Path(__file__).with_name("told.txt")


def cases() -> dict[str, tuple[str, Kind]]:
    """The examples on the pages of the codes, and texts that show what these leave out."""
    pages = {
        f"the page of {code}": (page.example, page.kind)
        for code, page in CODES.items()
        # These show many findings, all alike, or a text that nobody reads.
        if code != "too-many-findings" and len(page.example) < 5_000
    }
    given = {
        f"{kind} {json.dumps(each)}": (each, kind) for kind, several in texts().items() for each in several
    }
    return pages | given


CASES = cases()
TOLD = kept(KEPT) if KEPT.exists() else {}


@pytest.mark.parametrize("name", CASES)
def test_every_word_and_edit_is_as_it_was_when_somebody_last_read_it(name):
    text, kind = CASES[name]
    assert told(text, parse(text, kind).findings) == TOLD[name]


def test_nothing_is_kept_of_texts_that_are_gone():
    assert set(TOLD) == set(CASES)


if __name__ == "__main__":
    keep(KEPT, {name: told(text, parse(text, kind).findings) for name, (text, kind) in CASES.items()})
