"""Each code is found among those that speak of the same thing."""

import pytest

from policystudio.ram.codes import CODES
from policystudio.validation.registry import documentation, rules
from policystudio.validation.rule import Looks
from policystudio.validation.sections import Section, section_of


@pytest.mark.parametrize(
    ("code", "section"),
    [
        ("unknown-action", Section.ACTIONS),
        ("every-kms-action", Section.ACTIONS),
        ("unknown-region", Section.RESOURCES),
        ("every-key", Section.RESOURCES),
        # Its name speaks of a value, which is that of a secret.
        ("every-secret-value", Section.RESOURCES),
        ("not-resource-in-new-revision", Section.RESOURCES),
        ("malformed-date", Section.CONDITIONS),
        ("end-in-the-past", Section.CONDITIONS),
        ("empty-condition-block", Section.CONDITIONS),
        ("never-matching-statement", Section.CONDITIONS),
        ("deny-of-everything", Section.STATEMENTS),
        ("statement-id-in-identity-policy", Section.STATEMENTS),
        ("document-over-limit", Section.DOCUMENT),
        ("mergeable-statements", Section.DOCUMENT),
        ("unknown-placeholder", Section.TEXTS),
        ("trailing-comma", Section.LANGUAGE),
        ("once-upon-a-time", Section.GONE),
    ],
)
def test_code_is_where_one_would_look_for_it(code, section):
    assert section_of(code) is section


def test_former_code_is_where_the_rule_is_now():
    former = {old: rule.code for rule in rules().values() for old in rule.former_codes}
    assert {old: section_of(old) for old in former} == {old: section_of(now) for old, now in former.items()}


@pytest.mark.parametrize("code", CODES)
def test_codes_of_the_language_stand_together(code):
    assert section_of(code) is Section.LANGUAGE


@pytest.mark.parametrize(
    ("looks", "section"),
    [
        (Looks.ACTION, Section.ACTIONS),
        (Looks.RESOURCE, Section.RESOURCES),
        (Looks.CONDITION, Section.CONDITIONS),
        (Looks.TEXT, Section.TEXTS),
        (Looks.DOCUMENT, Section.DOCUMENT),
    ],
)
def test_rules_that_look_at_one_kind_of_thing_stand_with_it(looks, section):
    codes = [code for code, rule in rules().items() if set(rule.checks) == {looks}]
    assert codes
    assert {section_of(code) for code in codes} == {section}


def test_no_section_is_a_place_for_the_rest():
    assert {section_of(code) for code in rules()} == set(Section) - {Section.LANGUAGE, Section.GONE}
    assert all(documentation(code) for code in rules())
