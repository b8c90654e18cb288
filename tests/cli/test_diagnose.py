"""`manage.py diagnose`: exit codes, both formats, what options complete, and kind refusals."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.analysis.reported import texts

KEY = texts.KEY
File = Callable[[str, Any], str]


def statement(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": KEY, **more}


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(name: str, content: Any) -> str:
        path = tmp_path / name
        text = (
            content if isinstance(content, str) else json.dumps({"Version": "1", "Statement": list(content)})
        )
        path.write_text(text)
        return str(path)

    return write


def run(*arguments: str) -> tuple[Any, str]:
    """Exit code and output."""
    out = io.StringIO()
    try:
        call_command("diagnose", *arguments, stdout=out, stderr=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_exit_code_is_where_the_cause_lies(file: File) -> None:
    refusal = file("refusal.json", json.dumps(texts.diagnostic()))
    allowing = file("allow.json", [statement()])
    code, told = run(refusal, allowing)
    assert code == 0
    assert "cause: outside" in told
    code, told = run(
        refusal, file("office.json", [statement(Condition={"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}})])
    )
    assert code == 1
    assert "smallest change" in told
    assert '"203.0.113.7"' in told
    code, told = run(refusal, allowing, file("deny.json", [statement(Effect="Deny")]))
    assert code == 1
    assert "cause: explicit-deny" in told
    doubtful = [statement(Condition={"ForAnyValue:StringEquals": {"k:a": "x"}})]
    assert run(refusal, file("doubt.json", doubtful))[0] == 2


def test_what_is_not_understood_cannot_be_told(file: File) -> None:
    code, told = run(file("prose.txt", "hello"), file("a.json", [statement()]))
    assert code == 2
    assert "[no-request]" in told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "shift_jis"])
def test_a_refusal_is_read_in_any_encoding(file: File, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "refusal.txt"
    path.write_bytes(f"NoPermission 許可 kms:Decrypt {KEY}".encode(encoding))
    code, told = run(str(path), file("a.json", [statement()]))
    assert code == 0
    assert f"kms:Decrypt on {KEY}" in told


def test_options_say_what_the_refusal_does_not(file: File) -> None:
    refusal, allowing = file("refusal.txt", texts.FROM_JAVA), file("a.json", [statement()])
    assert run(refusal, allowing)[0] == 2
    assert run(refusal, allowing, "--action", "kms:Decrypt")[0] == 0
    limited = file("b.json", [statement(Condition={"Bool": {"acs:MFAPresent": "true"}})])
    code, told = run(refusal, limited, "--action", "kms:Decrypt")
    assert code == 1
    assert "--context acs:MFAPresent=" in told
    assert run(refusal, limited, "--action", "kms:Decrypt", "--context", "acs:MFAPresent=true")[0] == 0


def test_an_option_goes_before_what_the_refusal_says(file: File) -> None:
    refusal, allowing = file("refusal.json", json.dumps(texts.diagnostic())), file("a.json", [statement()])
    code, told = run(refusal, allowing, "--action", "kms:Encrypt", "--format", "json")
    assert code == 1
    assert json.loads(told)["diagnosis"]["request"]["action"] == "kms:Encrypt"


def test_json_is_what_the_api_answers(file: File) -> None:
    refusal = file("refusal.json", json.dumps(texts.diagnostic()))
    answer = json.loads(run(refusal, "--format", "json")[1])
    assert set(answer) == {"understood", "left", "which", "diagnosis", "not_considered"}
    assert answer["diagnosis"]["repairs"][0]["document"] is None


def test_a_resource_without_its_place_is_told_as_far_as_it_goes(file: File) -> None:
    code, told = run(
        file("refusal.txt", "aliyun kms Encrypt --KeyId key-1\nErrorCode: Forbidden.NoPermission")
    )
    assert code == 2
    assert "kms:Encrypt on key/key-1" in told


def test_what_cannot_be_read_is_an_error(file: File) -> None:
    refusal = file("refusal.json", json.dumps(texts.diagnostic()))
    for arguments in (["nowhere.txt"], [refusal, "nowhere.json"], ["-", "-"]):
        with pytest.raises(CommandError) as caught:
            run(*arguments)
        assert caught.value.returncode == 3
