"""One short function for each thing that a test needs in the database; all but people and teams through services."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from policystudio.accounts.models import Account
from policystudio.accounts.services.create_account import create_account
from policystudio.analysis.request import Request
from policystudio.cases.models import Case
from policystudio.cases.services.add_case import add_case
from policystudio.policies.models import Policy
from policystudio.policies.services.create_policy import create_policy
from policystudio.review.models import Decision, Review
from policystudio.review.services.decide import decide
from policystudio.review.services.propose import propose
from policystudio.review.services.release import release
from policystudio.review.standing import standing
from policystudio.standards.models import KnownName
from policystudio.standards.services.add_known_name import add_known_name
from policystudio.teams.models import Member, Team, User
from policystudio.teams.permissions import Role
from policystudio.teams.services.create_team import create_team
from policystudio.teams.viewer import Viewer

PASSWORD = "correct horse battery staple"
PRODUCTION = "1234567890123456"
DEVELOPMENT = "6543210987654321"
HANGZHOU, SHANGHAI, FRANKFURT = "cn-hangzhou", "cn-shanghai", "eu-central-1"


def make_user(username: str) -> User:
    return User.objects.create_user(username, password=PASSWORD)


def make_team(slug: str, admin: User) -> Team:
    return create_team(slug=slug, name=slug.title(), admin=admin)


def make_member(team: Team, username: str, role: Role) -> Viewer:
    """A new user in the team, as a viewer with a browser's session."""
    user = make_user(username)
    return Viewer(member=Member.objects.create(team=team, user=user, role=role), address="192.0.2.1")


def viewer_of(team: Team, user: User) -> Viewer:
    return Viewer(
        member=Member.objects.select_related("team", "user").get(team=team, user=user), address="192.0.2.1"
    )


def make_account(by: Viewer, number: str = DEVELOPMENT, **fields: Any) -> Account:
    given = {"name": "Development", "environment": "development", "regions": [HANGZHOU, SHANGHAI, FRANKFURT]}
    return create_account(by=by, number=number, **{**given, **fields})


def source_text(*, actions: tuple[str, ...] = ("kms:Encrypt",), key: str = "key-hzz0000000000001") -> str:
    """A clean source with both placeholders, different for every `actions` and `key`."""
    statement = {
        "Effect": "Allow",
        "Action": list(actions),
        "Resource": [f"acs:kms:${{region}}:${{account}}:key/{key}"],
    }
    return json.dumps({"Version": "1", "Statement": [statement]}, indent=2) + "\n"


def make_policy(
    by: Viewer, name: str = "app-decrypt", *, targets: Any = ((DEVELOPMENT, HANGZHOU),), **fields: Any
) -> Policy:
    given = {"source": source_text(), "message": "for the application"} if "builder" not in fields else {}
    sent = [{"account": account, "region": region} for account, region in targets]
    return create_policy(by=by, name=name, targets=sent, **{**given, **fields})


def approve(by: Viewer, review: Review) -> Decision:
    return decide(by=by, review=review, verdict="approve", digest=standing(review).digest)


def make_released(by: Viewer, approver: Viewer, *more: Viewer, **fields: Any) -> Policy:
    """A policy whose first revision is released."""
    policy = make_policy(by, **fields)
    review = propose(by=by, policy=policy, message="please look")
    for person in (approver, *more):
        approve(person, review)
    release(by=by, review=review)
    policy.refresh_from_db()
    return policy


def make_known_name(by: Viewer, name: str = "kms:SpinKey", **fields: Any) -> KnownName:
    """An action of which nothing is known but that somebody has seen it work."""
    given = {"kind": "action", "note": "worked in the sandbox", "seen_on": date(2026, 1, 31)}
    return add_known_name(by=by, name=name, **{**given, **fields})


def make_case(by: Viewer, name: str = "Nobody deletes the key", **fields: Any) -> Case:
    """That nobody deletes a key, by any policy of the team."""
    resource = f"acs:kms:{HANGZHOU}:{DEVELOPMENT}:key/key-hzz0000000000001"
    given = {"request": Request("kms:ScheduleKeyDeletion", resource), "expectation": "deny"}
    return add_case(by=by, name=name, **{**given, **fields})
