"""What is made of conditions: their keys, operators, moments, and whether they can hold together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policystudio.catalog import load
from policystudio.validation.context import Context
from policystudio.validation.contradictions import contradictions
from policystudio.validation.terms import (
    actions_without_key,
    first_start,
    is_end,
    is_loosening,
    is_negated,
    is_start,
    key_of_other_service,
    lacks_tail,
    last_end,
    moments,
    nearest_key,
    operator_of,
    plain_stars,
    sure_of_key,
    unfit_operator,
    unknown_key,
    unreadable,
)
from tests.validation.contexts import about, statement


def only(operator: str, key: str, values: object = "x", **members: object):
    """The one condition, its statement and the context."""
    context = about(statement(Condition={operator: {key: values}}, **members))
    (found,) = context.document.statements
    return found.conditions[0], found, context


@pytest.mark.parametrize(
    ("effect", "operator", "negated", "loosens"),
    [
        ("Allow", "StringEquals", False, False),
        ("Allow", "StringNotEquals", True, True),
        ("Deny", "StringEquals", False, True),
        ("Deny", "StringNotEquals", True, False),
        ("Allow", "ForAnyValue:StringNotLike", True, True),
        ("Allow", "ForAllValues:StringLike", False, False),
        ("Allow", "NotIpAddress", True, True),
        ("Allow", "Bool", False, False),
    ],
)
def test_condition_loosens_when_it_holds_for_what_fits_nothing(effect, operator, negated, loosens):
    condition, found, _ = only(operator, "a:b", Effect=effect)
    assert operator_of(condition) == operator.rpartition(":")[2]
    assert is_negated(condition) is negated
    assert is_loosening(condition, found) is loosens


@pytest.mark.parametrize(
    ("operator", "values", "starred", "like"),
    [
        ("StringEquals", ["a", "b*", "*"], ["b*", "*"], "StringLike"),
        ("StringNotEquals", ["b*"], ["b*"], "StringNotLike"),
        ("StringEqualsIgnoreCase", ["b*"], ["b*"], "StringLike"),
        ("StringNotEqualsIgnoreCase", ["b*"], ["b*"], "StringNotLike"),
        ("ForAnyValue:StringEquals", ["b*"], ["b*"], "StringLike"),
        ("StringLike", ["b*"], [], ""),
        ("Bool", ["b*"], [], ""),
        ("StringEquals", ["b?"], [], ""),
    ],
)
def test_stars_that_are_compared_as_they_stand(operator, values, starred, like):
    condition, _, _ = only(operator, "a:b", values)
    told = list(plain_stars(condition))
    assert [value.text for value, _ in told] == starred
    assert all(f"use `{like}`" in said and f"`{operator_of(condition)}`" in said for _, said in told)


@pytest.mark.parametrize(
    ("key", "lacks"),
    [
        ("kms:tag", True),
        ("kms:tag/", True),
        ("kms:tag:", True),
        ("kms:tag/a", False),
        ("acs:ResourceTag/", True),
        ("acs:RequestTag", True),
        ("kms:EncryptionContext:", True),
        ("acs:SourceIp", False),
    ],
)
def test_key_with_a_free_tail_needs_one(key, lacks):
    assert lacks_tail(key) is lacks


@pytest.mark.parametrize(
    ("key", "is_unknown", "meant"),
    [
        ("acs:SourceIp", False, None),
        ("acs:SourceIP", True, "acs:SourceIp"),
        ("kms:Tag/Project", True, "kms:tag/Project"),
        ("kms:tag/", False, None),
        ("kms:tag/x", False, None),
        ("acs:PrincipalArn", False, None),
        ("acs:UserAgent", False, None),
        ("acs:Zzzzzzzzzz", True, None),
        ("ecs:Zzz", False, None),
        ("Zzz", False, None),
    ],
)
def test_key_is_unknown_when_neither_catalogue_nor_pages_hold_it(key, is_unknown, meant):
    condition, _, context = only("StringEquals", key)
    said = unknown_key(condition, context)
    assert (said is not None) is is_unknown
    if said:
        assert f"`{key}`" in said
        assert load().compiled_on.isoformat() in said
        assert ("did you mean" in said) == (meant is not None)
        assert meant is None or f"`{meant}`" in said
        assert nearest_key(condition, context) == meant


@pytest.mark.parametrize(
    ("key", "actions", "is_other"),
    [
        ("ecs:tag/a", "kms:Decrypt", True),
        ("ECS:tag/a", "kms:*", True),
        ("ecs:tag/a", ["kms:Decrypt", "ecs:Run"], False),
        ("kms:tag/a", "kms:Decrypt", False),
        ("KMS:tag/a", "kms:Decrypt", False),
        ("acs:SourceIp", "kms:Decrypt", False),
        ("aws:SourceIp", "kms:Decrypt", False),
        (":a", "kms:Decrypt", False),
    ],
)
def test_key_of_another_service_is_never_sent_with_kms_alone(key, actions, is_other):
    condition, found, context = only("StringEquals", key, Action=actions)
    assert key_of_other_service(condition, found, context) is is_other


def test_how_sure_a_key_is_comes_from_the_catalogue():
    condition, _, context = only("StringEquals", "kms:tag/a")
    known = context.catalogue.condition_keys["kms:tag/${TagKey}"]
    assert sure_of_key(condition, context) in (known.confidence, known.actions_confidence)
    condition, _, context = only("StringEquals", "kms:Zzz")
    assert sure_of_key(condition, context) == "inferred"
    assert actions_without_key(*only("StringEquals", "kms:Zzz")) == ()


@pytest.mark.parametrize(
    ("actions", "lacking"),
    [
        (["kms:Decrypt"], []),
        (["kms:ListKeys"], ["kms:ListKeys"]),
        (["kms:ListKeys", "kms:ListKeys"], ["kms:ListKeys"]),
        (["kms:ListKeys", "kms:Decrypt"], ["kms:ListKeys"]),
        (["kms:List*"], None),
        (["kms:*"], []),
    ],
)
def test_actions_whose_requests_never_carry_the_key(actions, lacking):
    condition, found, context = only("StringEquals", "kms:tag/a", Action=actions, Resource="*")
    carrying = context.catalogue.condition_keys["kms:tag/${TagKey}"].actions
    assert carrying is not None
    told = [action.name for action in actions_without_key(condition, found, context)]
    if lacking is None:
        reached = [action.name for action in context.reach(found).usable(found.actions[0])]
        lacking = reached if not carrying & set(reached) else []
    assert told == lacking


@pytest.mark.parametrize(
    ("operator", "key", "instead"),
    [
        ("StringEquals", "acs:SourceIp", "IpAddress"),
        ("StringNotEquals", "acs:SourceIp", "NotIpAddress"),
        ("IpAddress", "acs:SourceIp", "fits"),
        ("StringEquals", "acs:SecureTransport", "Bool"),
        ("StringNotEquals", "acs:SecureTransport", None),
        ("StringEquals", "kms:tag/a", "fits"),
        ("Bool", "kms:tag/a", "StringEquals"),
        ("StringEquals", "kms:Zzz", "fits"),
        ("Unheard", "acs:SourceIp", "fits"),
    ],
)
def test_operator_that_does_not_suit_its_key(operator, key, instead):
    text_of = "true" if "Bool" in operator else "x"
    context = about(statement(Condition={"StringEquals": {key: text_of}}))
    condition = context.document.statements[0].conditions[0]
    condition = replace(condition, operator=condition.operator._replace(text=operator))
    found = unfit_operator(condition, context)
    if instead == "fits":
        assert found is None
        return
    assert found is not None
    said, written, sure = found
    assert written == instead
    assert f"`{operator}` does not suit `{key}`" in said
    assert sure == "documented"


def test_key_whose_type_nobody_knows_suits_every_operator():
    condition, _, context = only("Bool", "kms:tag/a", "true")
    known = context.catalogue.condition_keys["kms:tag/${TagKey}"]
    keys = {**context.catalogue.condition_keys, known.key: replace(known, type="unknown")}
    other = Context(context.document, replace(context.catalogue, condition_keys=keys), context.now)
    assert unfit_operator(condition, context) is not None
    assert unfit_operator(condition, other) is None


def test_values_that_an_operator_cannot_read():
    condition, _, _ = only("NumericEquals", "acs:MFAAge", ["1", "x", "2", ""])
    assert [value.text for value, _ in unreadable(condition, "number")] == ["x", ""]
    assert list(unreadable(condition, "date")) == []


TIMES = ["2026-01-01T00:00:00Z", "soon", "2027-01-01T00:00:00Z", "2026-06-01T00:00:00Z"]


@pytest.mark.parametrize(
    ("operator", "key", "ends", "starts"),
    [
        ("DateLessThan", "acs:CurrentTime", True, False),
        ("DateLessThanEquals", "acs:CurrentTime", True, False),
        ("DateGreaterThan", "acs:CurrentTime", False, True),
        ("DateGreaterThanEquals", "acs:CurrentTime", False, True),
        ("DateEquals", "acs:CurrentTime", False, False),
        ("DateLessThan", "acs:Other", False, False),
        ("DateGreaterThan", "acs:Other", False, False),
        ("DateGreaterThan", "zzz:Other", False, False),
    ],
)
def test_condition_on_the_time_says_until_or_from_when(operator, key, ends, starts):
    condition, found, _ = only(operator, key, TIMES)
    assert (is_end(condition), is_start(condition)) == (ends, starts)
    assert [value.text for value, _ in moments(condition)] == [TIMES[0], TIMES[2], TIMES[3]]
    end, start = last_end(found), first_start(found)
    assert (end[0].text if end else None) == (TIMES[2] if ends else None)
    assert (start[0].text if start else None) == (TIMES[0] if starts else None)


def test_of_several_ends_the_first_counts_and_of_several_starts_the_last():
    condition = {
        "DateLessThan": {"acs:CurrentTime": [TIMES[2], TIMES[0]]},
        "DateLessThanEquals": {"acs:CurrentTime": [TIMES[3]]},
        "DateGreaterThan": {"acs:CurrentTime": [TIMES[3], TIMES[0]]},
        "DateGreaterThanEquals": {"acs:CurrentTime": ["2026-02-01T00:00:00Z", TIMES[2]]},
    }
    (found,) = about(statement(Condition=condition)).document.statements
    end, start = last_end(found), first_start(found)
    assert end is not None
    assert start is not None
    assert (end[0].text, start[0].text) == (TIMES[3], "2026-02-01T00:00:00Z")
    (found,) = about(statement(Condition={"DateLessThan": {"acs:CurrentTime": "soon"}})).document.statements
    assert last_end(found) is None


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ({"StringEquals": {"a": "x"}, "StringLike": {"a": "y*"}}, "StringEquals/a"),
        ({"StringEquals": {"a": "x"}, "StringLike": {"a": "x*"}}, None),
        ({"StringEquals": {"a": "x"}, "StringLike": {"b": "y*"}}, None),
        ({"StringEquals": {"a": ["x", "y"]}, "StringLike": {"a": "y*"}}, None),
        ({"StringEquals": {"a": "x"}, "StringNotEquals": {"a": "x"}}, "StringEquals/a"),
        ({"StringEquals": {"a": "x"}, "StringNotEquals": {"a": "X"}}, None),
        ({"StringEquals": {"a": "x"}, "StringNotEqualsIgnoreCase": {"a": "X"}}, "StringEquals/a"),
        ({"StringEquals": {"a": "x"}, "StringEqualsIgnoreCase": {"a": "X"}}, None),
        ({"StringEquals": {"a": "x"}, "StringEqualsIgnoreCase": {"a": "Y"}}, "StringEquals/a"),
        ({"StringEquals": {"a": "x"}, "StringNotLike": {"a": ["z", "?"]}}, "StringEquals/a"),
        (
            {"StringEquals": {"a": ["x", "y"]}, "StringLike": {"a": "x"}, "StringNotEquals": {"a": "x"}},
            "StringEquals/a",
        ),
        ({"StringEquals": {"a": "${region}"}, "StringLike": {"a": "y*"}}, None),
        ({"StringEquals": {"a": "x"}, "StringLike": {"a": "${region}*"}}, None),
        ({"StringEquals": {"a": "x"}, "Bool": {"a": "true"}}, None),
        ({"StringLike": {"a": "x*"}, "StringNotLike": {"a": "*"}}, None),
        ({"StringEquals": {"a": []}, "StringLike": {"a": "y*"}}, None),
        ({"IpAddress": {"a": "10.1.0.0/16"}, "NotIpAddress": {"a": "10.0.0.0/8"}}, "IpAddress/a"),
        ({"IpAddress": {"a": "10.0.0.0/8"}, "NotIpAddress": {"a": "10.1.0.0/16"}}, None),
        ({"IpAddress": {"a": ["10.1.0.0/16", "8.8.8.8"]}, "NotIpAddress": {"a": "10.0.0.0/8"}}, None),
        ({"IpAddress": {"a": "nowhere"}, "NotIpAddress": {"a": "10.0.0.0/8"}}, None),
        (
            {"IpAddress": {"a": "10.1.0.0/16"}, "NotIpAddress": {"a": ["nowhere", "10.0.0.0/8"]}},
            "IpAddress/a",
        ),
        ({"IpAddress": {"a": "10.1.0.0/16"}, "StringEquals": {"a": "10.1.0.1"}}, None),
        ({"StringEquals": {"a": [f"x{n}" for n in range(200)]}, "StringLike": {"a": "y*"}}, "StringEquals/a"),
        ({"StringEquals": {"a": [f"x{n}" for n in range(201)]}, "StringLike": {"a": "y*"}}, None),
    ],
)
def test_conditions_on_one_key_that_cannot_hold_together(condition, place):
    (found,) = about(statement(Condition=condition)).document.statements
    assert [each.path for each in contradictions(found)] == (
        [f"/Statement/0/Condition/{place}"] if place else []
    )


@pytest.mark.parametrize(
    ("operator", "key", "has_one", "narrows"),
    [
        ("StringEquals", "kms:tag/a", True, True),
        ("StringLike", "acs:ResourceTag/a", True, True),
        ("ForAnyValue:StringEquals", "kms:tag/a", True, False),
        ("StringNotEquals", "kms:tag/a", False, False),
        ("StringEquals", "acs:SourceIp", False, False),
    ],
)
def test_tag_narrows_a_statement_where_it_surely_has_to_be_there(operator, key, has_one, narrows):
    _, found, context = only(operator, key)
    reach = context.reach(found)
    assert (reach.has_tag_condition, reach.is_narrowed_by_tag) == (has_one, narrows)
