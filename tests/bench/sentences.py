"""Reading a quarter of a megabyte of sentences back, with faults and without, and completion within a keystroke."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from policystudio.analysis.sentences import Language, describe
from policystudio.analysis.sentences.reading import MAX_CHARACTERS, complete, read
from policystudio.analysis.sentences.reading.complete import MAX_LINE
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from tests.bench.measure import Row, cpu_seconds

SAMPLES = Path(__file__).parents[1] / "samples"
WRONG = {
    Language.ENGLISH: "Allows decrypting with key `k` in region `r` of account `1`",
    Language.CHINESE: "允许对所有密钥执行以下操作：解密",
}
LIST = {
    Language.ENGLISH: ("Allows ", "decrypting, "),
    Language.CHINESE: ("允许对所有服务的所有资源执行以下操作：", "解密、"),
}
CHARACTERS = MAX_LINE


def rows() -> Iterator[Row]:
    documents = [parse(path.read_text()).document for path in sorted(SAMPLES.glob("[!i]*.json"))]
    samples = [each for each in documents if each is not None]
    for language in Language:
        said = _said(samples, language)
        times = MAX_CHARACTERS // (len("\n".join(said)) + 1)
        yield _row(
            f"{len(said) * times:,} sentences read back, {language}",
            _reading(said * times, language),
            "saying them",
            times * cpu_seconds(partial(_said, samples, language), repeat=1),
            "< 2 s",
        )
        yield _row(
            f"50 sentences that are not understood, with their choices, {language}",
            _reading([WRONG[language]] * 50, language),
            "50 that are",
            _reading(said[:1] * 50, language),
            "≤ 500 ms",
        )
        start, unit = LIST[language]
        typed = start + unit * ((CHARACTERS - len(start)) // len(unit))
        yield _row(
            f"what may follow a sentence of {CHARACTERS:,} characters, {language}",
            cpu_seconds(partial(complete, typed, len(typed), language, load()), repeat=1),
            "reading it",
            _reading([typed], language),
            "≤ 400 ms",
        )


def _said(documents: Sequence[Document], language: Language) -> list[str]:
    return [each.text for document in documents for each in describe(document, load(), language)]


def _reading(sentences: Sequence[str], language: Language) -> float:
    return cpu_seconds(partial(read, "\n".join(sentences), language, load()), repeat=1, rounds=3)


def _row(what: str, ours: float, peer: str, floor: float, aim: str) -> Row:
    return Row(what, f"{ours * 1e3:.0f} ms", f"{peer} {floor * 1e3:.1f} ms", f"{ours / floor:.1f}", aim)
