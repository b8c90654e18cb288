"""Takes a user into the team, or back into it."""

from __future__ import annotations

from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import Conflict
from policystudio.teams.models import Member, Team, User
from policystudio.teams.permissions import Act, Role, require
from policystudio.teams.services.change_role import known_role
from policystudio.teams.viewer import Viewer


@transaction.atomic
def add_member(*, by: Viewer, user: User, role: Role | str) -> Member:
    """Raises: NotAllowed; InvalidInput for an unknown role; Conflict when the user is a member already."""
    require(by, Act.MANAGE_MEMBERS)
    role = known_role(role)
    Team.objects.select_for_update(no_key=True).get(pk=by.team_id)
    member = Member.objects.select_for_update().filter(team_id=by.team_id, user=user).first()
    if member is None:
        member = Member.objects.create(team_id=by.team_id, user=user, role=role)
    elif member.is_active:
        raise Conflict(f"{user.get_username()} is a member already")
    else:
        member.role, member.is_active = role, True
        member.save(update_fields=["role", "is_active"])
    record(by, "member.added", on=member, data={"role": role})
    return member
