"""`manage.py escalate`: exit codes, both formats, and kind refusals."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

HEAD = "acs:kms:cn-hangzhou:1234567890123456:"


@pytest.fixture
def file(tmp_path):
    def write(name, *statements):
        path = tmp_path / name
        made = [{"Effect": "Allow", "Resource": f"{HEAD}key/*", **each} for each in statements]
        path.write_text(json.dumps({"Version": "1", "Statement": made}))
        return str(path)

    return write


def run(*arguments):
    """Exit code and output."""
    out = io.StringIO()
    try:
        call_command("escalate", *arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_exit_code_says_whether_something_is_reached_in_several_steps_only(file):
    assert run(file("none.json", {"Action": "kms:DescribeKey"}))[0] == 0
    assert run(file("direct.json", {"Action": "kms:Decrypt"}))[0] == 0
    code, told = run(file("steps.json", {"Action": "kms:SetKeyPolicy"}))
    assert code == 1
    assert "1. set a key policy on `key/example` that lets you in" in told
    assert "2. decrypt with `key/example`" in told
    doubtful = {"Condition": {"ForAnyValue:StringEquals": {"k:a": "x"}}}
    assert run(file("doubt.json", {"Action": "kms:Decrypt", **doubtful}))[0] == 2


def test_documents_count_together(file):
    source = file("from.json", {"Action": "kms:ReEncryptFrom"})
    target = file("to.json", {"Action": ["kms:ReEncryptTo", "kms:Decrypt"], "Resource": f"{HEAD}key/b"})
    assert run(source)[0] == 0
    code, told = run(source, target)
    assert code == 1
    assert "re-encrypt what is under `key/example` with `key/b`" in told


def test_json_is_what_the_api_answers(file):
    code, told = run(file("a.json", {"Action": "kms:SetKeyPolicy"}), "--format", "json")
    answer = json.loads(told)
    assert code == 1
    assert answer["answer"] == "steps"
    assert answer["goals"][0]["steps"][0]["step"] == "set_key_policy"
    assert set(answer) == {"answer", "goals", "reason", "reading", "warnings", "left_out"}


@pytest.mark.parametrize("arguments", [[], ["/no/such/file"], ["--policy", "p"]])
def test_what_cannot_be_judged_ends_with_3(arguments):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert refused.value.returncode == 3
