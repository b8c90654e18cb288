"""Makes the findings of one code as grave as the team takes them."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem, Stale
from policystudio.ram.finding import Severity
from policystudio.standards.models import SeveritySetting
from policystudio.standards.severities import CodeSeverity, settings_of, severity_get
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, refuse_stale, text_problems
from policystudio.teams.viewer import Viewer
from policystudio.validation.severities import OFF

MAX_REASON = 2000


@transaction.atomic
def set_severity(
    *, by: Viewer, code: str, severity: str, reason: str, expected_version: int | None = None
) -> CodeSeverity:
    """The code as it is taken from now on, by drafts, open reviews and releases alike; `expected_version` is 0 where
    nothing was set.

    Decision: one event tells it, and no open review is asked anew. Reviewers see beside each finding that the team has
    set its severity, and what it would be; what is made an error stands in the way of every release by itself.
    Raises: NotAllowed; NotFound for an unknown code; Stale; InvalidInput at /severity or /reason.
    """
    require(by, Act.MANAGE_SEVERITIES)
    before = locked_severity(by, code)
    refuse_stale(expected_version, before.version, "setting")
    refuse([*_severity_problems(before, severity), *reason_problems(reason)])
    # Read before the change: `before` and its setting are the same row.
    severity_before = before.severity
    setting = before.setting or SeveritySetting(team_id=by.team_id, version=0)
    setting.code, setting.severity, setting.reason = before.code, severity, reason
    setting.set_by_id, setting.set_by_name, setting.set_at = by.actor_id, by.actor_name, timezone.now()
    setting.version += 1
    try:
        with transaction.atomic():
            setting.save()
    except IntegrityError:
        raise Stale(
            "somebody else has set this code meanwhile", advice="read it again and repeat the change"
        ) from None
    settings_of(by, before.code).exclude(pk=setting.pk).delete()
    data = {
        "code": before.code,
        "default": str(before.default),
        "before": severity_before,
        "after": severity,
        "reason": reason,
    }
    record(by, "severity.set", on=setting, data=data)
    return severity_get(by, before.code)


def locked_severity(by: Viewer, code: str) -> CodeSeverity:
    """The code as it is stored now, the row of its setting locked. Raises: NotFound."""
    # Evaluated for the locks alone.
    list(settings_of(by, code).select_for_update())
    return severity_get(by, code)


def reason_problems(reason: object) -> list[Problem]:
    """What is wrong with the reason, which is required."""
    return list(text_problems(reason, "/reason", max_characters=MAX_REASON, required=True))


def _severity_problems(code: CodeSeverity, severity: str) -> list[Problem]:
    if code.default is None:
        raise InvalidInput(
            [Problem("", f"nothing says {code.code} any more, so it can only be reset", "vanished-code")]
        )
    if severity in code.choices:
        return []
    if severity not in (*map(str, Severity), OFF):
        allowed = ", ".join((*map(str, Severity), OFF))
        return [Problem("/severity", f"must be one of {allowed}", "unknown-choice")]
    if code.default is Severity.ERROR:
        detail = f"RAM refuses what {code.code} speaks of, so it stays an error"
        return [Problem("/severity", detail, "below-error")]
    detail = f"{code.code} is a security warning and is always told; the least that it can be is a warning"
    return [Problem("/severity", detail, "below-warning")]
