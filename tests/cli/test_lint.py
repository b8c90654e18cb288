"""The command as a pipeline runs it: exit codes, the input, encodings, and nothing that a database is needed for."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.linting.conftest import document, statement

ROOT = Path(__file__).parents[2]
WARNED = document(statement(Action="kms:Encypt"))


def run(*arguments, program=("manage.py", "lint"), text="", **environment):
    """Exit code, output and complaints of the program, run as a process of its own."""
    command = [sys.executable, str(ROOT / program[0]), *program[1:]] if program[0] != "-m" else []
    done = subprocess.run(
        [*(command or [sys.executable, *program]), *arguments],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATABASE_URL": "postgres://nobody@localhost:1/none"}
        | environment,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("program", [("manage.py", "lint"), ("-m", "policystudio.linting")])
def test_input_is_judged_without_a_database(program):
    status, out, err = run("-", "--stdin-filename", "mine.json", program=program, text=WARNED)
    assert status == 1
    assert out.startswith("mine.json:6:17 warning unknown-action")
    assert err == ""


@pytest.mark.parametrize("key", ["", "insecure"])
def test_no_setting_is_needed(key):
    environment = {"SECRET_KEY": key, "POLICYSTUDIO_ENV_FILE": "", "POLICYSTUDIO_MODE": "nonsense"}
    status, out, err = run("-", "--stdin-filename", "mine.json", text=WARNED, **environment)
    assert (status, err) == (1, "")
    assert out.startswith("mine.json:6:17 warning unknown-action")


def test_linter_needs_no_framework():
    code = (
        "import sys, policystudio.linting.__main__; sys.exit(any('django' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_output_is_utf8_where_the_machine_says_otherwise(folder):
    (folder / "密.json").write_text(document(statement(Action="kms:Größe")))
    status, out, _ = run(".", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert status == 1
    assert out.startswith("密.json:6:")
    assert "kms:Größe" in out


def test_reader_that_stops_reading_is_no_fault(folder):
    for number in range(300):
        (folder / f"{number}.json").write_text(WARNED)
    command = f"{sys.executable} -m policystudio.linting . | head -1"
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def lint(*arguments):
    """Exit code, output and complaints of the command, run in this process."""
    out, err = StringIO(), StringIO()
    try:
        call_command("lint", *arguments, stdout=out, stderr=err)
    except SystemExit as error:
        return error.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.mark.parametrize(
    ("threshold", "status"), [("error", 0), ("security_warning", 0), ("warning", 1), ("suggestion", 1)]
)
def test_exit_code_depends_on_the_threshold(folder, threshold, status):
    (folder / "a.json").write_text(WARNED)
    assert lint("a.json", "--fail-on", threshold)[0] == status


def test_warnings_fail_and_suggestions_do_not_unless_said_otherwise(folder):
    (folder / "a.json").write_text(WARNED)
    (folder / "b.json").write_text(document(statement(Action=["kms:DescribeKey", "kms:DescribeKey"])))
    assert lint("a.json")[0] == 1
    assert lint("b.json")[0] == 0
    assert "1 suggestion" in lint("b.json")[1]


def test_document_is_judged_for_every_target_too(folder):
    (folder / "a.json").write_text(
        document(statement(Resource="acs:kms:${region}:${account}:key/" + "k" * 6010))
    )
    assert "document-over-limit" not in lint("a.json")[1]
    assert "document-over-limit" in lint("a.json", "--target", "1234567890123456/cn-shenzhen-finance-1")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.json", "--target", "x/y"], "ACCOUNT/REGION"),
        (["a.json", "--format", "xml"], "xml"),
        (["a.json", "--fail-on", "never"], "never"),
        ([], "PATH"),
    ],
)
def test_what_is_wrong_with_the_arguments_is_said(arguments, said):
    with pytest.raises(CommandError) as error:
        call_command("lint", *arguments)
    assert said in str(error.value)


def test_wrong_arguments_have_an_exit_code_of_their_own():
    assert run("a.json", "--fail-on", "never")[0] == 2


def test_unknown_region_is_said(folder):
    (folder / "a.json").write_text(document())
    status, out, err = lint("a.json", "--target", "1234567890123456/cn-nowhere")
    assert (status, out) == (2, "")
    assert "cn-nowhere" in err


def test_fault_of_the_configuration_is_said_with_its_line_and_nothing_is_judged(folder):
    (folder / "a.json").write_text(WARNED)
    (folder / "policystudio.toml").write_text('[severities]\nunknown-action = "error"\nevery-keys = "off"\n')
    status, out, err = lint("a.json")
    assert (status, out) == (2, "")
    assert err.startswith(f"{folder}/policystudio.toml:3: there is no finding with the code `every-keys`")
    (folder / "other.toml").write_text('[severities]\nunknown-action = "off"\n')
    assert lint("a.json", "--config", "other.toml")[0] == 0
    assert lint("a.json", "--config", "missing.toml")[0] == 2


def test_unreadable_file_makes_the_run_fail_and_the_others_are_judged(folder):
    (folder / "a.json").write_text(WARNED)
    status, out, err = lint("missing.json", "a.json", "--format", "json", "--fail-on", "error")
    assert status == 2
    assert [each["path"] for each in json.loads(out)] == ["missing.json", "a.json"]
    assert "1 file unreadable" in err


def test_help_names_the_configuration_file():
    status, out, _ = run("--help")
    assert status == 0
    assert "policystudio.toml" in out
