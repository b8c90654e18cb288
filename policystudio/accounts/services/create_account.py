"""Makes an Alibaba Cloud account known to a team."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from policystudio.accounts.models import Account
from policystudio.accounts.services.fields import field_problems, number_problems
from policystudio.audit.services.record import record
from policystudio.errors import Conflict
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse
from policystudio.teams.viewer import Viewer


@transaction.atomic
def create_account(
    *,
    by: Viewer,
    number: str,
    name: str,
    environment: str,
    regions: Sequence[str] = (),
    required_approvals: int | None = None,
) -> Account:
    """Raises: NotAllowed; InvalidInput with pointers /id, /name, /environment, /regions/…, /required_approvals;
    Conflict when the team has the account already."""
    require(by, Act.MANAGE_ACCOUNTS)
    problems = list(number_problems(number))
    fields = {
        "name": name,
        "environment": environment,
        "regions": regions,
        "required_approvals": required_approvals,
    }
    refuse([*problems, *field_problems(**fields)])
    account = Account(
        team_id=by.team_id,
        number=number,
        name=name,
        environment=environment,
        regions=sorted(regions),
        required_approvals=required_approvals,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise Conflict(f"the account {number} is stored already") from None
    record(by, "account.created", on=account, data=facts(account))
    return account


def facts(account: Account) -> dict[str, Any]:
    """What the trail keeps of an account."""
    return {
        "name": account.name,
        "environment": account.environment,
        "regions": account.regions,
        "required_approvals": account.required_approvals,
    }
