"""What a person is told about faulty texts, word by word and with every edit: `told.txt` says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policystudio.ram.codes import CODES
from policystudio.ram.finding import Finding
from policystudio.ram.parse import parse
from policystudio.ram.reader import read
from tests.ram.telling import keep, kept, told
from tests.ram.texts import READING, texts

KEPT = Path(__file__).with_name("told.txt")


def cases() -> dict[str, tuple[str, tuple[Finding, ...]]]:
    """The examples on the pages of the codes, and texts that show what these leave out.

    Besides, what the exact reader says of a text alone: it is heard where the tolerant reading finds nothing.
    """
    pages = {
        f"the page of {code}": (page.example, parse(page.example, page.kind).findings)
        for code, page in CODES.items()
        # These show many findings, all alike, or a text that nobody reads.
        if code != "too-many-findings" and len(page.example) < 5_000
    }
    given = {
        f"{kind} {json.dumps(each)}": (each, parse(each, kind).findings)
        for kind, several in texts().items()
        for each in several
    }
    exact = {f"exactly {json.dumps(each)}": (each, tuple(read(each).findings)) for each in READING}
    return pages | given | exact


TOLD = kept(KEPT) if KEPT.exists() else {}


@pytest.fixture(scope="module")
def now() -> dict[str, str]:
    return {name: told(text, findings) for name, (text, findings) in cases().items()}


@pytest.mark.parametrize("name", TOLD)
def test_every_word_and_edit_is_as_it_was_when_somebody_last_read_it(name, now):
    assert now[name] == TOLD[name]


def test_everything_is_kept_and_nothing_of_texts_that_are_gone(now):
    assert set(TOLD) == set(now)


if __name__ == "__main__":
    keep(KEPT, {name: told(text, findings) for name, (text, findings) in cases().items()})
