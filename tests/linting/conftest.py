"""A folder to lint in, and short ways to ask."""

import argparse
import json
from datetime import UTC, datetime

import pytest

from policystudio.linting.command import add_arguments, run

NOW = datetime(2026, 11, 24, tzinfo=UTC)
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-hzz1234567890abcdefgh"


def statement(**members):
    return {"Effect": "Allow", "Action": "kms:DescribeKey", "Resource": KEY, **members}


def document(*statements):
    return json.dumps({"Version": "1", "Statement": [*(statements or (statement(),))]}, indent=2)


class Lint:
    """Runs the command in a folder of its own; what it wrote is in `out` and `err`."""

    def __init__(self, folder):
        self.folder = folder
        self.out = self.err = ""

    def file(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def __call__(self, *arguments, now=NOW):
        parser = argparse.ArgumentParser()
        add_arguments(parser)
        out: list[str] = []
        err: list[str] = []
        status = run(vars(parser.parse_args(arguments)), out.append, err.append, now)
        self.out, self.err = "".join(out), "".join(err)
        return status

    def json(self, *arguments, **options):
        """The report by path, and the exit code."""
        status = self(*arguments, "--format", "json", **options)
        return {each["path"]: each for each in json.loads(self.out)}, status


@pytest.fixture
def lint(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return Lint(tmp_path)
