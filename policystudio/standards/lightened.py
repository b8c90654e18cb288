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
    changes: dict[str, list[Event]] = {}
    told = events(team_id, object_type="severitysetting").filter(action__in=_CHANGES, at__gt=since)
    for event in told.order_by("sequence"):
        page = documentation(str(event.data.get("code")))
        if page is not None and page.code in now:
            changes.setdefault(page.code, []).append(event)
    found = []
    for code, of_code in sorted(changes.items()):
        before, last = str(of_code[0].data.get("before")), of_code[-1]
        if _lightness(now[code]) > _lightness(before):
            reason = str(last.data.get("reason", ""))
            found.append(Lightened(code, counted[code], before, now[code], last.actor_name, last.at, reason))
    return tuple(found)


def _lightness(severity: str) -> int:
    """Grows as a finding becomes less grave; what is off comes last."""
    return len(Severity) if severity == OFF else Severity(severity).rank
