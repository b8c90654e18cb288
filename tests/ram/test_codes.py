"""The pages of the codes of reading and structure: their examples show them, and no code is without a page."""

import ast
import re
from pathlib import Path

import pytest

import policystudio.ram
from policystudio.ram.codes import CLEAN, CODES
from policystudio.ram.parse import parse
from policystudio.ram.reader import DOCUMENT_LIMITS

# Seen only where bytes are read.
OF_BYTES = {"not-utf-8"}
# What the example of a code cannot show without the other.
TOGETHER = {
    "too-many-findings": {"value-of-wrong-type"},
    "action-outside-kms": {"resource-in-key-policy"},
    "statement-id-too-long": {"resource-in-key-policy"},
}


def test_the_clean_document_has_no_finding():
    assert parse(CLEAN).findings == ()


@pytest.mark.parametrize("code", [code for code in CODES if code not in OF_BYTES])
def test_the_example_shows_its_code_alone_and_in_its_severity(code):
    page = CODES[code]
    findings = parse(page.example, page.kind).findings
    assert {finding.code for finding in findings} == {code} | TOGETHER.get(code, set())
    assert {finding.severity for finding in findings if finding.code == code} == {page.severity}


@pytest.mark.parametrize("code", [code for code in CODES if code not in OF_BYTES])
def test_messages_are_one_clean_line(code):
    page = CODES[code]
    for finding in parse(page.example, page.kind).findings:
        assert "\n" not in finding.message
        assert not finding.message.endswith(".")
        assert not finding.message[0].isupper() or finding.message.startswith(("JSON", "RAM", "U+"))


def test_every_code_that_the_language_core_says_has_a_page():
    said = set()
    for path in Path(policystudio.ram.__file__).parent.rglob("*.py"):
        if "codes" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said |= {node.value} if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", node.value) else set()
    # Words of the same form that are no codes: encodings and kinds of document.
    said -= {"utf-8", "key-policy"}
    # A rule has the page of this one; only the core sees a placeholder in the place of an operator.
    assert said - set(CODES) == {"placeholder-out-of-place"}
    assert set(CODES) - said == set()


def test_titles_that_name_a_limit_name_the_one_that_holds():
    numbers = {code: re.findall(r"[0-9][0-9,]*", page.title) for code, page in CODES.items()}
    assert {code: named for code, named in numbers.items() if named} == {
        "not-utf-8": ["8"],
        "nested-too-deep": ["32"],
        "text-too-large": ["256"],
        "too-many-values": ["50,000"],
        "wrong-version": ["1"],
        "statement-id-too-long": ["128"],
    }
    limits = (DOCUMENT_LIMITS.max_depth, DOCUMENT_LIMITS.max_bytes, DOCUMENT_LIMITS.max_values)
    assert limits == (32, 256 * 1024, 50_000)
