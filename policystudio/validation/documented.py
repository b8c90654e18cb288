"""Documentation of the codes that no rule makes: those of reading a text and of its structure."""

from policystudio.ram.finding import Severity

DOCUMENTED: dict[str, tuple[Severity, str]] = {}
