"""Makes a user who can log in, as a member of the team; the password leaves this function once."""

from __future__ import annotations

import secrets

from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, Problem
from policystudio.teams.models import Member, Team, User
from policystudio.teams.permissions import Act, Role, require
from policystudio.teams.services.add_member import add_member
from policystudio.teams.texts import line_problems, refuse
from policystudio.teams.viewer import Viewer

MAX_NAME = 150
PASSWORD_BYTES = 15


@transaction.atomic
def create_person(*, by: Viewer, username: str, role: Role | str) -> tuple[Member, str]:
    """The new member, and a password of 120 random bits that they are to change.

    Decision: whoever manages members makes users too, as there is no other administrator of the installation in the
    browser. So an admin could make people up to approve; the trail tells who made whom, and that is all that can be
    done about it here. Raises: NotAllowed; InvalidInput at /username or /role, also when the name is taken.
    """
    require(by, Act.MANAGE_MEMBERS)
    refuse(line_problems(username, "/username", max_characters=MAX_NAME))
    try:
        UnicodeUsernameValidator()(username)
    except ValidationError as error:
        raise InvalidInput([Problem("/username", error.messages[0], "bad-username")]) from None
    # The event below locks the head of the trail, and everywhere the team's row is locked before that.
    Team.objects.select_for_update(no_key=True).get(pk=by.team_id)
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, password=password)
    except IntegrityError:
        taken = "a user of this name exists already; add them as an existing user"
        raise InvalidInput([Problem("/username", taken, "username-taken")]) from None
    record(by, "user.created", on=user)
    return add_member(by=by, user=user, role=role), password
