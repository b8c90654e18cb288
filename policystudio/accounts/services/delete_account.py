"""Takes an account away that nothing uses."""

from __future__ import annotations

from django.apps import apps
from django.db import transaction

from policystudio.accounts.models import Account
from policystudio.accounts.services.create_account import facts
from policystudio.accounts.services.update_account import locked_account
from policystudio.accounts.services.usage import refuse_use
from policystudio.audit.services.record import record
from policystudio.teams.permissions import Act, require
from policystudio.teams.texts import refuse_stale
from policystudio.teams.viewer import Viewer


@transaction.atomic
def delete_account(*, by: Viewer, account: Account, expected_version: int | None = None) -> None:
    """Raises: NotAllowed; NotFound; Stale; Conflict naming the policies that use it."""
    require(by, Act.MANAGE_ACCOUNTS)
    account = locked_account(by, account)
    refuse_stale(expected_version, account.version, "account")
    refuse_use(account, None, f"the account {account.number}")
    # Deleted policies keep their targets for the record; those of a deleted account go with it.
    apps.get_model("policies", "PolicyTarget")._default_manager.filter(account=account).delete()
    record(by, "account.deleted", on=account, data=facts(account))
    account.delete()
