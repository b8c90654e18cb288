"""Which findings of a document the team takes more lightly now than it did at a moment, as told by the trail.

An approval speaks of what its reviewer saw; nobody asks it anew when a severity changes, so the page says what changed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from policystudio.audit.models import Event
from policystudio.audit.selectors import events
from policystudio.ram.finding import Severity
from policystudio.validation.pipeline import Validation
from policystudio.validation.registry import documentation
from policystudio.validation.severities import OFF

_CHANGES = ("severity.set", "severity.reset")


@dataclass(frozen=True, slots=True)
class Lightened:
    """`count` findings of one code, how grave they were then and are now (a severity, or `off`), and the last change.

    `reason` is empty where the default counts again.
    """

    code: str
    count: int
    before: str
    after: str
    by: str
    at: datetime
    reason: str


def lightened(team_id: int, validation: Validation, since: datetime) -> tuple[Lightened, ...]:
    """By code; with one query. The document was fetched for a viewer before."""
    now = {finding.code: str(finding.severity) for finding in validation.findings}
    now |= {finding.code: OFF for finding in validation.hidden}
    counted = Counter(finding.code for finding in (*validation.findings, *validation.hidden))
    then: dict[str, str] = {}
    last: dict[str, Event] = {}
    told = events(team_id, object_type="severitysetting").filter(action__in=_CHANGES)
    for event in told.order_by("sequence"):
        page = documentation(str(event.data.get("code")))
        if page is None or page.code not in now:
            continue
        if event.at <= since:
            then[page.code] = str(event.data.get("after"))
        else:
            then.setdefault(page.code, str(event.data.get("before")))
            last[page.code] = event
    return tuple(
        Lightened(
            code,
            counted[code],
            then[code],
            now[code],
            event.actor_name,
            event.at,
            str(event.data.get("reason", "")),
        )
        for code, event in sorted(last.items())
        if _lightness(now[code]) > _lightness(then[code])
    )


def _lightness(severity: str) -> int:
    """Grows as a finding becomes less grave; what is off comes last."""
    return Severity(severity).rank if severity in list(Severity) else len(Severity)
