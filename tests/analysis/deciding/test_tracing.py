"""What the trace says of each element, and where it points."""

from __future__ import annotations

import pytest

from policystudio.analysis.deciding import Outcome, Reading
from tests.analysis.deciding.asking import KEY, asked, statement, told


def only(**given):
    """The one statement's trace."""
    keywords = {
        name: given.pop(name) for name in ("action", "resource", "context", "reading") if name in given
    }
    return asked(statement(**given), **keywords).trace[0]


def test_what_fits_is_told_with_the_entry_that_decided():
    found = only(Action=["kms:Encrypt", "KMS:D*"], Resource=["acs:kms:*:*:alias/*", "acs:kms:*:*:key/*"])
    assert found.outcome is Outcome.MATCH
    assert [element.by.path for element in found.elements] == [
        "/Statement/0/Action/1",
        "/Statement/0/Resource/1",
    ]
    assert told(found) == [
        ("match", "`KMS:D*` in `Action` fits"),
        ("match", "`acs:kms:*:*:key/*` in `Resource` fits"),
    ]


def test_what_is_left_out_is_told_with_the_entry_that_leaves_it_out():
    listed = {"Effect": "Allow", "NotAction": ["kms:De*"], "NotResource": ["acs:kms:*:*:alias/*"]}
    found = asked(listed).trace[0]
    assert found.outcome is Outcome.NO_MATCH
    assert [element.path for element in found.elements] == [
        "/Statement/0/NotAction",
        "/Statement/0/NotResource",
    ]
    assert told(found) == [
        ("no-match", "`kms:De*` in `NotAction` leaves it out"),
        ("match", f"`NotResource` does not leave out `{KEY}`"),
    ]


@pytest.mark.parametrize(
    ("pattern", "hint"),
    [
        ("acs:kms:*:*:secret/*", "whose name differs"),
        ("acs:kms:*:*:KEY/*", "whose name differs in letter case only"),
        ("acs:kms:cn-beijing:*:key/*", "whose region differs"),
        ("acs:kms:*:99*:key/*", "whose account differs"),
        ("acs:oss:*:*:key/*", "whose service differs"),
        ("acs:kms:cn-beijing:*:secret/*", "whose region and name differs"),
    ],
)
def test_the_nearest_resource_is_told_and_how_it_differs(pattern, hint):
    far = "acs:oss:cn-beijing:1:bucket"
    found = only(Resource=[far, pattern, far]).elements[1]
    assert found.by is None
    assert found.detail == f"nothing in `Resource` fits `{KEY}`; nearest is `{pattern}`, {hint}"


def test_no_resource_is_called_near_that_differs_in_most_fields():
    assert only(Resource="acs:oss:cn-beijing:1:bucket").elements[1].detail.endswith(f"fits `{KEY}`")


def test_an_operation_without_resource_is_told_what_would_reach_it():
    found = only(resource="*", Resource="acs:*:*:*:*").elements[1]
    assert found.detail.endswith("an operation without a resource of its own is reached by `*` alone")


@pytest.mark.parametrize(
    ("operator", "given", "outcome", "words"),
    [
        ("StringEquals", "a", "match", "`a` fits `a`, so `StringEquals` holds"),
        ("StringEquals", "z", "no-match", "`z` fits none of the values, so `StringEquals` does not hold"),
        ("StringNotEquals", "a", "no-match", "`a` fits `a`, so `StringNotEquals` does not hold"),
        ("StringNotEquals", "z", "match", "`z` fits none of the values, so `StringNotEquals` holds"),
        ("StringEquals", None, "no-match", "key not in the request"),
        ("StringNotEquals", None, "match", "key not in the request; `StringNotEquals` holds without it"),
    ],
)
def test_a_condition_is_told_with_what_the_request_carries(operator, given, outcome, words):
    context = {} if given is None else {"k:a": given}
    found = only(Condition={operator: {"k:a": ["b", "a"]}}, context=context)
    assert told(found)[2] == (outcome, words)
    element = found.elements[2]
    assert (element.operator, element.key) == (operator, "k:a")
    assert element.path == f"/Statement/0/Condition/{operator}/k:a"
    if given == "a":
        assert element.by is not None
        assert element.by.path == f"/Statement/0/Condition/{operator}/k:a/1"
    else:
        assert element.by is None


def test_the_value_that_decided_is_the_first_that_fits():
    limits = {"NumericLessThan": {"k:n": ["1", "10", "5"]}}
    element = only(Condition=limits, context={"k:n": "3"}).elements[2]
    assert element.by is not None
    assert element.by.text == "10"


@pytest.mark.parametrize(
    ("condition", "given", "words", "path"),
    [
        ({"Null": {"k:a": "true"}}, "x", "RAM documents no operator `Null`", "Null"),
        (
            {"ForAllValues:StringEquals": {"k:a": "x"}},
            "x",
            "no meaning of `ForAllValues:StringEquals`",
            "ForAll",
        ),
        ({"Bool": {"k:a": ["true", "false"]}}, "true", "`Bool` takes one value", "Bool/k:a"),
        (
            {"NumericEquals": {"k:a": ["1", "07"]}},
            "1",
            "cannot read `07`: leading zeros",
            "NumericEquals/k:a/1",
        ),
        (
            {"NumericEquals": {"k:a": "1"}},
            "x",
            "`NumericEquals` cannot read: not plain digits",
            "NumericEquals/k:a",
        ),
        (
            {"IpAddress": {"k:a": "10.0.0.0/8"}},
            "10.0.0.0/8",
            "a range instead of one address",
            "IpAddress/k:a",
        ),
    ],
)
def test_what_cannot_be_told_is_told_with_its_reason_and_place(condition, given, words, path):
    found = only(Condition=condition, context={"k:a": given})
    assert found.outcome is Outcome.UNDETERMINED
    element = found.elements[2]
    assert element.outcome is Outcome.UNDETERMINED
    assert words in element.detail
    assert element.doubt is not None
    assert element.doubt.path.startswith(f"/Statement/0/Condition/{path}")


def test_a_statement_that_fails_elsewhere_fails_whatever_is_in_doubt():
    found = only(Action="kms:Encrypt", Condition={"Null": {"k:a": "x"}})
    assert found.outcome is Outcome.NO_MATCH
    assert [str(element.outcome) for element in found.elements] == ["no-match", "match", "undetermined"]


def test_every_statement_is_traced_in_the_order_of_the_documents():
    found = asked(statement(Effect="Deny", Sid="no"), statement(Action="*"))
    assert [(each.path, each.sid, str(each.effect)) for each in found.trace] == [
        ("/Statement/0", "no", "Deny"),
        ("/Statement/1", None, "Allow"),
    ]
    assert [each.path for each in found.matched] == ["/Statement/0", "/Statement/1"]


@pytest.mark.parametrize("operator", ["StringNotEquals", "StringNotLike", "NotIpAddress", "DateNotEquals"])
def test_by_the_other_reading_a_negated_operator_needs_its_key(operator):
    value = {"NotIpAddress": "10.0.0.0/8", "DateNotEquals": "2026-01-01T00:00:00Z"}.get(operator, "x")
    given = statement(Condition={operator: {"k:a": value}})
    assert asked(given).decision == "allow"
    found = asked(given, reading=Reading(missing_negated=False))
    assert found.decision == "implicit_deny"
    assert found.reading.as_json() == {"missing_negated": False}
    assert told(found.trace[0])[2] == (
        "no-match",
        f"key not in the request; `{operator}` does not hold without it",
    )
