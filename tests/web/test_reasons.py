"""Whatever keeps a question from being answered is told in words, never by its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from policystudio.analysis.comparing import Unknown
from policystudio.web.proposal.card import reason_in_words

ANALYSIS = Path(__file__).parents[2] / "policystudio" / "analysis"


def codes() -> Iterator[str]:
    """The code of every reason that the analysis gives, read from its source."""
    for path in ANALYSIS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Unknown":
                for each in ast.walk(node.args[0]):
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value


CODES = sorted(set(codes()))


def test_the_codes_are_found() -> None:
    assert {"out-of-time", "undetermined", "too-many-places"} <= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_reason_has_words(code: str) -> None:
    assert code not in reason_in_words(Unknown(code, "statements"))
