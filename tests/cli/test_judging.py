"""`manage.py compare` and `simulate`: no fault ends with the exit code of an answer."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from policystudio.cli.management.commands import compare as comparing
from policystudio.cli.management.commands import simulate as simulating

ROOT = Path(__file__).parents[2]
STORED = ("--policy", "App-Read", "--account", "1234567890123456", "--region", "cn-hangzhou")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "any.json"
    statement = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}
    path.write_text(json.dumps({"Version": "1", "Statement": [statement]}))
    return str(path)


def ended(*arguments, **environment):
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, **environment},
    )


@pytest.mark.parametrize("options", [("--format", "xml"), ("--no-such-option",), ()])
@pytest.mark.parametrize("command", ["compare", "simulate"])
def test_wrong_options_are_an_error(command, options, file):
    done = ended(command, file, *options)
    assert done.returncode == 3
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["compare", "escalate", "simulate"])
def test_help_is_no_error(command):
    done = ended(command, "--help")
    assert done.returncode == 0
    assert "3 error" in done.stdout


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/db.sqlite3", "nonsense://x", ""])
@pytest.mark.parametrize("command", ["compare", "simulate"])
def test_an_unusable_database_is_an_error_in_plain_words(command, url, file):
    asked = {"compare": ("--after", file), "simulate": ("--action", "kms:Decrypt", "--resource", "*")}[
        command
    ]
    done = ended(command, *STORED, *asked, DATABASE_URL=url)
    assert done.returncode == 3
    assert done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_ours_is_an_error_and_no_answer(monkeypatch, file):
    def broken(*_arguments):
        raise RuntimeError("what nobody thought of")

    monkeypatch.setattr(comparing, "compare", broken)
    monkeypatch.setattr(simulating, "evaluate", broken)
    for command, asked in (
        ("compare", ("--after", file)),
        ("simulate", ("--action", "kms:Decrypt", "--resource", "*")),
    ):
        with pytest.raises(CommandError, match="what nobody thought of") as caught:
            call_command(command, file, *asked)
        assert caught.value.returncode == 3
