"""Who is looking: a member of one team, with the address and the token that the request came with."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.teams import permissions
from policystudio.teams.models import Member, Team, User
from policystudio.teams.permissions import Act, Role, Scope


@dataclass(frozen=True, slots=True)
class Viewer:
    """Made by the selectors `viewer_for_user` and `viewer_for_token`, for one request.

    `scopes` is None for a browser's session. It is also what the audit trail calls an actor.
    """

    member: Member
    address: str = ""
    token_id: int | None = None
    scopes: frozenset[Scope] | None = None

    @property
    def team(self) -> Team:
        return self.member.team

    @property
    def team_id(self) -> int:
        return self.member.team_id

    @property
    def user(self) -> User:
        return self.member.user

    @property
    def role(self) -> Role:
        return Role(self.member.role)

    @property
    def actor_id(self) -> int:
        return self.member.user_id

    @property
    def actor_name(self) -> str:
        return self.member.user.get_username()

    def may(self, act: Act) -> bool:
        """Whether role and scopes suffice; services ask again, pages use it to hide what would be refused."""
        return permissions.may(self, act)
