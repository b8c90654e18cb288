"""Every rule keeps what its module promises: its examples, its documentation, and a place in the registry."""

import json
from datetime import UTC, datetime

import pytest

from policystudio.catalog import load
from policystudio.ram.finding import Severity
from policystudio.validation.pipeline import validate
from policystudio.validation.registry import all_documentation, documentation, rules

RULES = rules()
TRIGGERS = [
    pytest.param(code, e, id=f"{code}-{n}") for code, r in RULES.items() for n, e in enumerate(r.triggers)
]
CLEAN = [pytest.param(code, e, id=f"{code}-{n}") for code, r in RULES.items() for n, e in enumerate(r.clean)]


def judged(code, example):
    """The findings for an example, judged as the kind of document that the rule is for."""
    text = json.dumps(example.document(), indent=2, ensure_ascii=False)
    validation = validate(
        text,
        catalogue=load(),
        **example.surroundings(),
    )
    assert validation.document is not None, validation.findings
    return text, validation.findings


@pytest.mark.parametrize(("code", "example"), TRIGGERS)
def test_example_that_triggers_is_found_with_its_severity_and_place(code, example):
    _, findings = judged(code, example)
    mine = [finding for finding in findings if finding.code == code]
    assert mine, [f.code for f in findings]
    for finding in mine:
        assert finding.severity.rank >= RULES[code].severity.rank
        assert None not in (finding.line, finding.column, finding.path)
        assert not finding.message.endswith(".")
        assert "\n" not in finding.message
        assert finding.confidence != "inferred" or finding.severity in (Severity.WARNING, Severity.SUGGESTION)


@pytest.mark.parametrize(("code", "example"), CLEAN)
def test_clean_example_does_not_trigger(code, example):
    assert code not in [finding.code for finding in judged(code, example)[1]]


@pytest.mark.parametrize(("code", "example"), TRIGGERS)
def test_offered_fix_lessens_its_finding(code, example):
    text, findings = judged(code, example)
    for finding in findings:
        if finding.code == code and finding.fix:
            assert finding.fix.title
            repaired = finding.fix.apply(text)
            again = validate(
                repaired,
                catalogue=load(),
                **example.surroundings(),
            )
            assert again.document is not None, repaired
            before = [f.code for f in findings].count(code)
            assert [f.code for f in again.findings].count(code) < before, repaired


@pytest.mark.parametrize("code", RULES)
def test_rule_says_what_is_wrong_why_it_matters_and_what_to_do(code):
    page = all_documentation()[code]
    assert page.title.endswith(".")
    assert page.why
    assert page.what_to_do
    assert RULES[code].triggers
    assert RULES[code].clean


@pytest.mark.parametrize("code", RULES)
def test_silencing_codes_exist(code):
    rule = RULES[code]
    unknown = [c for c in rule.silenced_by | rule.silenced_in_statement_by if documentation(c) is None]
    assert not unknown


# A wildcard in an address is documented for other services, so it is no error; and whether an alias alone suffices is
# answered differently by official pages, so it is a hint.
GRAVER_BUT_SILENT = {
    ("malformed-address", "wildcard-in-address"),
    ("action-without-usable-resource", "alias-without-key-use"),
}


def test_no_finding_is_silenced_by_a_lesser_one():
    lesser = {
        (code, silencing)
        for code, rule in RULES.items()
        for silencing in rule.silenced_by | rule.silenced_in_statement_by
        if all_documentation()[silencing].severity.rank > rule.severity.rank
    }
    assert lesser == GRAVER_BUT_SILENT


def test_findings_do_not_depend_on_the_clock():
    text = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}'
    first = validate(text, catalogue=load(), now=datetime(2020, 1, 1, tzinfo=UTC))
    later = validate(text, catalogue=load(), now=datetime(2030, 1, 1, tzinfo=UTC))
    assert first.findings == later.findings
