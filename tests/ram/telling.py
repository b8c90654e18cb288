"""Findings as lines of text, so that what a person is told about a document can be read, kept and compared.

    3:14 wrong-version /Version (error) the version is the text `"1"`, not `2`
        fix: write "1"
            3:14 `2` becomes `"1"`

The files of such lines are made anew by `python -m tests.ram.test_told` and `python -m tests.validation.test_told`;
whoever does so reads the difference.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from policystudio.ram.finding import Finding, Fix
from policystudio.ram.position import Source

_DECISIVE = re.compile(r"`[^`]*`|\d[\d,.]*\d|\d")
_HEAD = re.compile(r"^=== (.*)$", re.MULTILINE)


def whole(message: str) -> str:
    """Every word."""
    return message


def decisive(message: str) -> str:
    """What a message says of this document in particular: what it quotes and counts. The words may change."""
    return " ".join(_DECISIVE.findall(message))


def told(text: str, findings: Iterable[Finding], said: Callable[[str], str] = whole) -> str:
    """The findings with their repairs, in their order."""
    return "".join(f"{line}\n" for finding in findings for line in _lines(text, finding, said))


def _lines(text: str, finding: Finding, said: Callable[[str], str]) -> Iterator[str]:
    sure = f", {finding.confidence}" if finding.confidence else ""
    place = f"{finding.line}:{finding.column}"
    yield f"{place} {finding.code} {finding.path} ({finding.severity}{sure}) {said(finding.message)}".rstrip()
    for kind, repair in [("fix", finding.fix), *(("choice", choice) for choice in finding.choices)]:
        if repair:
            yield from _repair(text, kind, repair, said)


def _repair(text: str, kind: str, repair: Fix, said: Callable[[str], str]) -> Iterator[str]:
    widens = ", which allows more" if repair.widens else ""
    yield f"    {kind}{widens}: {said(repair.title)}".rstrip()
    for edit in repair.edits:
        place = Source(text).place(edit.start)
        yield f"        {place.line}:{place.column} {_typed(text[edit.start : edit.end])} becomes {_typed(edit.text)}"


def _typed(text: str) -> str:
    """On one line, and so that every character can be seen."""
    return json.dumps(text if len(text) <= 120 else f"{text[:60]}[{len(text)}]{text[-40:]}")


def kept(path: Path) -> dict[str, str]:
    """The lines of a file by the names above them."""
    _, *parts = _HEAD.split(path.read_text(encoding="utf-8"))
    return {name: lines.lstrip("\n") for name, lines in zip(parts[::2], parts[1::2], strict=True)}


def keep(path: Path, all_told: dict[str, str]) -> None:
    """Writes such a file."""
    path.write_text("".join(f"=== {name}\n{lines}" for name, lines in all_told.items()), encoding="utf-8")
