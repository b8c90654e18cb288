"""Findings of a stored revision as the API shows them: with the id that a waiver names, and the waiver of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from policystudio.api.answers import timestamp
from policystudio.api.fields import Day, Flag, Text
from policystudio.api.shapes import COUNT, FINDING, ID, MOMENT, SEVERITY, USERNAME
from policystudio.api.structures import ListOf, Null, Shape
from policystudio.standards.softened import softened
from policystudio.validation.news import News
from policystudio.validation.pipeline import Validation
from policystudio.validation.severities import OFF
from policystudio.waivers.models import State, Waiver
from policystudio.waivers.weighing import Judged

FINGERPRINT = Text(
    max_characters=64,
    about="Recognises the finding after edits elsewhere; it changes when its statement does, and with every edit where "
    "it speaks of the whole document.",
)
WAIVER_STATE = Text(choices=[str(state) for state in State])
WAIVER_OF_FINDING = Shape(
    name="WaiverOfFinding",
    about="With the state `accepted` the finding is waived: it is not open and needs no written reason.",
    required={
        "id": ID,
        "state": WAIVER_STATE,
        "reason": Text(),
        "until": Day(example="2026-01-31"),
        "requested_by": USERNAME,
        "decided_by": Null(of=USERNAME),
    },
)
WAIVED_FINDING = replace(
    FINDING,
    name="WaivedFinding",
    required={
        **FINDING.required,
        "fingerprint": FINGERPRINT,
        "waiver": Null(of=WAIVER_OF_FINDING),
        "is_new": Null(
            of=Flag(about="Whether the released revision does not have it; null when nothing is released.")
        ),
    },
)

HIDDEN = ListOf(
    item=Shape(
        name="HiddenFindings",
        about="`severity` is what the team takes the code for; with `off` its findings are not among `findings`.",
        required={
            "code": Text(),
            "count": COUNT,
            "severity": Text(choices=[*SEVERITY.choices, OFF]),
            "default_severity": SEVERITY,
            "reason": Text(),
            "set_by": USERNAME,
            "set_at": MOMENT,
        },
    ),
    about="What the team's severities hide or make less grave.",
)


def show_hidden(team_id: int, validation: Validation) -> list[dict[str, Any]]:
    """What the severities of the team take away from a document's findings."""
    return [
        {
            "code": each.code,
            "count": each.count,
            "severity": each.severity,
            "default_severity": each.default,
            "reason": each.setting.reason,
            "set_by": each.setting.set_by_name,
            "set_at": timestamp(each.setting.set_at),
        }
        for each in softened(team_id, validation)
    ]


def show_waived_findings(findings: Sequence[Judged], since: News | None) -> list[dict[str, Any]]:
    """The findings; `since` compares them with those of what is released."""
    return [
        {
            **each.finding.as_json(),
            "fingerprint": each.fingerprint,
            "waiver": None
            if each.waiver is None or each.state is None
            else _show_waiver(each.waiver, each.state),
            "is_new": since.is_new[index] if since else None,
        }
        for index, each in enumerate(findings)
    ]


def _show_waiver(waiver: Waiver, state: State) -> dict[str, Any]:
    return {
        "id": waiver.pk,
        "state": str(state),
        "reason": waiver.reason,
        "until": waiver.until.isoformat(),
        "requested_by": waiver.requested_by_name,
        "decided_by": waiver.decided_by_name or None,
    }
