"""THE table of who may do what: act → the lowest role, and the token scopes of which any one is enough.

Pages, API and services all ask here. A browser's session has no scopes and is limited by the role alone; a token is
limited by both, and by the role that its owner has now.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Protocol

from policystudio.errors import NotAllowed


class Role(StrEnum):
    """From the least to the most; each may do what those before it may."""

    VIEWER = "viewer"
    AUTHOR = "author"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        """0 for the role that may do least."""
        return tuple(Role).index(self)

    def includes(self, other: Role) -> bool:
        return self.rank >= other.rank


class Scope(StrEnum):
    """What a token may be used for."""

    READ = "read"
    WRITE = "write"
    REVIEW = "review"
    EXPORT = "export"
    ADMIN = "admin"


class Act(StrEnum):
    """Everything that can be done, as far as permission is concerned."""

    READ = "read"
    EXPORT = "export"
    WRITE = "write"
    COMMENT = "comment"
    REVIEW = "review"
    RELEASE = "release"
    MANAGE_ACCOUNTS = "manage-accounts"
    MANAGE_MEMBERS = "manage-members"
    MANAGE_TOKENS = "manage-tokens"
    MANAGE_SEVERITIES = "manage-severities"
    MANAGE_NAMES = "manage-names"
    MANAGE_GUARDRAILS = "manage-guardrails"
    TEST_TEAM = "test-team"


class Needs(NamedTuple):
    role: Role
    scopes: frozenset[Scope]


TABLE: dict[Act, Needs] = {
    Act.READ: Needs(Role.VIEWER, frozenset({Scope.READ})),
    Act.EXPORT: Needs(Role.VIEWER, frozenset({Scope.EXPORT})),
    Act.WRITE: Needs(Role.AUTHOR, frozenset({Scope.WRITE})),
    Act.COMMENT: Needs(Role.AUTHOR, frozenset({Scope.WRITE, Scope.REVIEW})),
    Act.REVIEW: Needs(Role.REVIEWER, frozenset({Scope.REVIEW})),
    # Withdrawing too.
    Act.RELEASE: Needs(Role.AUTHOR, frozenset({Scope.WRITE, Scope.REVIEW})),
    Act.MANAGE_ACCOUNTS: Needs(Role.ADMIN, frozenset({Scope.ADMIN})),
    Act.MANAGE_MEMBERS: Needs(Role.ADMIN, frozenset({Scope.ADMIN})),
    # One's own tokens; an admin may revoke the others'.
    Act.MANAGE_TOKENS: Needs(Role.VIEWER, frozenset({Scope.ADMIN})),
    Act.MANAGE_SEVERITIES: Needs(Role.ADMIN, frozenset({Scope.ADMIN})),
    # Granting an exception from one too.
    Act.MANAGE_GUARDRAILS: Needs(Role.ADMIN, frozenset({Scope.ADMIN})),
    # Names beyond the catalogue. They silence a warning for the whole team: no author adds one for a text of his own.
    Act.MANAGE_NAMES: Needs(Role.REVIEWER, frozenset({Scope.REVIEW, Scope.ADMIN})),
    # Tests for every policy of the team. One can stop all its releases, and removing one lets all of them pass: no
    # author does either to the policies of others. The tests of one policy are part of writing it.
    Act.TEST_TEAM: Needs(Role.REVIEWER, frozenset({Scope.WRITE})),
}


class Limited(Protocol):
    """Whoever has a role and, with a token, scopes."""

    @property
    def role(self) -> Role: ...

    @property
    def scopes(self) -> frozenset[Scope] | None: ...


def may(viewer: Limited, act: Act) -> bool:
    """Whether role and scopes both suffice."""
    needs = TABLE[act]
    return viewer.role.includes(needs.role) and (viewer.scopes is None or bool(viewer.scopes & needs.scopes))


def require(viewer: Limited, act: Act) -> None:
    """Raises: NotAllowed, naming the role or the scope that is missing."""
    needs = TABLE[act]
    if not viewer.role.includes(needs.role):
        raise NotAllowed(
            f"this needs the role {needs.role} or higher, and yours is {viewer.role}",
            advice="ask an admin of your team",
        )
    if viewer.scopes is not None and not viewer.scopes & needs.scopes:
        wanted = " or ".join(sorted(needs.scopes))
        raise NotAllowed(f"this token lacks the scope {wanted}", advice="make a token with that scope")
