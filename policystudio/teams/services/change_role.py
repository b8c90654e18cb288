"""Gives a member another role; tokens and open reviews go by the new one at once."""

from __future__ import annotations

from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import Conflict, InvalidInput, NotFound, Problem
from policystudio.teams.models import Member, Team
from policystudio.teams.permissions import Act, Role, require
from policystudio.teams.viewer import Viewer


@transaction.atomic
def change_role(*, by: Viewer, member: Member, role: Role | str) -> Member:
    """Raises: NotAllowed; InvalidInput for an unknown role; Conflict for the last admin."""
    require(by, Act.MANAGE_MEMBERS)
    role = known_role(role)
    member = locked_member(by, member)
    before = member.role
    if before == role:
        return member
    if before == Role.ADMIN:
        refuse_last_admin(member)
    member.role = role
    member.save(update_fields=["role"])
    record(by, "member.role_changed", on=member, data={"before": before, "after": role})
    return member


def known_role(role: str) -> Role:
    """Raises: InvalidInput at /role."""
    try:
        return Role(role)
    except ValueError:
        known = ", ".join(Role)
        raise InvalidInput([Problem("/role", f"unknown role; known are {known}", "unknown-role")]) from None


def locked_member(by: Viewer, member: Member) -> Member:
    """The active member as stored now, its team locked first so that two admins cannot remove each other at once."""
    Team.objects.select_for_update(no_key=True).get(pk=by.team_id)
    found = (
        Member.objects.select_related("user", "team")
        .filter(pk=member.pk, team_id=by.team_id, is_active=True)
        .first()
    )
    if found is None:
        raise NotFound("there is no such member")
    return found


def refuse_last_admin(member: Member) -> None:
    """Raises: Conflict when no other active admin is left in the team."""
    others = Member.objects.filter(
        team_id=member.team_id, role=Role.ADMIN, is_active=True, user__is_active=True
    )
    if not others.exclude(pk=member.pk).exists():
        raise Conflict("this is the last admin of the team", advice="make somebody else an admin first")
