"""`manage.py minimise` and `manage.py split`: exit codes, formats, files that are written and kind refusals."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

File = Callable[..., str]


def statement(**more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", **more}


@pytest.fixture
def file(tmp_path: Path) -> File:
    def write(*statements: dict[str, Any]) -> str:
        path = tmp_path / "document.json"
        path.write_text(json.dumps({"Version": "1", "Statement": list(statements)}))
        return str(path)

    return write


def run(*arguments: str) -> tuple[Any, str, str]:
    """Exit code, output and what was said beside it."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as ended:
        return ended.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


class TestMinimise:
    def test_the_shorter_document_stands_alone_on_the_output(self, file: File) -> None:
        code, out, err = run("minimise", file(statement(Action="kms:*"), statement()))
        assert code == 1
        assert json.loads(out)["Statement"] == [statement(Action="kms:*")]
        assert "/Statement/1: statement 2: statement 1 says all of it" in err

    def test_what_is_as_short_as_it_can_be_is_told_by_the_exit_code(self, file: File) -> None:
        code, out, err = run("minimise", file(statement()))
        assert (code, json.loads(out)["Statement"], err) == (0, [statement()], "")

    def test_json_is_what_the_api_answers(self, file: File) -> None:
        deny = statement(Effect="Deny", Action="kms:Encrypt")
        code, out, _err = run("minimise", file(statement(), deny), "--alone", "--format", "json")
        answer = json.loads(out)
        assert code == 1
        assert answer["steps"][0]["why"] == "nothing-to-deny"
        assert answer["proof"]["holds"] is True

    def test_time_that_is_up_has_an_exit_code_of_its_own(self, file: File) -> None:
        many = [
            statement(Action=f"kms:*{at}*x*", Resource=f"acs:kms:*:*:*{at}*y*{at}*") for at in range(1_500)
        ]
        code, out, err = run("minimise", file(*many))
        assert code == 2
        assert json.loads(out)
        assert "not all was tried" in err

    @pytest.mark.parametrize("text", ["{", '{"Version": "1"}'])
    def test_what_is_no_document_is_an_error(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "bad.json"
        path.write_text(text)
        with pytest.raises(CommandError) as refused:
            run("minimise", str(path))
        assert refused.value.returncode == 3


class TestSplit:
    long = statement(Resource=[f"acs:kms:*:*:key/{at:020}" for at in range(300)])

    def test_parts_are_written_as_files_and_none_is_overwritten(self, file: File, tmp_path: Path) -> None:
        arguments = ("split", file(self.long), "--name", "mine", "--directory", str(tmp_path))
        code, out, err = run(*arguments)
        assert code == 1
        parts = [json.loads((tmp_path / f"mine-{at}.json").read_text())["Statement"][0] for at in (1, 2)]
        assert [entry for part in parts for entry in part["Resource"]] == self.long["Resource"]
        assert out.count("bytes") == 2
        assert "attach all parts" in err
        with pytest.raises(CommandError, match="cannot be written"):
            run(*arguments)

    def test_json_is_what_the_api_answers(self, file: File) -> None:
        code, out, _err = run("split", file(self.long), "--name", "mine", "--format", "json")
        answer = json.loads(out)
        assert (code, [part["name"] for part in answer["parts"]]) == (1, ["mine-1", "mine-2"])

    def test_what_fits_is_told_by_the_exit_code(self, file: File) -> None:
        code, out, err = run("split", file(statement()), "--name", "mine")
        assert (code, err) == (0, "")
        assert out.startswith("mine: ")

    def test_what_cannot_be_split_has_an_exit_code_of_its_own(self, file: File) -> None:
        code, out, err = run(
            "split", file(statement(Resource="acs:kms:*:*:key/" + "x" * 7_000)), "--name", "m"
        )
        assert (code, out) == (2, "")
        assert "/Statement/0: this statement cannot be cut" in err

    @pytest.mark.parametrize("wrong", [["--name", "a b"], ["--name", "a", "--max-bytes", "7000"]])
    def test_wrong_options_are_refused(self, file: File, wrong: list[str]) -> None:
        with pytest.raises(CommandError) as refused:
            run("split", file(statement()), *wrong)
        assert refused.value.returncode == 3
