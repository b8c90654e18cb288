"""Makes a team with its first admin."""

from __future__ import annotations

import re

from django.db import transaction

from policystudio.audit.actor import System
from policystudio.audit.models import Head
from policystudio.audit.services.record import record
from policystudio.errors import Conflict, Problem
from policystudio.teams.models import Member, Team, User
from policystudio.teams.permissions import Role
from policystudio.teams.texts import line_problems, refuse


@transaction.atomic
def create_team(*, slug: str, name: str, admin: User) -> Team:
    """For the operator, not for members: a team begins with somebody who can add the others.

    Raises: InvalidInput for a slug that is not 1 to 64 of `a-z0-9-`; Conflict when it is taken.
    """
    problems = list(line_problems(name, "/name", max_characters=128))
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", slug):
        problems.append(Problem("/slug", "must be 1 to 64 of the characters a-z, 0-9 and -", "bad-slug"))
    refuse(problems)
    if Team.objects.filter(slug=slug).exists():
        raise Conflict(f"there is a team {slug} already")
    team = Team.objects.create(slug=slug, name=name)
    Head.objects.create(team_id=team.pk)
    member = Member.objects.create(team=team, user=admin, role=Role.ADMIN)
    system = System(team.pk)
    record(system, "team.created", on=team, data={"name": name})
    record(system, "member.added", on=member, data={"role": Role.ADMIN})
    return team
