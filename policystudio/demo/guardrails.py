"""Two guardrails of the demo team: one that is on and that every policy keeps, one that is off and would stop some."""

from __future__ import annotations

from typing import Any

from policystudio.demo.people import person
from policystudio.guardrails.preview import preview
from policystudio.guardrails.services.switch_guardrail import switch_on
from policystudio.guardrails.services.write_guardrail import create_guardrail

DELETION: dict[str, Any] = {
    "kind": "never",
    "scope": {
        "environments": ["production"],
        "except_policies": ["full-access", "ip-restricted-access", "key-admin"],
    },
    "never": {"actions": ["kms:ScheduleKeyDeletion", "kms:DeleteKeyMaterial"]},
}
OFFICE: dict[str, Any] = {
    "kind": "never",
    "scope": {"environments": ["production"]},
    "never": {"actions": ["kms:Decrypt", "kms:GetSecretValue"]},
    "unless": [
        {"conditions": [{"operator": "IpAddress", "key": "acs:SourceIp", "values": ["203.0.113.0/24"]}]}
    ],
}


def make_guardrails() -> None:
    """Both, written by the admin; what was released before stays out."""
    admin = person("admin")
    deletion = create_guardrail(
        by=admin,
        name="No deletion of production keys",
        why="A deleted key takes all that it encrypted with it. Only the administrators' policies may.",
        definition=DELETION,
    )
    switch_on(by=admin, guardrail=deletion, preview=preview(admin.team_id, deletion.definition).token)
    create_guardrail(
        by=admin,
        name="Production data from the office network only",
        why="Proposed after the last audit; see first what it would stop.",
        definition=OFFICE,
    )
