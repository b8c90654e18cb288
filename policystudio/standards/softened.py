"""What a team's severities take away from the findings of one document: what they hide, and what they make less grave.

Reviewers are told of it, since a finding that nobody hears of is one that nobody decided on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from policystudio.standards.models import SeveritySetting
from policystudio.validation.pipeline import Validation
from policystudio.validation.registry import documentation
from policystudio.validation.severities import OFF


@dataclass(frozen=True, slots=True)
class Softened:
    """`count` findings of one code that the team does not hear, or takes more lightly, and the setting that says so."""

    code: str
    count: int
    severity: str
    default: str
    setting: SeveritySetting

    @property
    def is_hidden(self) -> bool:
        return self.severity == OFF


def softened(team_id: int, validation: Validation) -> tuple[Softened, ...]:
    """By code; with one query where there is anything, else with none. The document was fetched for a viewer before."""
    found = Counter(_taken_away(validation))
    if not found:
        return ()
    settings: dict[str, SeveritySetting] = {}
    for setting in SeveritySetting.objects.filter(team_id=team_id).order_by("code"):
        page = documentation(setting.code)
        # A setting under today's code wins over one under a former code, as in judging.
        if page is not None and (setting.code == page.code or page.code not in settings):
            settings[page.code] = setting
    return tuple(
        Softened(code, count, severity, default, settings[code])
        for (code, severity, default), count in sorted(found.items())
        if code in settings
    )


def _taken_away(validation: Validation) -> Iterator[tuple[str, str, str]]:
    """Code, severity and default of every finding that is hidden or lowered."""
    for finding in validation.hidden:
        yield finding.code, OFF, str(finding.severity)
    for finding in validation.findings:
        default = finding.default_severity
        if default is not None and finding.severity.rank > default.rank:
            yield finding.code, str(finding.severity), str(default)
