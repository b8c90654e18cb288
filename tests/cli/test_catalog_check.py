"""The command compares the catalogue with an SDK package, and says by its exit code what it found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policystudio.catalog import load
from tests.architecture.tree import ROOT
from tests.catalog.packages import fake


def run(*arguments: str) -> tuple[str, int]:
    """What it prints, and its exit code."""
    out = StringIO()
    try:
        call_command("catalog_check", *arguments, stdout=out, stderr=StringIO())
    except CommandError as error:
        return out.getvalue(), error.returncode
    return out.getvalue(), 0


def test_installed_packages_of_both_generations_say_the_same_as_the_catalogue():
    said, code = run()
    assert code == 0
    assert said.splitlines()[0] == f"Catalogue of {load().compiled_on}, KMS API 2016-01-20"
    assert "alibabacloud_kms20160120 3.3.1: 91 operations" in said
    assert "aliyunsdkkms 2.16.5: 93 operations" in said
    assert said.count("no difference") == 2


def test_difference_is_printed_and_is_exit_code_1(tmp_path):
    said, code = run("--package", str(fake(tmp_path / "sdk", "Encrypt", "FlyToTheMoon")))
    assert code == 1
    assert "sdk 9.9.9: 2 operations" in said
    assert "  missing in the catalogue: FlyToTheMoon" in said
    assert "  gone from the SDK: Decrypt" in said
    assert "gone from the SDK: AdvanceEncrypt" not in said


def test_json_holds_the_same_for_programs(tmp_path):
    said, code = run("--format", "json", "--package", str(fake(tmp_path / "sdk", "Encrypt", "FlyToTheMoon")))
    told = json.loads(said)
    assert code == 1
    assert told["is_equal"] is False
    assert told["catalogue"] == {"compiled_on": load().compiled_on.isoformat(), "api_version": "2016-01-20"}
    (package,) = told["packages"]
    assert (package["name"], package["version"], package["missing"]) == ("sdk", "9.9.9", ["FlyToTheMoon"])
    assert "Decrypt" in package["gone"]


def test_package_that_is_not_there_is_exit_code_2_and_the_way_to_get_it(capsys):
    with pytest.raises(CommandError, match="pip download --no-deps alibabacloud_kms20160120") as error:
        call_command("catalog_check", "--package", "no_such_package")
    assert error.value.returncode == 2


def test_it_needs_no_database_and_no_setting():
    environment = {
        **os.environ,
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
        "SECRET_KEY": "",
        "POLICYSTUDIO_ENV_FILE": "",
        "POLICYSTUDIO_MODE": "nonsense",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "catalog_check"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
