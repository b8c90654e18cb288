"""What is said of a document is so for every request of a small world, as the reference evaluator decides them."""

from __future__ import annotations

import json
from datetime import date
from itertools import product

import pytest
from hypothesis import given

from policystudio.analysis.comparing import Answer
from policystudio.guardrails.breaking import Subject, broken
from policystudio.guardrails.filling import fill, shape_texts
from policystudio.guardrails.judging import judge
from policystudio.guardrails.reading import read_definition
from policystudio.guardrails.repairs import smallest_repair
from policystudio.ram.render import Target
from tests.guardrails.test_sharing import definitions, sources
from tests.reference.evaluator import outcomes

TODAY = date(2026, 5, 1)
HERE = Target("1", "cn-a")
ACTIONS = ["kms:Encrypt", "kms:Decrypt"]
RESOURCES = [
    f"acs:kms:{region}:{account}:{rest}"
    for region, account, rest in product(["cn-a", "cn-b", "eu-a"], ["1", "12", "2"], ["key/a", "x"])
]
CONTEXTS = [{}, *({"acs:SourceVpc": value} for value in ("1", "12", "x"))]
WORLD = list(product(ACTIONS, RESOURCES, CONTEXTS))


def got(text, request):
    """What the reference says that the request gets."""
    document = json.loads(text.replace("${account}", HERE.account).replace("${region}", HERE.region))
    [said] = outcomes(document, *request)
    return str(said)


def is_broken_in_the_world(source, definition):
    """The definition word for word, asked of every request."""
    rule = shape_texts(definition, TODAY)

    def fits(text, request):
        return got(text, request) == "allow"

    allowed = [each for each in WORLD if got(source, each) == "allow"]
    if definition.kind == "never":
        return any(
            fits(rule.never, each) and not any(fits(shape, each) for shape in rule.unless) for each in allowed
        )
    if definition.kind == "separation":
        return any(fits(rule.never, each) for each in allowed) and any(
            fits(rule.other, each) for each in allowed
        )
    return any(fits(rule.never, each) and got(source, each) != "explicit_deny" for each in WORLD)


@given(sources(False), definitions(False))
def test_what_is_said_is_so_in_a_small_world(source, definition):
    text = source.replace("${account}", HERE.account).replace("${region}", HERE.region)
    outcome = judge(text, fill(shape_texts(definition, TODAY), HERE.account, [HERE.region]))
    assert outcome.answer is not Answer.UNKNOWN
    if is_broken_in_the_world(source, definition):
        assert outcome.answer is Answer.YES
    for request in outcome.requests:
        said = got(source, (request.action, request.resource, dict(request.context)))
        assert (said == "allow") if definition.kind != "deny-floor" else (said != "explicit_deny")


@given(sources(False), definitions(False))
def test_an_offered_repair_mends_it(source, definition):
    subject = Subject("app", source, (HERE,))
    found = tuple(broken(definition, subject, {}, TODAY))
    repair = smallest_repair(definition, subject, found, {}, TODAY) if found else None
    if repair is not None and repair.source is not None:
        assert not broken(definition, Subject("app", repair.source, (HERE,)), {}, TODAY)
        assert not is_broken_in_the_world(repair.source, definition)


def test_an_operator_without_a_reading_is_unknown():
    statement = {
        "Effect": "Allow",
        "Action": "kms:Encrypt",
        "Resource": "*",
        "Condition": {"ForAllValues:StringEquals": {"acs:SourceVpc": "vpc-1"}},
    }
    text = json.dumps({"Version": "1", "Statement": [statement]})
    rule = shape_texts(read_definition({"never": {"actions": ["kms:Encrypt"]}}), TODAY)
    outcome = judge(text, rule)
    assert outcome.answer is Answer.UNKNOWN
    assert not outcome.is_kept


@pytest.mark.parametrize("text", ["", "{}", '{"Version": "1"}', "[" * 10_000])
def test_what_cannot_be_read_is_unknown(text):
    rule = shape_texts(read_definition({"never": {"actions": ["kms:*"]}}), TODAY)
    assert judge(text, rule).answer is Answer.UNKNOWN
