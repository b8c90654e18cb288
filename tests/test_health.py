"""Liveness needs nothing; readiness names what is missing."""

import pytest
from django.db import DatabaseError, connection

from policystudio import health


def failing(monkeypatch, name):
    """Make one check fail, as if the database had the fault."""
    checks = tuple(
        health.Check(check.name, check.advice, lambda: False) if check.name == name else check
        for check in health.CHECKS
    )
    monkeypatch.setattr(health, "CHECKS", checks)


def test_alive_without_a_database(client):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_ready_on_a_migrated_database_with_durable_commits(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.content
    assert answer.json() == {"status": "ready"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [check.name for check in health.CHECKS])
def test_not_ready_names_the_failed_check(client, monkeypatch, name):
    failing(monkeypatch, name)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["code"] for error in answer.json()["errors"]] == [name]


def test_not_ready_when_the_database_is_out_of_reach(client, monkeypatch):
    def refuse(sql):
        raise DatabaseError("connection refused by 10.1.2.3")

    monkeypatch.setattr(health, "_value", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert [error["code"] for error in answer.json()["errors"]] == ["database"]
    assert b"10.1.2.3" not in answer.content


@pytest.mark.django_db(transaction=True)
def test_not_ready_on_a_connection_that_may_lose_commits():
    weaken, restore = {
        "sqlite": ("PRAGMA synchronous=NORMAL", "PRAGMA synchronous=FULL"),
        "postgresql": ("SET synchronous_commit TO off", "SET synchronous_commit TO on"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(weaken)
    try:
        assert [check.name for check in health.failed_checks()] == ["durability"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute(restore)
    assert health.failed_checks() == []


def test_health_cannot_be_posted_to(client):
    assert client.post("/healthz").status_code == 405
