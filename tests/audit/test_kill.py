"""A process that is killed in the middle loses nothing that it had acknowledged, and leaves nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from policystudio.audit.verify import verify
from policystudio.policies.models import Policy, Revision

WRITERS, EACH = 2, 15


def database_url(settings: dict[str, Any]) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    user, password = quote(settings["USER"]), quote(settings["PASSWORD"])
    return f"postgres://{user}:{password}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"


@pytest.fixture
def environment():
    """What makes another process use the database of this test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "policystudio.settings",
        "POLICYSTUDIO_MODE": "development",
        "POLICYSTUDIO_ENV_FILE": "",
        "SECRET_KEY": "only-for-tests-and-never-anywhere-else",
        "DATABASE_URL": database_url(connection.settings_dict),
    }


@pytest.mark.django_db(transaction=True)
def test_killed_writers_lose_nothing_that_they_acknowledged(ada, policy, team, environment):
    command = [sys.executable, "-m", "tests.audit.writer", str(policy.pk), "ada"]
    acknowledged: list[int] = []
    writers = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout is not None
        acknowledged += [int(line) for line in islice(writer.stdout, EACH)]
    for writer in writers:
        writer.kill()
        assert writer.stdout is not None
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
        writer.wait()
        writer.stdout.close()
    stored = list(Revision.objects.filter(policy=policy).order_by("number").values_list("number", flat=True))
    assert len(acknowledged) >= WRITERS * EACH
    assert set(acknowledged) <= set(stored)
    assert stored == list(range(1, len(stored) + 1))
    assert Policy.objects.get(pk=policy.pk).newest_number == len(stored)
    assert verify(team.pk).valid
