"""The codes that the validator was meant to have: each exists with its severity, or the reason why it does not.

A line of `intended.txt` is: section, code, severity, kind of fix (1 one edit, ? choices, - advice only), and `deny`
where the same fault in a Deny has a code of its own. Where what is offered departs from the kind of fix, the reason
stands in the line below. The sections: A reading, B structure, C actions, D resources,
E placeholders and limits, F conditions, G statements together, H ways to more power, I policies that will not work.
"""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from policystudio.ram.codes import CODES
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse
from policystudio.validation.registry import all_documentation, rules
from tests.validation.proof import repairs
from tests.validation.test_fixes import found_in_examples, question

SEVERITIES = {
    "E": Severity.ERROR,
    "S": Severity.SECURITY_WARNING,
    "W": Severity.WARNING,
    "H": Severity.SUGGESTION,
}
TEXT = (Path(__file__).parent / "intended.txt").read_text("utf-8").splitlines()
LINES = [line.split() for line in TEXT if not line.startswith(" ")]
DEPARTURES = {line.split()[1]: below.strip() for line, below in pairwise(TEXT) if below.startswith(" ")}
"""Code → why it offers something else than was intended."""
LEFT_OUT = {
    # Whether a call can carry both, as one that comes through a private network by the shared gateway might, no page
    # says; the catalogue has only that `acs:SourceIp` sees public addresses.
    "address-and-network-together",
    # Whether some call to KMS carries no `acs:SecureTransport` is nowhere documented. That KMS takes HTTPS calls only,
    # so that a Deny for `false` never bites, is inferred, and no reason to advise against the safeguard.
    "https-judged-by-absence",
}
DENY_TWINS = {
    "empty-condition-values": "condition-undone-by-empty-values",
    "end-in-the-past": "end-in-the-past-of-deny",
}
"""Twins that are not called like the other with `-in-deny`."""
TWINS_BY_THE_HOUSE_RULE = (
    "api-name-instead-of-action",
    "empty-resource-field",
    "masked-identifier",
    "mixed-regions",
    "operator-unfit-for-key",
    "other-account-in-resource",
    "repeated-alias-prefix",
    "resources-joined-by-comma",
    "unknown-region",
    "wildcard-without-like",
    "window-never-open",
)
"""Faults that make an Allow too small, and leave a hole where they stand in a Deny."""
INFERRED_TWINS = ("unknown-service-prefix", "unlikely-account-number")
"""Such faults that rest on what is inferred, so that they are a warning at most in a Deny too."""


@pytest.mark.parametrize(
    ("section", "code", "severity"),
    [line[:3] for line in LINES if line[1] not in LEFT_OUT],
    ids=[line[1] for line in LINES if line[1] not in LEFT_OUT],
)
def test_intended_code_exists_with_its_severity(section, code, severity):
    assert all_documentation()[code].severity is SEVERITIES[severity]


def test_only_two_are_left_out_and_none_that_reads_structure_or_guards_power():
    missing = {line[1] for line in LINES} - set(all_documentation())
    assert missing == LEFT_OUT
    assert {line[0] for line in LINES if line[1] in missing} == {"F"}


def test_there_are_as_many_codes_as_were_asked_for():
    assert len({line[1] for line in LINES} & set(all_documentation())) == 224
    assert len(rules()) >= 150


@pytest.mark.parametrize(
    "code", [line[1] for line in LINES if line[-1] == "deny"] + [*TWINS_BY_THE_HOUSE_RULE]
)
def test_fault_that_leaves_a_hole_in_a_deny_is_a_security_warning_there(code):
    twin = DENY_TWINS.get(code, f"{code}-in-deny")
    assert rules()[code].severity is Severity.WARNING
    assert rules()[twin].severity is Severity.SECURITY_WARNING


@pytest.mark.parametrize("code", INFERRED_TWINS)
def test_fault_that_is_only_probable_is_told_apart_in_a_deny_but_is_no_graver_there(code):
    for each in (code, f"{code}-in-deny"):
        assert rules()[each].severity is Severity.WARNING


def found_by(code):
    """What is found in the examples of a code, of a rule or of the reading."""
    if code in rules():
        return found_in_examples(code)
    page = CODES[code]
    return [finding for finding in parse(page.example, page.kind).findings if finding.code == code]


@pytest.mark.parametrize(
    ("code", "kind"),
    [(line[1], line[3]) for line in LINES if line[1] not in LEFT_OUT and line[3] != "-"],
    ids=[line[1] for line in LINES if line[1] not in LEFT_OUT and line[3] != "-"],
)
def test_code_offers_what_was_intended_or_the_reason_why_not_is_written_down(code, kind):
    findings = found_by(code)
    offers = [finding.fix if kind == "1" else repairs(finding) for finding in findings]
    assert any(offers) != (code in DEPARTURES)


@pytest.mark.parametrize(
    "code", [code for code, reason in DEPARTURES.items() if "a choice that says so" in reason]
)
def test_what_allows_more_where_one_edit_was_intended_is_a_choice_that_says_so(code):
    assert any(choice.widens for finding in found_by(code) for choice in finding.choices)


@pytest.mark.parametrize(
    "code", [code for code, reason in DEPARTURES.items() if reason.endswith("in a Deny one edit")]
)
def test_what_is_a_choice_in_an_allow_and_was_to_be_one_edit_is_one_edit_in_a_deny(code):
    twins = {code, f"{code}-in-deny"}
    denied = []
    for example in rules()[code].triggers:
        document = example.document()
        statements = [{**statement, "Effect": "Deny"} for statement in document["Statement"]]
        denied += question(example)(json.dumps({**document, "Statement": statements})).findings
    assert any(finding.fix for finding in denied if finding.code in twins)
