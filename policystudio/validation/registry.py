"""All rules, and the documentation of every code that the validator can say.

Rules are discovered; the codes of reading and structure, which no rule makes, come from `ram/codes`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from policystudio.discovery import discover
from policystudio.ram.codes import CODES
from policystudio.ram.finding import Severity
from policystudio.validation.rule import Rule


@dataclass(frozen=True, slots=True)
class Documentation:
    """What a code means: one line, the paragraphs behind it, and examples where there are some."""

    code: str
    severity: Severity
    title: str
    text: str
    why: str
    what_to_do: str
    rule: Rule | None
    former_codes: tuple[str, ...] = ()
    example: str | None = None
    """A text that shows the code, for codes that no rule makes."""


@cache
def rules() -> Mapping[str, Rule]:
    """Code → rule, sorted by code.

    Raises: DiscoveryError when a module has no rule; ValueError when two rules claim one code.
    """
    found = {rule.code: rule for rule in discover("policystudio.validation.rules", "RULE", Rule).values()}
    taken = [code for rule in found.values() for code in (rule.code, *rule.former_codes)] + list(CODES)
    twice = sorted({code for code in taken if taken.count(code) > 1})
    if twice:
        raise ValueError(f"codes that are claimed twice: {', '.join(twice)}")
    return MappingProxyType(dict(sorted(found.items())))


@cache
def all_documentation() -> Mapping[str, Documentation]:
    """Code → documentation for everything that the validator says, sorted by code."""
    found = {code: _of_rule(rule) for code, rule in rules().items()}
    for code, page in CODES.items():
        found[code] = _read(code, page.severity, page.documentation, None, page.example)
    return MappingProxyType(dict(sorted(found.items())))


def documentation(code: str) -> Documentation | None:
    """The documentation of a code, or of the rule that once had it; None when nobody says it."""
    known = all_documentation().get(code)
    if known is None:
        known = next((page for page in all_documentation().values() if code in page.former_codes), None)
    return known


def _of_rule(rule: Rule) -> Documentation:
    return _read(rule.code, rule.severity, rule.documentation, rule)


def _read(
    code: str, severity: Severity, text: str, rule: Rule | None, example: str | None = None
) -> Documentation:
    """Splits a documentation text at its two headings."""
    title, _, rest = text.partition("\n")
    before, _, after = rest.partition("Why it matters:")
    why, _, what_to_do = after.partition("What to do:")
    what_to_do, _, notes = what_to_do.partition("\n\n")
    paragraphs = "\n\n".join(part.strip() for part in (before, notes) if part.strip())
    return Documentation(
        code,
        severity,
        title.strip(),
        paragraphs,
        _line(why),
        _line(what_to_do),
        rule,
        rule.former_codes if rule else (),
        example,
    )


def _line(text: str) -> str:
    return " ".join(text.split())
