"""Every code that a report can hold as a reporting descriptor of SARIF, with the help that the product shows for it."""

from __future__ import annotations

from typing import Any

from policystudio.linting.suppressions import PAGES
from policystudio.ram.finding import Severity
from policystudio.validation.registry import Documentation, all_documentation

LEVELS = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "warning",
    Severity.WARNING: "warning",
    Severity.SUGGESTION: "note",
}
# Code scanning grades what is tagged as security by a number: from 7.0 on it is shown as high.
_SECURITY = {"tags": ["security"], "security-severity": "7.0"}


def descriptors() -> list[dict[str, Any]]:
    """The descriptors in an order that never changes within one release."""
    return [_descriptor(page) for page in (*all_documentation().values(), *PAGES.values())]


def _descriptor(page: Documentation) -> dict[str, Any]:
    paragraphs = [("", page.text), ("Why it matters", page.why), ("What to do", page.what_to_do)]
    found = _described(page.code, page.severity, page.title, paragraphs)
    if page.former_codes:
        found["deprecatedIds"] = list(page.former_codes)
    return found


def _described(
    code: str, severity: Severity, title: str, paragraphs: list[tuple[str, str]]
) -> dict[str, Any]:
    kept = [(heading, text) for heading, text in paragraphs if text]
    plain = "\n\n".join(f"{heading}: {text}" if heading else text for heading, text in kept) or title
    marked = "\n\n".join(f"**{heading}:** {text}" if heading else text for heading, text in kept) or title
    return {
        "id": code,
        "name": code.title().replace("-", ""),
        "shortDescription": {"text": title},
        "fullDescription": {"text": plain},
        "help": {"text": plain, "markdown": marked},
        "defaultConfiguration": {"level": LEVELS[severity]},
        "properties": _SECURITY if severity is Severity.SECURITY_WARNING else {"tags": ["correctness"]},
    }
