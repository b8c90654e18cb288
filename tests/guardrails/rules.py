"""Guardrails for tests: short ways to write one, and to switch it on as an admin does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from policystudio.guardrails.models import Exemption, Guardrail
from policystudio.guardrails.preview import preview
from policystudio.guardrails.services.request_exemption import request_exemption
from policystudio.guardrails.services.switch_guardrail import switch_on
from policystudio.guardrails.services.write_guardrail import create_guardrail
from policystudio.policies.models import Policy
from policystudio.teams.viewer import Viewer

OFFICE = {"operator": "IpAddress", "key": "acs:SourceIp", "values": ["10.0.0.0/8"]}


def never(
    *actions: str, unless: Any = (), scope: Any = None, resources: Any = (), **more: Any
) -> dict[str, Any]:
    return {
        "kind": "never",
        "scope": scope or {},
        "never": {"actions": list(actions), "resources": list(resources)},
        "unless": list(unless),
        **more,
    }


def only_from_office(*actions: str, **more: Any) -> dict[str, Any]:
    return never(*actions, unless=[{"conditions": [OFFICE]}], **more)


def make_guardrail(by: Viewer, definition: dict[str, Any], name: str = "from the office") -> Guardrail:
    return create_guardrail(by=by, name=name, why="the auditors ask", definition=definition)


def turn_on(by: Viewer, guardrail: Guardrail) -> Guardrail:
    return switch_on(by=by, guardrail=guardrail, preview=preview(by.team_id, guardrail.definition).token)


def make_on(by: Viewer, definition: dict[str, Any], name: str = "from the office") -> Guardrail:
    return turn_on(by, make_guardrail(by, definition, name))


def soon(days: int = 30) -> date:
    return timezone.localdate() + timedelta(days=days)


def ask(by: Viewer, guardrail: Guardrail, policy: Policy, **given: Any) -> Exemption:
    return request_exemption(
        by=by,
        guardrail=guardrail,
        policy=policy,
        **{"reason": "the move takes a month", "until": soon(), **given},
    )
