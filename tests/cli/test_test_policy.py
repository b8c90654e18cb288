"""`manage.py test_policy`: exit codes, both formats, targets, the score, and kind refusals."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from policystudio.analysis.mutants.scoring import Score
from policystudio.cli.management.commands.test_policy import status_of

OWN = "acs:kms:${region}:${account}:key/k"
STATEMENT = {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": OWN}
NO_TESTS: dict[str, Any] = {"policy_tests": 1, "tests": []}
PLACE = ("--account", "1234567890123456", "--region", "cn-hangzhou")


@pytest.fixture
def file(tmp_path: Any) -> Any:
    def write(name: str, content: Any) -> str:
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return str(path)

    return write


def document(*statements: Any) -> Any:
    return {"Version": "1", "Statement": list(statements)}


def file_of(*expected: tuple[str, str, str], **more: Any) -> Any:
    return {
        "policy_tests": 1,
        "tests": [
            {
                "name": f"{action} {answer}",
                "request": {"action": action, "resource": resource},
                "expectation": answer,
                **more,
            }
            for action, resource, answer in expected
        ],
    }


def run(*arguments: str) -> tuple[Any, str]:
    out = io.StringIO()
    try:
        call_command("test_policy", *arguments, stdout=out)
    except SystemExit as ended:
        return ended.code, out.getvalue()
    return 0, out.getvalue()


def test_the_exit_code_says_whether_all_hold(file: Any) -> None:
    policy = file("p.json", document(STATEMENT))
    holds = file("holds.json", file_of(("kms:Decrypt", OWN, "allow"), ("kms:Encrypt", OWN, "deny")))
    fails = file("fails.json", file_of(("kms:Decrypt", OWN, "deny")))
    for place in ((), PLACE, (*PLACE, "--region", "cn-shanghai")):
        assert run(policy, "--tests", holds, *place) == (0, f"{policy}: 2 of 2 tests hold\n")
        assert run(policy, "--tests", fails, *place)[0] == 1
    said = run(policy, "--tests", fails, *PLACE)[1]
    assert "fails: kms:Decrypt deny: must be deny in 1234567890123456 cn-hangzhou (allow)" in said
    doubtful = file(
        "d.json", document({**STATEMENT, "Condition": {"ForAnyValue:StringEquals": {"k:a": "x"}}})
    )
    assert run(doubtful, "--tests", file("t.json", file_of(("kms:Decrypt", OWN, "allow"))))[0] == 2
    assert run(doubtful, policy, "--tests", fails)[0] == 1
    elsewhere = file("e.json", file_of(("kms:Decrypt", OWN, "allow"), account="9"))
    code, said = run(policy, "--tests", elsewhere, *PLACE)
    assert code == 2
    assert "asked nowhere" in said


def test_too_low_a_score_fails_and_the_survivors_are_told_as_tests(file: Any) -> None:
    policy = file("p.json", document(STATEMENT))
    tests = file_of(("kms:Decrypt", OWN, "allow"))
    name = file("t.json", tests)
    assert run(policy, "--tests", name, "--mutants")[0] == 0
    assert run(policy, "--tests", name, "--min-score", "100")[0] == 1
    for _round in range(20):
        told = json.loads(run(policy, "--tests", name, "--mutants", "--format", "json")[1])
        [found] = told["documents"]
        if not found["score"]["survivors"]:
            break
        tests["tests"].append(found["score"]["survivors"][0]["test"])
        name = file("t.json", tests)
    assert run(policy, "--tests", name, "--min-score", "100") == (
        0,
        f"{policy}: {len(tests['tests'])} of {len(tests['tests'])} tests hold\n"
        f"{policy}: score 100 %: {found['score']['killed']} of {found['score']['killed']} changes noticed\n",
    )


def test_json_names_the_targets_where_a_test_does_not_hold(file: Any) -> None:
    fixed = {**STATEMENT, "Resource": "acs:kms:cn-hangzhou:*:key/k"}
    tests = file("t.json", file_of(("kms:Decrypt", OWN, "allow")))
    code, told = run(
        file("p.json", document(fixed)),
        "--tests",
        tests,
        *PLACE,
        "--region",
        "cn-shanghai",
        "--format",
        "json",
    )
    assert code == 1
    [found] = json.loads(told)["documents"]
    assert found["tests"][0]["not_holding"] == [
        {"account": "1234567890123456", "region": "cn-shanghai", "decision": "implicit_deny"}
    ]
    assert found["score"] is None


@pytest.mark.parametrize(
    ("policy", "tests", "more", "told"),
    [
        (document(STATEMENT), "{", (), "t.json:1:"),
        (document(STATEMENT), {"policy_tests": 7, "tests": []}, (), "unknown-version"),
        ("{}", NO_TESTS, (), "p.json:1:1"),
        (
            document({**STATEMENT, "Resource": "acs:kms:${regio}:*:k"}),
            NO_TESTS,
            (),
            "placeholder",
        ),
        (document(STATEMENT), NO_TESTS, ("--region", "cn-hangzhou"), "--account"),
        (document(STATEMENT), NO_TESTS, ("--min-score", "101"), "0 to 100"),
    ],
)
def test_what_cannot_be_judged_ends_with_an_error_of_its_own(
    file: Any, policy: Any, tests: Any, more: tuple[str, ...], told: str
) -> None:
    with pytest.raises(CommandError, match=None) as refused:
        run(file("p.json", policy), "--tests", file("t.json", tests), *more)
    assert refused.value.returncode == 3
    assert told in str(refused.value)


@pytest.mark.parametrize(
    ("killed", "survived", "unknown", "left", "least", "status"),
    [
        (8, 2, 0, 0, 80, 0),
        (8, 2, 0, 0, 81, 1),
        (8, 2, 0, 1, 80, 2),
        (8, 2, 1, 0, 80, 2),
        (8, 2, 1, 0, 72, 0),
        (0, 0, 1, 0, 1, 2),
        (0, 0, 0, 0, 100, 0),
    ],
)
def test_a_score_passes_only_where_it_does_whatever_could_not_be_told(
    killed: int, survived: int, unknown: int, left: int, least: int, status: int
) -> None:
    mutant: Any = None
    scored = Score((mutant,) * killed, (mutant,) * survived, (), (mutant,) * unknown, left)
    assert status_of((), scored, least) == status
