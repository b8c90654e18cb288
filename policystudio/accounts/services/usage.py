"""Says which policies use an account or one of its regions.

Targets and exported releases belong to apps above this one, so their tables are named by string.
"""

from __future__ import annotations

from collections.abc import Collection

from django.apps import apps
from django.db.models import Q

from policystudio.accounts.models import Account
from policystudio.errors import Conflict, Problem

MAX_NAMED = 20


def refuse_use(account: Account, regions: Collection[str] | None, what: str) -> None:
    """Raises: Conflict naming the policies that have a target in `regions` of the account (None: anywhere in it), or
    whose release is exported there. Call it with the account's row locked."""
    targets = Q(account=account, policy__deleted_at=None)
    exported = Q(team_id=account.team_id, account=account.number)
    if regions is not None:
        targets &= Q(region__in=regions)
        exported &= Q(region__in=regions)
    target, current = apps.get_model("policies", "PolicyTarget"), apps.get_model("review", "Current")
    used = set(target._default_manager.filter(targets).values_list("policy__name", "region").distinct())
    used |= set(current._default_manager.filter(exported).values_list("name", "region").distinct())
    if not used:
        return
    problems = [
        Problem("/regions", f"the policy {name} is stored for or released in {region}", "region-in-use")
        for name, region in sorted(used)
    ]
    names = sorted({name for name, _ in used})
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    raise Conflict(
        f"{what} is in use by {', '.join(names[:MAX_NAMED])}{more}",
        problems=problems[:100],
        advice="take these targets out of the policies first, and release them anew",
    )
