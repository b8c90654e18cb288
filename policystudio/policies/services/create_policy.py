"""Makes a policy with its first revision and its targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.policies.models import Policy
from policystudio.policies.services.naming import NameTaken, name_problems, refuse_taken
from policystudio.policies.services.targeting import TargetsSent, known_accounts, read_targets, write_targets
from policystudio.policies.services.writing import add_revision, message_problems, written
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, text_problems
from policystudio.teams.viewer import Viewer

# Source: RAM, CreatePolicy: a description has up to 1,024 characters.
MAX_DESCRIPTION = 1_024


@transaction.atomic
def create_policy(
    *,
    by: Viewer,
    name: str,
    description: str = "",
    source: str | None = None,
    builder: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    targets: TargetsSent = (),
    region_mode: str = "separate",
    message: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Policy:
    """Either `source` (text) or `builder` and `parameters`.

    Raises: NotAllowed; InvalidInput with pointers into an object of these names; NameTaken.
    """
    require(by, Act.WRITE)
    wanted = read_targets(targets)
    problems = list(name_problems(name, region_mode, wanted))
    problems += text_problems(description, "/description", max_characters=MAX_DESCRIPTION)
    problems += message_problems(message, reasons or {})
    refuse(problems)
    text = written(source, builder, parameters)
    refuse_taken(by.team_id, name)
    policy = Policy(
        team_id=by.team_id,
        name=name,
        description=description,
        region_mode=region_mode,
        created_by_id=by.actor_id,
        updated_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            policy.save(force_insert=True)
    except IntegrityError:
        raise NameTaken(name) from None
    added, _ = write_targets(policy, wanted, known_accounts(by, wanted))
    data = {
        "description": description,
        "region_mode": region_mode,
        "targets": [list(target) for target in added],
    }
    record(by, "policy.created", on=policy, data=data)
    add_revision(by, policy, text, message, reasons or {})
    policy.save(update_fields=["newest_number"])
    return policy
