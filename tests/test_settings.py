"""Production refuses to start unsafely, and says what to do; the same settings made safe start."""

import os
import subprocess
import sys

import pytest

from tests.architecture.tree import ROOT

GOOD_KEY = "k3yZ-of-this-test_0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH"
SAFE = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "studio.example.com"}


def manage(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, "POLICYSTUDIO_ENV_FILE": "", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_safe_production_settings_pass_the_deployment_check():
    answer = manage("check", "--deploy", "--fail-level", "WARNING", **SAFE)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize(
    "change",
    [
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": "a" * 64},
        {"SECRET_KEY": f"django-insecure-{GOOD_KEY}"},
        {"DEBUG": "1"},
        {"ALLOWED_HOSTS": ""},
        {"ALLOWED_HOSTS": "*"},
        {"ALLOWED_HOSTS": "studio.example.com,*"},
        {"POLICYSTUDIO_MODE": "prodution"},
    ],
    ids=lambda change: "{}={:.20}".format(*next(iter(change.items()))),
)
def test_production_refuses_what_is_unsafe_and_names_the_variable(change):
    answer = manage("check", **{**SAFE, **change})
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr
    assert next(iter(change)) in answer.stderr.splitlines()[-1]


def test_the_environment_wins_over_the_file(tmp_path):
    file = tmp_path / "env"
    file.write_text(
        f"POLICYSTUDIO_MODE=development\nSECRET_KEY={GOOD_KEY}\nSESSION_IDLE_SECONDS=11\nLOG_LEVEL=ERROR\n"
    )
    show = "from django.conf import settings as s; print(s.MODE, s.SESSION_IDLE_SECONDS, s.LOGGING['level'])"
    answer = manage("shell", "--no-imports", "-c", show, POLICYSTUDIO_ENV_FILE=str(file), LOG_LEVEL="INFO")
    assert answer.stdout.split() == ["development", "11", "INFO"], answer.stderr
