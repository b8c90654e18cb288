"""Finds out who is looking, and lists members and tokens for whoever may see them."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from policystudio.errors import NotFound
from policystudio.teams.models import ApiToken, Member, Team, User
from policystudio.teams.permissions import Act, Scope
from policystudio.teams.viewer import Viewer

LAST_USE_RESOLUTION = timedelta(minutes=1)


def viewer_for_user(user: User, team_slug: str | None = None, address: str = "") -> Viewer:
    """The viewer of a browser's session, in the named team or else the first by slug that the user belongs to.

    Raises: NotFound when there is no such membership, or it or the user was made inactive.
    """
    memberships = Member.objects.select_related("team", "user").filter(
        user_id=user.pk, is_active=True, user__is_active=True
    )
    if team_slug is not None:
        memberships = memberships.filter(team__slug=team_slug)
    member = memberships.order_by("team__slug").first()
    if member is None:
        raise NotFound(
            "you are not a member of this team" if team_slug else "you are not a member of any team"
        )
    return Viewer(member=member, address=address)


def viewer_for_token(plain: str, address: str = "") -> Viewer | None:
    """The viewer of a request with a bearer token, or None when the token is not good any more. One query.

    Role and membership are those of now, so that a removed or demoted owner takes the token along.
    """
    if not plain.startswith("ps_") or len(plain) > 128:
        return None
    now = timezone.now()
    token = (
        ApiToken.objects.select_related("member__team", "member__user")
        .filter(
            sha256=hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest(),
            revoked_at=None,
            expires_at__gt=now,
            member__is_active=True,
            member__user__is_active=True,
        )
        .first()
    )
    if token is None:
        return None
    _note_use(token, now)
    scopes = frozenset(Scope(scope) for scope in token.scopes if scope in tuple(Scope))
    return Viewer(member=token.member, address=address, token_id=token.pk, scopes=scopes)


def teams_of(user: User) -> QuerySet[Team]:
    """The teams that the user may choose between, by slug."""
    return Team.objects.filter(members__user_id=user.pk, members__is_active=True).order_by("slug")


def members(viewer: Viewer, *, with_removed: bool = False) -> QuerySet[Member]:
    """The members of the viewer's team, by name."""
    found = Member.objects.select_related("user").filter(team_id=viewer.team_id)
    if not with_removed:
        found = found.filter(is_active=True)
    return found.order_by("user__username")


def member_get(viewer: Viewer, username: str) -> Member:
    """Raises: NotFound, also for a member of another team."""
    member = members(viewer, with_removed=True).select_related("team").filter(user__username=username).first()
    if member is None:
        raise NotFound("there is no such member")
    return member


def tokens(viewer: Viewer) -> QuerySet[ApiToken]:
    """The viewer's own tokens in this team, and for an admin everybody's; newest first, revoked ones too."""
    found = ApiToken.objects.select_related("member__user").filter(member__team_id=viewer.team_id)
    if not viewer.may(Act.MANAGE_MEMBERS):
        found = found.filter(member_id=viewer.member.pk)
    return found.order_by("-created_at", "-pk")


def token_get(viewer: Viewer, token_id: int) -> ApiToken:
    """Raises: NotFound, also for a token that the viewer may not see."""
    token = tokens(viewer).filter(pk=token_id).first()
    if token is None:
        raise NotFound("there is no such token")
    return token


def _note_use(token: ApiToken, now: datetime) -> None:
    if token.last_used_at is not None and now - token.last_used_at < LAST_USE_RESOLUTION:
        return
    earlier = now - LAST_USE_RESOLUTION
    try:
        with transaction.atomic():
            ApiToken.objects.filter(Q(last_used_at=None) | Q(last_used_at__lte=earlier), pk=token.pk).update(
                last_used_at=now
            )
    except DatabaseError:
        # A full or read-only disk must not stop an export for the sake of a note.
        return
