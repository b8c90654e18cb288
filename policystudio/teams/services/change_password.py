"""Changes a user's own password, which ends every session that was made with the old one."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from policystudio.audit.services.record import record
from policystudio.errors import InvalidInput, NotAllowed, Problem
from policystudio.teams.models import User
from policystudio.teams.viewer import Viewer


@transaction.atomic
def change_password(*, by: Viewer, current: str, new: str) -> User:
    """Sessions carry a hash of the password, so all of them end; the caller keeps its own by
    `update_session_auth_hash`. API tokens stay: they have their own end.

    Raises: NotAllowed with a token; InvalidInput at /current or /new.
    """
    if by.token_id is not None:
        raise NotAllowed("a password is changed in the browser, not with a token")
    user = User.objects.select_for_update(no_key=True).get(pk=by.actor_id)
    if not user.check_password(current):
        raise InvalidInput([Problem("/current", "this is not your present password", "wrong-password")])
    try:
        validate_password(new, user)
    except ValidationError as error:
        raise InvalidInput([Problem("/new", text, "weak-password") for text in error.messages]) from None
    user.set_password(new)
    user.save(update_fields=["password"])
    record(by, "user.password_changed", on=user)
    return user
