"""Changes an account; its number stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q, QuerySet

from policystudio.accounts.models import Account
from policystudio.accounts.services.create_account import facts
from policystudio.accounts.services.fields import field_problems
from policystudio.accounts.services.usage import refuse_use
from policystudio.audit.services.record import record
from policystudio.errors import NotFound
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse, refuse_stale
from policystudio.teams.viewer import Viewer

UNSET: Any = object()


@transaction.atomic
def update_account(
    *,
    by: Viewer,
    account: Account,
    expected_version: int | None = None,
    name: str = UNSET,
    environment: str = UNSET,
    regions: Sequence[str] = UNSET,
    required_approvals: int | None = UNSET,
) -> Account:
    """Only what is given changes. Fewer required approvals count for open reviews too, but never silently: the history
    of each of them says so.

    Raises: NotAllowed; NotFound; Stale; InvalidInput; Conflict when a region that is taken away is in use.
    """
    require(by, Act.MANAGE_ACCOUNTS)
    account = locked_account(by, account)
    refuse_stale(expected_version, account.version, "account")
    before, needed = facts(account), account.approvals_needed
    given = {
        "name": name,
        "environment": environment,
        "regions": regions,
        "required_approvals": required_approvals,
    }
    changed = {**before, **{field: value for field, value in given.items() if value is not UNSET}}
    refuse(field_problems(**changed))
    changed["regions"] = sorted(changed["regions"])
    if changed == before:
        return account
    removed = set(account.regions) - set(changed["regions"])
    if removed:
        refuse_use(account, removed, "a region that you take away")
    for field, value in changed.items():
        setattr(account, field, value)
    account.version += 1
    account.save()
    data = {"before": before, "after": facts(account)}
    lowered = {"account": account.number, "before": needed, "after": account.approvals_needed}
    if account.approvals_needed < needed:
        data["lowered_approvals"] = lowered
    record(by, "account.updated", on=account, data=data)
    if account.approvals_needed < needed:
        for review in _open_reviews(account):
            record(by, "review.approvals_lowered", on=review, data=lowered)
    return account


def _open_reviews(account: Account) -> QuerySet[Any]:
    """The unfinished reviews of policies with a target in the account, or exported to it now."""
    reviews = apps.get_model("review", "Review")._default_manager.select_related("policy")
    concerned = Q(policy__targets__account=account) | Q(policy__current__account=account.number)
    found = reviews.filter(concerned, state="open", policy__team_id=account.team_id)
    return found.distinct().order_by("pk")


def locked_account(by: Viewer, account: Account) -> Account:
    """The account as stored now, its row locked. Raises: NotFound."""
    found = Account.objects.select_for_update().filter(pk=account.pk, team_id=by.team_id).first()
    if found is None:
        raise NotFound("there is no such account")
    return found
