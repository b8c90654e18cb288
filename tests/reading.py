"""Short ways to what a test takes for granted: that a text can be read, or a finding repaired."""

from typing import Any

from policystudio.ram.document import Document, Kind
from policystudio.ram.finding import Finding
from policystudio.ram.parse import parse
from policystudio.ram.reader import read


def value(text: str) -> Any:
    """The value of a text that the exact reader takes."""
    reading = read(text)
    assert reading.value is not None, reading.findings
    return reading.value


def document(text: str, kind: Kind = Kind.IDENTITY) -> Document:
    """The document in a text without errors."""
    parsed = parse(text, kind)
    assert parsed.document is not None, parsed.findings
    return parsed.document


def repaired(text: str, finding: Finding) -> str:
    """The text after the fix that the finding offers."""
    assert finding.fix is not None, finding
    return finding.fix.apply(text)
