"""A team's own severities: findings as grave as the team takes them, never less than RAM does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from policystudio.ram.finding import Finding, Severity

OFF = "off"


def adjusted(findings: Iterable[Finding], severities: Mapping[str, str]) -> list[Finding]:
    """The findings with the severities that are set for their codes, without those that are `off`.

    An error stays one whatever is set, since RAM refuses what it speaks of.
    """
    if not severities:
        return list(findings)
    kept = []
    for finding in findings:
        wanted = severities.get(finding.code)
        if wanted is None or finding.severity is Severity.ERROR:
            kept.append(finding)
        elif wanted != OFF:
            kept.append(replace(finding, severity=Severity(wanted)))
    return kept
