"""The teams, people and accounts of the demo."""

from __future__ import annotations

from django.db import transaction

from policystudio.accounts.services.create_account import create_account
from policystudio.teams.models import Team, User
from policystudio.teams.permissions import Role
from policystudio.teams.selectors import viewer_for_user
from policystudio.teams.services.add_member import add_member
from policystudio.teams.services.create_team import create_team
from policystudio.teams.viewer import Viewer

TEAM = "demo"
PEOPLE = {
    "viewer": Role.VIEWER,
    "author": Role.AUTHOR,
    "author2": Role.AUTHOR,
    "reviewer": Role.REVIEWER,
    "reviewer2": Role.REVIEWER,
    "admin": Role.ADMIN,
}
OTHER_TEAM, STRANGER = "other", "stranger"
REGIONS = ("cn-hangzhou", "cn-shanghai", "eu-central-1")
PRODUCTION, DEVELOPMENT = "1234567890123456", "6543210987654321"


def everybody(password: str) -> None:
    """See to it that each user of the demo exists and logs in with `password`."""
    for name in (*PEOPLE, STRANGER):
        user = User.objects.filter(username=name).first() or User(username=name)
        if not user.check_password(password):
            user.set_password(password)
            user.save()


@transaction.atomic
def make_teams() -> None:
    """Both teams, with members and accounts; the caller has seen that they do not exist."""
    create_team(slug=OTHER_TEAM, name="Other team", admin=user(STRANGER))
    create_team(slug=TEAM, name="Demo team", admin=user("admin"))
    admin = person("admin")
    for name, role in PEOPLE.items():
        if name != "admin":
            add_member(by=admin, user=user(name), role=role)
    for number, name, environment in (
        (PRODUCTION, "Apollo production", "production"),
        (DEVELOPMENT, "Apollo development", "development"),
    ):
        create_account(by=admin, number=number, name=name, environment=environment, regions=REGIONS)


def exists() -> bool:
    """Whether the demo team is there; what people did to it since is theirs."""
    return Team.objects.filter(slug=TEAM).exists()


def user(name: str) -> User:
    return User.objects.get(username=name)


def person(name: str) -> Viewer:
    """The member of the demo team called `name`, as whoever logs in with that name."""
    return viewer_for_user(user(name), TEAM)
