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

_MEMBER_FIELDS = ("id", "team_id", "user_id", "role", "is_active")
_TOKEN_FIELDS = (
    *("pk", "scopes", "expires_at", "last_used_at", "revoked_at", "member__user__is_active"),
    *(f"member__{name}" for name in _MEMBER_FIELDS),
)
_SCOPES = frozenset(map(str, Scope))


def viewer_for_user(user: User, team_slug: str | None = None, address: str = "") -> Viewer:
    """The viewer of a browser's session, in the named team or else the first by slug that the user belongs to.

    Raises: NotFound when there is no such membership, or it or the user was made inactive.
    """
    memberships = Member.objects.select_related("team", "user").filter(
        user_id=user.pk, is_active=True, user__is_active=True
    )
    if team_slug is not None:
        memberships = (
            memberships.filter(team__slug=team_slug) if "\0" not in team_slug else memberships.none()
        )
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
    sha256 = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
    # This is the hot way of every export, so only what decides is read, by the unique hash alone; user and team are
    # fetched when somebody asks for their names.
    row = next(iter(ApiToken.objects.filter(sha256=sha256).values_list(*_TOKEN_FIELDS)), None)
    if row is None:
        return None
    token_id, scopes, expires_at, last_used_at, revoked_at, is_active_user, *member = row
    if revoked_at is not None or expires_at <= now or not is_active_user:
        return None
    owner = Member.from_db("default", _MEMBER_FIELDS, member)
    if not owner.is_active:
        return None
    _note_use(token_id, last_used_at, now)
    known = frozenset(Scope(scope) for scope in scopes if scope in _SCOPES)
    return Viewer(member=owner, address=address, token_id=token_id, scopes=known)


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
    found = members(viewer, with_removed=True).select_related("team")
    # PostgreSQL cannot even be asked for a NUL.
    member = found.filter(user__username=username).first() if "\0" not in username else None
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


def _note_use(token_id: int, last_used_at: datetime | None, now: datetime) -> None:
    if last_used_at is not None and now - last_used_at < LAST_USE_RESOLUTION:
        return
    earlier = now - LAST_USE_RESOLUTION
    try:
        with transaction.atomic():
            unnoted = ApiToken.objects.filter(
                Q(last_used_at=None) | Q(last_used_at__lte=earlier), pk=token_id
            )
            unnoted.update(last_used_at=now)
    except DatabaseError:
        # A full or read-only disk must not stop an export for the sake of a note.
        return
