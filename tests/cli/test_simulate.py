"""`manage.py simulate`: exit codes, both formats, files, the input and stored documents, and kind refusals."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from tests import factories

ROOT = Path(__file__).parents[2]
KEY = "acs:kms:cn-hangzhou:1234567890123456:key/key-1"
ASKED = ("--action", "kms:Decrypt", "--resource", KEY)


def statement(**more):
    return {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "acs:kms:*:*:key/*", **more}


@pytest.fixture
def file(tmp_path):
    def write(name, *statements):
        path = tmp_path / name
        path.write_text(json.dumps({"Version": "1", "Statement": list(statements)}))
        return str(path)

    return write


@pytest.fixture
def asked(tmp_path):
    def write(text):
        path = tmp_path / "request.json"
        path.write_text(text if isinstance(text, str) else json.dumps(text))
        return ("--request", str(path))

    return write


@pytest.fixture
def typed(monkeypatch):
    def give(text):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))

    return give


def run(*arguments):
    """Exit code and output."""
    out = io.StringIO()
    try:
        call_command("simulate", *arguments, stdout=out, stderr=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def refused(*arguments):
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    assert caught.value.returncode == 3
    return str(caught.value)


def test_the_exit_code_is_the_decision(file):
    allowing, denying = file("allow.json", statement()), file("deny.json", statement(Effect="Deny"))
    code, told = run(allowing, *ASKED)
    assert code == 0
    assert "decision: allow" in told
    assert f"Allow of {allowing} /Statement/0 matches" in told
    code, told = run(allowing, denying, *ASKED)
    assert code == 1
    assert "decision: explicit_deny" in told
    code, told = run(allowing, "--action", "kms:Encrypt", "--resource", KEY)
    assert code == 1
    assert "decision: implicit_deny" in told
    assert "all but the action fits" in told
    doubtful = file("doubt.json", statement(Condition={"ForAnyValue:StringEquals": {"k:a": "x"}}))
    code, told = run(doubtful, *ASKED)
    assert code == 2
    assert "decision: unknown" in told
    assert f"{doubtful} /Statement/0/Condition/ForAnyValue:StringEquals" in told


def test_what_the_request_carries_is_given_key_by_key(file):
    limits = {"IpAddress": {"acs:SourceIp": "10.0.0.0/8"}, "StringEquals": {"kms:tag/a": "x=y"}}
    limited = file("limited.json", statement(Condition=limits))
    tag = ("--context", "kms:tag/a=x=y")
    code, told = run(limited, *ASKED, *tag)
    assert code == 1
    assert "no-match: acs:SourceIp: key not in the request" in told
    assert run(limited, *ASKED, *tag, "--context", "acs:SourceIp=10.0.0.1")[0] == 0
    assert run(limited, *ASKED, *tag, "--context", "acs:SourceIp=11.0.0.1")[0] == 1


def test_a_request_is_read_from_a_file_and_options_go_before_it(file, asked):
    limited = file("limited.json", statement(Condition={"Bool": {"acs:MFAPresent": "true"}}))
    request = {"action": "kms:Decrypt", "resource": KEY, "context": {"acs:MFAPresent": True, "k:n": 1.5}}
    assert run(limited, *asked(request))[0] == 0
    assert run(limited, *asked(request), "--context", "acs:MFAPresent=false")[0] == 1
    assert run(limited, *asked(request), "--action", "kms:Encrypt")[0] == 1


def test_document_or_request_may_come_by_standard_input(file, typed):
    typed(json.dumps({"Version": "1", "Statement": [statement()]}))
    code, told = run("-", *ASKED)
    assert code == 0
    assert "Allow of <stdin> /Statement/0 matches" in told
    typed(json.dumps({"action": "kms:Decrypt", "resource": KEY}))
    assert run(file("allow.json", statement()), "--request", "-")[0] == 0


def test_json_is_what_the_api_answers(file):
    code, told = run(
        file("a.json", statement(Resource="acs:kms:${region}:*:key/*")), *ASKED, "--format", "json"
    )
    answer = json.loads(told)
    assert code == 1
    assert answer["decision"] == "implicit_deny"
    assert answer["near"][0]["failing"] == ["/Statement/0/Resource"]
    assert [each["code"] for each in answer["warnings"]] == ["unreplaced-placeholder"]
    assert answer["not_considered"]


def test_a_pattern_where_a_name_is_asked_for_is_told(file):
    asked = ["--action", "kms:*", "--resource", KEY]
    assert "request/action: `kms:*` is taken as a name" in run(file("a.json", statement()), *asked)[1]
    told = json.loads(run(file("a.json", statement()), *asked, "--format", "json")[1])
    assert [each["pointer"] for each in told["request_warnings"]] == ["/action"]


def test_a_placeholder_that_is_left_is_told(file):
    name = file("a.json", statement(Resource="acs:kms:${region}:*:key/*"))
    assert f"{name}: `${{region}}` is compared as it stands" in run(name, *ASKED)[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "a request is needed; give --action and --resource"),
        (["--action", "kms:Decrypt"], "give --resource"),
        ([*ASKED], "give files, `-` or --policy"),
        (["no-such.json", *ASKED], "no-such.json: cannot be read"),
        (["-", "-", *ASKED], "once"),
        (["-", "--request", "-"], "once"),
        (["x", "--request", "no-such.json"], "no-such.json: cannot be read"),
        (["x", *ASKED, "--context", "acs:SourceIp"], "write KEY=VALUE, not `acs:SourceIp`"),
        (["x", *ASKED, "--context", "k:a=1", "--context", "k:a=2"], "`k:a` is given twice"),
        (["x", *ASKED, "--context", "=1"], "--context: a condition key has a name"),
        (["x", "--action", "Decrypt", "--resource", KEY], "--action: `Decrypt` is no action"),
        (["x", "--action", "kms:Decrypt", "--resource", "key/1"], "--resource: `key/1` is no resource name"),
        (["--policy", "x", *ASKED], "--account and --region"),
    ],
)
def test_what_cannot_be_decided_is_an_error_with_a_code_of_its_own(arguments, told):
    assert told in refused(*arguments)


def test_a_file_that_is_too_long_is_refused_as_such_also_where_a_letter_is_cut(tmp_path):
    long = tmp_path / "long.json"
    long.write_bytes(b"x" * (256 * 1024) + "é".encode())
    assert refused(str(long), *ASKED) == f"{long}: over 256 KiB, the most that is read"


def test_a_document_with_faults_is_refused_with_line_and_column(file, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text('{\n  "Version": "1",\n}')
    assert "bad.json:3:1: a value must follow" in refused(str(bad), *ASKED)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"action":\n  kms}', ":2:3: "),
        ("[]", ":1:1: a request is an object"),
        ('{"action": 1}', ":1:12: `action` is a text"),
        ('{"resource": null}', ":1:14: `resource` is a text"),
        ('{\n "Action": "kms:Decrypt"}', ":2:2: a request has no `Action`"),
        ('{"context": []}', ":1:13: `context` is an object"),
        ('{"context": {"k:a":\n["x"]}}', ":2:1: a key has one value"),
        ('{"action": "kms:Decrypt", "action": "kms:Encrypt"}', ":1:27: "),
        ('{"resource": "*",\n"action": "Decrypt"}', ":2:11: `Decrypt` is no action"),
        ('{"resource": "*", "action": "a:b", "context": {"": "x"}}', ":1:52: a condition key has a name"),
    ],
)
def test_a_request_with_faults_is_refused_with_line_and_column(asked, text, told):
    assert f"request.json{told}" in refused("x", *asked(text))


def test_every_fault_of_a_request_is_told_at_once(asked):
    told = refused("x", *asked('{"action": 1, "resource": 2, "other": 3}'))
    assert len(told.splitlines()) == 3


def test_wrong_options_end_with_the_code_of_an_error_not_with_that_of_a_doubt():
    program = [sys.executable, str(ROOT / "manage.py"), "simulate"]
    done = subprocess.run([*program, "--format", "xml"], capture_output=True, check=False, text=True)
    assert done.returncode == 3
    assert "invalid choice: 'xml'" in done.stderr
    assert "Traceback" not in done.stderr
    helped = subprocess.run([*program, "--help"], capture_output=True, check=False, text=True)
    assert helped.returncode == 0
    assert "0 allowed, 1 denied, 2 that cannot be told, 3 error" in helped.stdout


@pytest.mark.django_db
def test_a_stored_document_is_asked_as_it_is_released(ada, rui, development, file):
    place = (factories.DEVELOPMENT, factories.HANGZHOU)
    factories.make_released(ada, rui, name="App-Read", targets=[place])
    stored = ("--policy", "App-Read", "--account", place[0], "--region", place[1])
    asked = ("--action", "kms:NoSuchAction", "--resource", "*")
    code, told = run(*stored, *asked)
    assert code == 1
    assert "App-Read /Statement/0, Allow: no-match" in told
    everything = file("everything.json", statement(Action="*", Resource="*"))
    code, told = run(everything, *stored, *asked)
    assert code == 0
    assert f"Allow of {everything} /Statement/0 matches" in told
    assert "no one policy" in refused("--policy", "No-Such", *stored[2:], *asked)


@pytest.mark.django_db
def test_a_stored_document_that_was_altered_is_not_asked(ada, rui, development, unprotected):
    place = (factories.DEVELOPMENT, factories.HANGZHOU)
    policy = factories.make_released(ada, rui, name="App-Read", targets=[place])
    stored = ("--policy", policy.name, "--account", place[0], "--region", place[1])
    assert run(*stored, *ASKED)[0] == 1
    unprotected.execute("UPDATE review_releaseddocument SET text = replace(text, 'kms:Encrypt', 'kms:*')")
    assert "is not what was released" in refused(*stored, *ASKED)
