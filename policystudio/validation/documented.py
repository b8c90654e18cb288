"""Documentation of the codes that no rule makes: those of reading a text and of its structure."""

from policystudio.ram.codes import CODES
from policystudio.ram.finding import Severity

DOCUMENTED: dict[str, tuple[Severity, str]] = {
    code: (page.severity, page.documentation) for code, page in CODES.items()
}
