"""A team's own severities: findings as grave as the team takes them, never less than RAM does.

Who may set them, and where they are kept, is left to `standards/`; the command line reads them from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType

from policystudio.ram.finding import Finding, Severity
from policystudio.validation.registry import all_documentation, documentation, rules
from policystudio.validation.rule import Rule

OFF = "off"
"""Not told at all."""

_LOWEST: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.ERROR: Severity.ERROR,
        Severity.SECURITY_WARNING: Severity.WARNING,
        Severity.WARNING: OFF,
        Severity.SUGGESTION: OFF,
    }
)
_SCALE = (*map(str, Severity), OFF)


def choices(default: Severity) -> tuple[str, ...]:
    """What may be made of a code whose own severity is `default`, the gravest first.

    Decision: what RAM refuses stays an error. A security warning may stop asking for a written reason, but is always
    told; only a warning or a suggestion can be turned off. Everything may be raised, up to an error.
    """
    return _SCALE[: _SCALE.index(_LOWEST[default]) + 1]


@dataclass(frozen=True, slots=True)
class Own:
    """A team's settings worked out: by today's codes, those only that are allowed."""

    severities: Mapping[str, str]
    rules: Mapping[str, Rule]
    """The rules that are asked, those that are off too: it is told how many findings a team does not hear."""
    lowered: frozenset[str]
    """Codes that the team takes more lightly: what they find silences nothing, since that may be graver now."""

    def adjusted(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings as grave as the team takes them, without those that are off."""
        if not self.severities:
            return list(findings)
        wanted = ((finding, self._severity(finding)) for finding in findings)
        return [
            finding if str(finding.severity) == severity else _changed(finding, severity)
            for finding, severity in wanted
            if severity != OFF
        ]

    def hidden(self, findings: Iterable[Finding]) -> list[Finding]:
        """Those that `adjusted` leaves out, as the product has them."""
        return [each for each in findings if self._severity(each) == OFF] if self.severities else []

    def _severity(self, finding: Finding) -> str:
        """Decision: a finding that its rule makes less grave than others of its code is never raised by a setting."""
        wanted = self.severities.get(finding.code)
        if wanted is None:
            return finding.severity
        if finding.severity.rank > all_documentation()[finding.code].severity.rank:
            return max(wanted, str(finding.severity), key=_SCALE.index)
        return wanted


def own_severities(severities: Mapping[str, str]) -> Own:
    """What the settings mean, code → severity or `off`; a former code speaks for the rule that has it now.

    Settings of unknown codes, and those that are not among the `choices` of their code, mean nothing.
    """
    return _worked_out(frozenset(severities.items())) if severities else _as_the_product_has_it()


@cache
def _as_the_product_has_it() -> Own:
    return Own(MappingProxyType({}), rules(), frozenset())


@lru_cache(maxsize=256)
def _worked_out(severities: frozenset[tuple[str, str]]) -> Own:
    found: dict[str, str] = {}
    # The code of today is read last, so that it wins over a former one.
    for code, severity in sorted(severities, key=lambda each: (each[0] in all_documentation(), each)):
        page = documentation(code)
        if page is not None and severity in choices(page.severity):
            found[page.code] = severity
    defaults = {code: str(all_documentation()[code].severity) for code in found}
    return Own(
        MappingProxyType(found),
        rules(),
        frozenset(
            code for code, severity in found.items() if _SCALE.index(severity) > _SCALE.index(defaults[code])
        ),
    )


def _changed(finding: Finding, severity: str) -> Finding:
    return replace(finding, severity=Severity(severity), default_severity=finding.severity)
