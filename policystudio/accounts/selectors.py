"""Reads accounts for whoever may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from policystudio.accounts.models import Account
from policystudio.errors import NotFound
from policystudio.teams.viewer import Viewer


def accounts(viewer: Viewer) -> QuerySet[Account]:
    """The accounts of the viewer's team, by number."""
    return Account.objects.filter(team_id=viewer.team_id).order_by("number")


def account_get(viewer: Viewer, number: str) -> Account:
    """Raises: NotFound, also for an account of another team."""
    account = accounts(viewer).filter(number=number).first() if "\0" not in number else None
    if account is None:
        raise NotFound("there is no such account")
    return account


def accounts_by_number(team_id: int, numbers: set[str], *, lock: bool = False) -> dict[str, Account]:
    """Those of `numbers` that the team has; with `lock` their rows are locked in order of primary key, which every
    service does after the policy's row and before the review's."""
    found = Account.objects.filter(team_id=team_id, number__in=numbers).order_by("pk")
    if lock:
        found = found.select_for_update()
    return {account.number: account for account in found}
