"""Ends a token at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import NotFound
from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Act, require
from policystudio.teams.viewer import Viewer


@transaction.atomic
def revoke_token(*, by: Viewer, token: ApiToken) -> ApiToken:
    """One's own, or as an admin anybody's in the team; revoking twice changes nothing.

    Raises: NotAllowed; NotFound for a token that `by` may not see.
    """
    require(by, Act.MANAGE_TOKENS)
    stored = ApiToken.objects.select_for_update(of=("self",)).select_related("member")
    found = stored.filter(pk=token.pk, member__team_id=by.team_id).first()
    if found is None or (found.member_id != by.member.pk and not by.may(Act.MANAGE_MEMBERS)):
        raise NotFound("there is no such token")
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        record(by, "token.revoked", on=found)
    return found
