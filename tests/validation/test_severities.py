"""A team's own severities: what may be set, and that nothing graver goes unsaid for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog.load import load
from policystudio.ram.finding import Finding, Severity
from policystudio.validation.pipeline import Validation, validate
from policystudio.validation.registry import all_documentation, rules
from policystudio.validation.severities import OFF, choices, own_severities

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CODES = sorted(all_documentation())
EXAMPLES = [
    (code, json.dumps(example.document())) for code, rule in rules().items() for example in rule.triggers
]
SETTINGS = st.dictionaries(
    st.sampled_from(CODES), st.sampled_from([*map(str, Severity), OFF, "grave"]), max_size=30
)
REPEATED = {
    "Effect": "Allow",
    "Action": ["kms:Decrypt", "kms:Decrypt"],
    "Resource": "acs:kms:*:*:key/key-hzz1",
}


def judged(text: str, own: dict[str, str]) -> Validation:
    return validate(text, catalogue=load(), now=NOW, severities=own)


def document(*statements: Mapping[str, object]) -> str:
    return json.dumps({"Version": "1", "Statement": list(statements)})


def told(validation: Validation) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in validation.findings}


def test_what_ram_refuses_stays_an_error():
    assert choices(Severity.ERROR) == ("error",)
    for severity in [*map(str, Severity), OFF]:
        assert told(judged("{,}", dict.fromkeys(CODES, severity))) == told(judged("{,}", {}))


def test_a_security_warning_is_always_told():
    assert choices(Severity.SECURITY_WARNING) == ("error", "security_warning", "warning")


@pytest.mark.parametrize("default", [Severity.WARNING, Severity.SUGGESTION])
def test_warnings_and_suggestions_may_be_anything(default):
    assert choices(default) == ("error", "security_warning", "warning", "suggestion", "off")


def test_a_warning_raised_to_an_error_makes_the_document_invalid():
    text = document(REPEATED)
    assert judged(text, {}).is_valid
    strict = judged(text, {"repeated-action": "error"})
    assert not strict.is_valid
    finding = next(each for each in strict.findings if each.code == "repeated-action")
    assert finding.default_severity is all_documentation()["repeated-action"].severity
    assert finding.as_json()["default_severity"] == "suggestion"


def test_what_is_off_is_not_told():
    assert "repeated-action" not in told(judged(document(REPEATED), {"repeated-action": OFF}))


def test_unknown_codes_and_severities_mean_nothing():
    text = document(REPEATED)
    own = {"no-such-code": "error", "repeated-action": "grave"}
    assert judged(text, own).findings == judged(text, {}).findings


def test_a_finding_that_its_rule_makes_milder_is_not_raised():
    code = next(c for c in CODES if all_documentation()[c].severity is Severity.SECURITY_WARNING)
    mild = Finding(code, Severity.SUGGESTION, "")
    assert own_severities({code: "error"}).adjusted([mild]) == [mild]


def test_a_former_code_speaks_for_the_rule_of_today():
    renamed = {code: page for code, page in all_documentation().items() if page.former_codes}
    for code, page in renamed.items():
        wanted = choices(page.severity)[-1]
        assert own_severities({page.former_codes[0]: wanted}).severities == {code: wanted}
        both = own_severities({page.former_codes[0]: wanted, code: "error"})
        assert both.severities == {code: "error"}


@given(st.sampled_from(EXAMPLES), SETTINGS)
def test_nothing_but_what_is_off_goes_unsaid_whatever_is_set(example, own):
    """A rule that is off or is taken lightly silences nobody, so settings hide no graver finding."""
    _code, text = example
    before, after = judged(text, {}), judged(text, own)
    off = {code for code, severity in own_severities(own).severities.items() if severity == OFF}
    places = {(finding.code, finding.path) for finding in after.findings}
    milder = {(f.code, f.path) for f in before.findings if f.code in off}
    assert {(f.code, f.path) for f in before.findings} - milder <= places
    assert not {code for code, _ in places} & off


@given(st.sampled_from(EXAMPLES), SETTINGS)
def test_errors_of_the_product_are_errors_of_every_team(example, own):
    _code, text = example
    errors = {(f.code, f.path) for f in judged(text, {}).findings if f.severity is Severity.ERROR}
    after = {(f.code, f.path) for f in judged(text, own).findings if f.severity is Severity.ERROR}
    assert errors <= after


@given(st.sampled_from(EXAMPLES), SETTINGS)
def test_a_document_is_valid_when_nothing_in_it_is_an_error(example, own):
    after = judged(example[1], own)
    assert after.is_valid == all(f.severity is not Severity.ERROR for f in after.findings)
    for finding in after.findings:
        default = all_documentation()[finding.code].severity
        assert finding.severity in choices(default) or finding.severity.rank > default.rank


def test_only_what_a_team_takes_more_lightly_silences_nothing():
    pages = all_documentation()
    codes = [code for code in rules() if pages[code].severity is Severity.WARNING][:3]
    raised, same, lowered = codes
    own = own_severities({raised: "error", same: "warning", lowered: "suggestion"})
    assert own.lowered == {lowered}
    assert own_severities({raised: "off"}).lowered == {raised}
    assert own_severities({}).lowered == frozenset()
