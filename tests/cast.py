"""The cast of the tests, as viewers with a browser's session, and a clean database after tests that commit.

Ada writes, Rui and Noor review, Max is the admin, Vera only looks; Sam is the admin of another team.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from policystudio.accounts.models import Account
from policystudio.audit import triggers
from policystudio.policies.models import Policy
from policystudio.review.models import Review
from policystudio.review.services.propose import propose
from policystudio.teams.models import Team
from policystudio.teams.permissions import Role
from policystudio.teams.viewer import Viewer
from tests import factories


@pytest.fixture(scope="session", autouse=True)
def _flush_gets_past_the_triggers() -> Iterator[None]:
    """Emptying the tables between tests is a DELETE on SQLite, which the triggers refuse; they are off meanwhile.

    On PostgreSQL it is a TRUNCATE, which no trigger watches.
    """
    with pytest.MonkeyPatch.context() as patch:
        flush = SQLite.ops_class.execute_sql_flush

        def flush_unprotected(self: Any, statements: list[str]) -> None:
            with self.connection.cursor() as cursor:
                for table in triggers.IMMUTABLE:
                    for statement in triggers.release("sqlite", table):
                        cursor.execute(statement)
            flush(self, statements)
            with self.connection.cursor() as cursor:
                for table in triggers.IMMUTABLE:
                    for statement in triggers.protect("sqlite", table):
                        cursor.execute(statement)

        patch.setattr(SQLite.ops_class, "execute_sql_flush", flush_unprotected)
        yield


@pytest.fixture
def unprotected(db: None) -> Iterator[Any]:
    """A cursor with the triggers off: the operator with access to the database, of the threat model."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Otherwise the foreign keys still to be checked would hold the table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in triggers.IMMUTABLE:
            for statement in triggers.release(connection.vendor, table):
                cursor.execute(statement)
        yield cursor
        for table in triggers.IMMUTABLE:
            for statement in triggers.protect(connection.vendor, table):
                cursor.execute(statement)


@pytest.fixture
def max_(db: None) -> Viewer:
    user = factories.make_user("max")
    return factories.viewer_of(factories.make_team("payments", user), user)


@pytest.fixture
def team(max_: Viewer) -> Team:
    return max_.team


@pytest.fixture
def ada(team: Team) -> Viewer:
    return factories.make_member(team, "ada", Role.AUTHOR)


@pytest.fixture
def rui(team: Team) -> Viewer:
    return factories.make_member(team, "rui", Role.REVIEWER)


@pytest.fixture
def noor(team: Team) -> Viewer:
    return factories.make_member(team, "noor", Role.REVIEWER)


@pytest.fixture
def vera(team: Team) -> Viewer:
    return factories.make_member(team, "vera", Role.VIEWER)


@pytest.fixture
def sam(db: None) -> Viewer:
    user = factories.make_user("sam")
    return factories.viewer_of(factories.make_team("strangers", user), user)


@pytest.fixture
def development(max_: Viewer) -> Account:
    return factories.make_account(max_)


@pytest.fixture
def production(max_: Viewer) -> Account:
    return factories.make_account(max_, factories.PRODUCTION, name="Production", environment="production")


@pytest.fixture
def policy(ada: Viewer, development: Account) -> Policy:
    """Ada's policy, a draft for one region of the development account."""
    return factories.make_policy(ada)


@pytest.fixture
def review(ada: Viewer, policy: Policy) -> Review:
    """Ada's policy, proposed; one approval is required."""
    return propose(by=ada, policy=policy, message="please look")


@pytest.fixture
def big_review(ada: Viewer, development: Account, production: Account) -> Review:
    """A proposal for development and production; two approvals are required."""
    targets = [(factories.DEVELOPMENT, factories.HANGZHOU), (factories.PRODUCTION, factories.SHANGHAI)]
    return propose(
        by=ada, policy=factories.make_policy(ada, "app-both", targets=targets), message="please look"
    )
