"""`manage.py derive`: exit codes, what is left out, offers and accepting, without a setting or a database."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/a"
ALL = "all:key:cn-hangzhou:1234567890123456"
Write = Callable[[str], str]


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def write(text: str) -> str:
        path = tmp_path / "requests.txt"
        path.write_text(text)
        return str(path)

    return write


def run(*arguments: str) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("derive", *arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        code = int(str(ended.code))
    return Ended(code, out.getvalue(), err.getvalue())


def test_the_document_alone_is_on_standard_output(file: Write) -> None:
    done = run(file(f"kms:Decrypt {KEY}\nkms:Encrypt {KEY}\n"))
    assert (done.code, done.err) == (0, "")
    [statement] = json.loads(done.out)["Statement"]
    assert (statement["Action"], statement["Resource"]) == (["kms:Decrypt", "kms:Encrypt"], [KEY])


def test_what_is_left_out_is_told_and_changes_the_exit_code(file: Write) -> None:
    done = run(file(f"kms:Decrypt {KEY}\nkms:Nothing *\nhello\n"))
    assert done.code == 1
    assert "[unknown-action]" in done.err
    assert "[no-request]" in done.err
    assert json.loads(done.out)


def test_what_was_refused_every_time_needs_an_option(file: Write) -> None:
    denial = {"action": "kms:Decrypt", "resource": KEY}
    message = f"You are not authorized to do this action. Resource: {KEY} Action: kms:Decrypt"
    name = file(f"{json.dumps(denial | {'action': 'kms:Encrypt'})}\n\n{message}\n")
    first, second = run(name), run(name, "--with-refused")
    assert (first.code, second.code) == (1, 0)
    assert "--with-refused" in first.err
    assert "kms:Decrypt" not in first.out
    assert "kms:Decrypt" in second.out


def test_an_offer_can_be_accepted_by_its_id(file: Write) -> None:
    name = file(f"kms:Decrypt {KEY}\n")
    assert ALL in run(name, "--offers").err
    assert KEY[:-1] + "*" in run(name, "--accept", ALL).out
    with pytest.raises(CommandError, match="all:secret") as caught:
        run(name, "--accept", "all:secret")
    assert caught.value.returncode == 3


def test_nothing_to_derive_is_an_error(file: Write) -> None:
    with pytest.raises(CommandError, match="no document") as caught:
        run(file("hello"))
    assert caught.value.returncode == 3


def test_json_has_the_whole_answer(file: Write) -> None:
    answer = json.loads(run(file(f"kms:Decrypt {KEY}\n"), "--format", "json").out)
    assert answer["requests"][0]["state"] == "allowed"
    assert ALL in [each["id"] for each in answer["offers"]]


def test_it_runs_without_a_setting_and_a_wrong_option_is_an_error() -> None:
    for arguments, code in (((), 0), (("--no-such-option",), 3), (("/no/such/file",), 3)):
        done = subprocess.run(
            [sys.executable, str(ROOT / "manage.py"), "derive", *arguments],
            input=f"kms:Decrypt {KEY}\n",
            capture_output=True,
            check=False,
            text=True,
            env={},
        )
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("odd", ["\x1b[31m", "\x9b31m", "\u202e"])
def test_names_of_a_pasted_record_do_not_reach_the_terminal_as_they_are(file: Write, odd: str) -> None:
    secret = KEY.replace("key/a", f"secret/{odd}p")
    done = run(
        file(f"kms:GetSecretValue {secret}-a\nkms:GetSecretValue {secret}-b\nkms:Nothing {secret}\n"),
        "--offers",
    )
    assert (done.code, "prefix:secret:" in done.err) == (1, True)
    assert odd not in done.err
