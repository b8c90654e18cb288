"""Answers the two questions of whoever runs this: is the process alive, and may it be sent requests.

`/healthz` needs no database. `/readyz` looks at the database, its migrations, and the settings of its connection
without which an acknowledged write could be lost. Neither needs a log-in, and neither tells more than a check's name.
"""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold before requests may come; `advice` is for the person who reads the 503."""

    name: str
    advice: str
    passes: Callable[[], bool]


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when every check passes; 503 with the names of the failed ones otherwise."""
    failed = failed_checks()
    if not failed:
        return JsonResponse({"status": "ready"})
    names = [check.name for check in failed]
    log.error("not_ready", failed=names)
    problem = {
        "type": "about:blank",
        "title": "Not ready",
        "status": 503,
        "detail": f"failed checks: {', '.join(names)}",
        "errors": [{"pointer": "", "code": check.name, "detail": check.advice} for check in failed],
    }
    return JsonResponse(problem, status=503, content_type="application/problem+json")


def failed_checks() -> list[Check]:
    """The checks that fail now, in order; when the database cannot be reached, only that one."""
    failed = []
    for check in CHECKS:
        try:
            passes = check.passes()
        except DatabaseError:
            passes = False
        if not passes:
            failed.append(check)
            if check.name == "database":
                break
    return failed


def _value(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def _database_answers() -> bool:
    return _value("SELECT 1") == 1


def _migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _commits_are_durable() -> bool:
    if connection.vendor == "sqlite":
        return _value("PRAGMA journal_mode") == "wal" and _value("PRAGMA synchronous") == 2
    return _value("SHOW synchronous_commit") != "off"


def _foreign_keys_are_kept() -> bool:
    return connection.vendor != "sqlite" or _value("PRAGMA foreign_keys") == 1


CHECKS = (
    Check("database", "the database cannot be reached", _database_answers),
    Check("migrations", "migrations are missing; run `manage.py migrate`", _migrations_are_applied),
    Check(
        "durability",
        "acknowledged writes may be lost; journal_mode WAL, synchronous FULL or synchronous_commit is missing",
        _commits_are_durable,
    ),
    Check("foreign_keys", "the connection does not keep foreign keys", _foreign_keys_are_kept),
)
