"""SARIF is valid by the published schema, and its columns, fingerprints, repairs and suppressions are right."""

import json
from functools import cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from policystudio.validation.registry import all_documentation
from tests.linting.conftest import document, statement
from tests.strategies import damaged_documents, syntax_near_misses

SAMPLES = Path(__file__).parent.parent


@cache
def schema():
    text = Path(__file__).with_name("sarif-2.1.0.json").read_text(encoding="utf-8-sig")
    return Draft202012Validator(json.loads(text))


@pytest.fixture
def sarif(lint):
    """The one run in the report, judged by the published schema."""

    def ask(*arguments, with_rules=True):
        lint(*arguments, "--format", "sarif")
        log = json.loads(lint.out)
        if not with_rules:  # judging them takes long, and they are always the same
            log["runs"][0]["tool"]["driver"]["rules"].clear()
        problems = [f"{list(e.absolute_path)}: {e.message}" for e in schema().iter_errors(log)]
        assert not problems
        (run,) = log["runs"]
        return run

    return ask


def applied(text, fix):
    """The text after a repair, made from the regions alone."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines))]

    def offset(line, column):
        units = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)]
        return starts[line - 1] + len(units.decode("utf-16-le"))

    (change,) = fix["artifactChanges"]
    for each in reversed(change["replacements"]):
        region = each["deletedRegion"]
        start, end = (
            offset(region["startLine"], region["startColumn"]),
            offset(region["endLine"], region["endColumn"]),
        )
        text = text[:start] + each["insertedContent"]["text"] + text[end:]
    return text


def test_samples_and_corpus_make_a_valid_report(lint, sarif):
    run = sarif(str(SAMPLES / "samples"), str(SAMPLES / "corpus"))
    assert len(run["results"]) > 50
    assert all(r["ruleId"] == run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"])


def test_every_rule_is_there_with_its_help(lint, sarif):
    rules = {rule["id"]: rule for rule in sarif(".")["tool"]["driver"]["rules"]}
    assert set(all_documentation()) <= set(rules)
    for code, page in all_documentation().items():
        assert page.what_to_do in rules[code]["help"]["text"]
        assert rules[code]["shortDescription"]["text"] == page.title
    assert rules["every-kms-action"]["properties"]["security-severity"]


def test_result_says_where_in_utf16_code_units(lint, sarif):
    lint.file(
        "a.json",
        '{"Version":"1","Statement":[{"Effect":"Allow","Sid":"🔑","Action":"kms:Encypt","Resource":"*"}]}',
    )
    run = sarif("a.json")
    assert run["columnKind"] == "utf16CodeUnits"
    assert "\r" in run["newlineSequences"]
    result = next(r for r in run["results"] if r["ruleId"] == "unknown-action")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a.json", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 1, "startColumn": 67, "endLine": 1, "endColumn": 79}
    marks = result["partialFingerprints"]
    assert [len(marks[key]) for key in ("policyStudio/v1", "policyStudio/place/v1")] == [32, 32]


def test_repair_made_from_the_report_is_the_repair_of_the_finding(lint, sarif):
    text = document(statement(Sid="🔑", Action=["kms:DescribeKey", "kms:Encypt", "kms:DescribeKey"]))
    lint.file("a.json", text)
    results = {r["ruleId"]: r for r in sarif("a.json")["results"]}
    assert applied(text, results["unknown-action"]["fixes"][0]) == text.replace("Encypt", "Encrypt")
    repaired = json.loads(applied(text, results["repeated-action"]["fixes"][0]))
    assert repaired["Statement"][0]["Action"] == ["kms:DescribeKey", "kms:Encypt"]


def test_suppressed_result_says_why_and_all_others_say_that_they_are_not(lint, sarif):
    lint.file("a.json", document(statement(Action=["kms:Encypt", "kms:Decypt"])))
    lint.file(
        "policystudio.toml",
        '[[suppress]]\ncode = "unknown-action"\nfile = "a.json"\nplace = "/Statement/0/Action/0"\n'
        'reason = "new"\nuntil = 2027-01-01\n[[suppress]]\ncode = "every-key"\nfile = "a.json"\nreason = "x"\n'
        "until = 2020-01-01\n",
    )
    first, second, notice = sarif("a.json")["results"]
    (suppression,) = first["suppressions"]
    assert (suppression["kind"], suppression["status"], suppression["justification"]) == (
        "external",
        "accepted",
        "new",
    )
    assert second["suppressions"] == []
    assert notice["ruleId"] == "expired-suppression"
    assert notice["locations"][0]["physicalLocation"]["region"]["startLine"] == 7


def test_what_could_not_be_read_is_a_notification(lint, sarif):
    (invocation,) = sarif("missing.json")["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["level"] == "error"


def test_names_of_files_become_uris_without_loss(lint, sarif, tmp_path_factory):
    lint.file("a b/ü%#?\n.json", document()[:-3])
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "a.json"
    elsewhere.write_text("{")
    results = sarif("a b", str(elsewhere))["results"]
    first, last = (
        r["locations"][0]["physicalLocation"]["artifactLocation"] for r in (results[0], results[-1])
    )
    assert unquote_to_bytes(first["uri"]).decode() == "a b/ü%#?\n.json"
    assert last == {"uri": f"file://{elsewhere}"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(syntax_near_misses() | damaged_documents().map(json.dumps))
def test_report_of_any_text_is_valid(lint, sarif, text):
    lint.file("a.json", text.encode("utf-8", "surrogatepass"))
    sarif("a.json", with_rules=False)
