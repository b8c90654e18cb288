"""Ends a membership: what the person may do ends with the next request, what they wrote stays."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.teams.models import ApiToken, Member
from policystudio.teams.permissions import Act, Role, require
from policystudio.teams.services.change_role import locked_member, refuse_last_admin
from policystudio.teams.viewer import Viewer


@transaction.atomic
def remove_member(*, by: Viewer, member: Member) -> None:
    """The member's tokens are revoked too, so that coming back does not bring them back.

    Raises: NotAllowed; NotFound; Conflict for the last admin.
    """
    require(by, Act.MANAGE_MEMBERS)
    member = locked_member(by, member)
    if member.role == Role.ADMIN:
        refuse_last_admin(member)
    member.is_active = False
    member.save(update_fields=["is_active"])
    revoked = ApiToken.objects.filter(member=member, revoked_at=None).update(revoked_at=timezone.now())
    record(by, "member.removed", on=member, data={"role": member.role, "revoked_tokens": revoked})
