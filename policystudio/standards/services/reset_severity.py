"""Takes a team's severity of a code back, so that the product's counts again."""

from __future__ import annotations

from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import NotFound
from policystudio.standards.services.set_severity import locked_severity
from policystudio.standards.severities import settings_of
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def reset_severity(*, by: Viewer, code: str, expected_version: int | None = None) -> None:
    """Raises: NotAllowed; NotFound when nothing is set for the code; Stale."""
    require(by, Act.MANAGE_SEVERITIES)
    before = locked_severity(by, code)
    refuse_stale(expected_version, before.version, "setting")
    if before.setting is None:
        raise NotFound("nothing is set for this code")
    data = {
        "code": before.code,
        "before": before.severity,
        "after": str(before.default) if before.default else None,
    }
    record(by, "severity.reset", on=before.setting, data=data)
    settings_of(by, code).delete()
