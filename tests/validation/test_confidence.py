"""A finding that rests on the catalogue says how sure the fact is and how old the catalogue; guesses stay mild."""

import json

import pytest

from policystudio.catalog import load
from policystudio.catalog.model import INFERRED
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse
from policystudio.validation import confidence
from policystudio.validation.context import Context
from policystudio.validation.engine import judge
from policystudio.validation.registry import rules
from tests.validation.catalogues import all_inferred, without_facts

RULES = rules()
TRIGGERS = [
    pytest.param(code, e, id=f"{code}-{n}") for code, r in RULES.items() for n, e in enumerate(r.triggers)
]
ABSENCES = sorted(
    code
    for code in RULES
    if code.startswith(
        (
            "unknown-action",
            "unknown-condition-key",
            "unknown-region",
            "unknown-resource-type",
            "unknown-service",
            "condition-key-of-other-service",
        )
    )
    or "pattern-without-match" in code
    or code in ("private-address-as-source", "wildcard-at-start-of-action", "wildcard-inside-key-id")
)
"""Rules that speak of what the catalogue or the pages do not hold, or that quote facts whatever they are."""
NONE, GUESSED = without_facts(), all_inferred()


def alone(code, example, catalogue):
    """What the rule says of the example if no other rule may silence it."""
    document = parse(json.dumps(example.document(), ensure_ascii=False), example.kind).document
    assert document is not None
    facts = {name: value for name, value in example.surroundings().items() if value is not None}
    facts.pop("kind")
    facts["own_key_secrets"] = frozenset(facts["own_key_secrets"])
    return judge(Context(document, catalogue, **facts), {code: RULES[code]})


def resting(code, example, catalogue):
    """The findings that are not there without the facts of the catalogue, or that speak of their absence."""
    without = {finding.path for finding in alone(code, example, NONE)}
    found = alone(code, example, catalogue)
    return found if code in ABSENCES else [finding for finding in found if finding.path not in without]


@pytest.mark.parametrize(("code", "example"), TRIGGERS)
def test_finding_that_rests_on_the_catalogue_carries_its_confidence_and_date(code, example):
    for finding in resting(code, example, load()):
        assert finding.confidence in ("documented", "derived-from-SDK", INFERRED)
        assert finding.catalogue_date == load().compiled_on


@pytest.mark.parametrize(("code", "example"), TRIGGERS)
def test_finding_without_a_fact_of_the_catalogue_has_no_date(code, example):
    for finding in alone(code, example, load()):
        assert (finding.confidence is None) == (finding.catalogue_date is None)


@pytest.mark.parametrize(("code", "example"), TRIGGERS)
def test_finding_that_rests_on_an_inferred_fact_is_a_warning_at_most_and_says_so(code, example):
    for finding in resting(code, example, GUESSED):
        if code not in ABSENCES:
            assert finding.confidence == INFERRED
    for finding in alone(code, example, GUESSED):
        if finding.confidence == INFERRED:
            assert finding.severity in (Severity.WARNING, Severity.SUGGESTION)
            assert "probably" in finding.message


def test_no_finding_rests_on_more_than_it_says():
    """The most part of the rules rests on the catalogue; if few did, the comparison above would prove nothing."""
    assert sum(bool(resting(code, e, load())) for code, r in RULES.items() for e in r.triggers) > 90


def test_weakest_fact_decides_where_all_are_needed_and_the_surest_where_one_suffices():
    decrypt, release = load().action("kms:Decrypt"), load().action("kms:ReleaseKmsInstance")
    assert decrypt is not None
    assert release is not None
    assert confidence.of_action(decrypt) == "documented"
    assert confidence.of_action(release) == INFERRED
    assert confidence.surest([release, decrypt]) == "documented"
    assert confidence.surest([]) == INFERRED
    assert confidence.weakest("documented", "team", "derived-from-SDK") == "team"
    assert confidence.weakest("inferred", "hearsay") == "hearsay"
