"""Makes an API token; its text leaves this function once and is stored nowhere."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from policystudio.audit.services.record import record
from policystudio.errors import Problem
from policystudio.teams.models import ApiToken
from policystudio.teams.permissions import Act, Scope, require
from policystudio.teams.texts import line_problems, refuse
from policystudio.teams.viewer import Viewer

PREFIX = "ps_"
DEFAULT_DAYS = 90
MAX_DAYS = 365


@transaction.atomic
def create_token(
    *, by: Viewer, name: str, scopes: Iterable[str], days: int = DEFAULT_DAYS
) -> tuple[ApiToken, str]:
    """The token of `by` in their team, and its text: `ps_` and 256 random bits.

    A scope says what the token may be used for, and the owner's role is asked at every use, so a scope beyond the
    role is harmless. To a token a scope is refused that it does not have itself.
    Raises: NotAllowed; InvalidInput at /name, /scopes or /days.
    """
    require(by, Act.MANAGE_TOKENS)
    wanted = list(scopes)
    problems = list(line_problems(name, "/name", max_characters=128))
    problems += _scope_problems(by, wanted)
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MAX_DAYS:
        problems.append(Problem("/days", f"must be a whole number from 1 to {MAX_DAYS}", "out-of-range"))
    refuse(problems)
    plain = PREFIX + secrets.token_urlsafe(32)
    now = timezone.now()
    token = ApiToken.objects.create(
        member=by.member,
        name=name,
        prefix=plain[: len(PREFIX) + 6],
        sha256=hashlib.sha256(plain.encode()).hexdigest(),
        scopes=sorted(set(wanted)),
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    record(by, "token.created", on=token, data={"scopes": token.scopes, "days": days})
    return token, plain


def _scope_problems(by: Viewer, wanted: list[str]) -> Iterator[Problem]:
    if not wanted:
        yield Problem("/scopes", "at least one scope is needed", "required")
    for index, text in enumerate(wanted):
        if text not in list(Scope):
            yield Problem(f"/scopes/{index}", f"unknown scope; known are {', '.join(Scope)}", "unknown-scope")
            continue
        scope = Scope(text)
        if by.scopes is not None and scope not in by.scopes:
            yield Problem(
                f"/scopes/{index}", f"a token without the scope {scope} cannot hand it on", "beyond-token"
            )
