"""When a statement surely allows nothing, and what is not sure."""

from __future__ import annotations

import pytest

from policystudio.validation.nothing import grants_nothing, never_holds, sure_of_nothing, taken_back
from tests.validation.contexts import HERE, PLAIN, about, statement


def times(start: str | None = None, end: str | None = None) -> dict[str, object]:
    return {
        **({"DateGreaterThan": {"acs:CurrentTime": start}} if start else {}),
        **({"DateLessThan": {"acs:CurrentTime": end}} if end else {}),
    }


@pytest.mark.parametrize(
    ("condition", "is_vain"),
    [
        ({}, False),
        (times(end="2026-11-24T11:59:59Z"), True),
        (times(end="2026-11-24T12:00:00Z"), True),
        (times(end="2026-11-24T12:00:01Z"), False),
        (times(start="2027-01-01T00:00:00Z"), False),
        (times(start="2027-01-01T00:00:00Z", end="2027-01-01T00:00:01Z"), False),
        (times(start="2027-01-01T00:00:00Z", end="2027-01-01T00:00:00Z"), False),
        (times(start="2027-01-01T00:00:01Z", end="2027-01-01T00:00:00Z"), True),
        (times(start="2026-01-01T00:00:00Z", end="2026-02-01T00:00:00Z"), True),
        ({"StringEquals": {"ecs:tag/a": "b"}}, True),
        ({"StringNotEquals": {"ecs:tag/a": "b"}}, False),
        ({"ForAnyValue:StringEquals": {"ecs:tag/a": "b"}}, False),
        ({"ForAllValues:StringEquals": {"ecs:tag/a": "b"}}, False),
        ({"StringEquals": {"kms:tag/a": "b"}}, False),
        ({"StringEquals": {"kms:tag/a": "b"}, "StringLike": {"kms:tag/a": "c*"}}, True),
        ({"StringEquals": {"kms:tag/a": "b"}, "StringLike": {"kms:tag/a": "b*"}}, False),
    ],
)
def test_conditions_that_no_request_can_meet(condition, is_vain):
    context = about(statement(Condition=condition))
    (found,) = context.document.statements
    assert never_holds(found, context) is is_vain
    assert grants_nothing(found, context) is is_vain
    assert (sure_of_nothing(found, context) is None) is is_vain


def test_a_key_of_another_service_may_be_sent_with_actions_of_that_service():
    condition = {"StringEquals": {"ecs:tag/a": "b"}}
    context = about(statement(Action=["kms:Decrypt", "ecs:RunInstances"], Condition=condition))
    assert not never_holds(context.document.statements[0], context)


DENY_KEYS = statement(Effect="Deny", Resource=f"{HERE}:key/*")


@pytest.mark.parametrize(
    ("allow", "denies", "is_taken"),
    [
        (PLAIN, [], False),
        (PLAIN, [DENY_KEYS], True),
        (PLAIN, [statement(Effect="Deny", Action="kms:Encrypt")], False),
        (PLAIN, [statement(Effect="Deny", Resource=f"{HERE}:key/b")], False),
        (PLAIN, [{**DENY_KEYS, "Condition": {"Bool": {"acs:MFAPresent": "false"}}}], False),
        (statement(Action=["kms:Decrypt", "kms:Encrypt"]), [DENY_KEYS], False),
        (
            statement(Action=["kms:Decrypt", "kms:Encrypt"]),
            [DENY_KEYS, statement(Effect="Deny", Action="kms:Enc*")],
            True,
        ),
        (statement(Resource=[f"{HERE}:key/a", f"{HERE}:key/b"]), [statement(Effect="Deny")], False),
        (
            statement(Resource=[f"{HERE}:key/a", f"{HERE}:key/b"]),
            [statement(Effect="Deny"), statement(Effect="Deny", Resource=f"{HERE}:key/b")],
            True,
        ),
        (statement(NotResource=f"{HERE}:key/z"), [statement(Effect="Deny", Resource="*")], False),
        (statement(Action=["kms:Decrypt", "oss:GetObject"]), [DENY_KEYS], False),
        (statement(Action=["kms:Decrypt", "kms:ToBeInvented"]), [DENY_KEYS], False),
    ],
)
def test_what_denies_take_back_altogether(allow, denies, is_taken):
    for order in ([allow, *denies], [*denies, allow]):
        context = about(*order, stored=False)
        (found,) = [each for each in context.document.statements if each.is_allow]
        assert taken_back(found, context) is is_taken
        assert grants_nothing(found, context) is is_taken
        if is_taken:
            assert sure_of_nothing(found, context) == "documented"


@pytest.mark.parametrize(
    ("written", "is_nothing", "sure"),
    [
        (statement(Effect="Deny"), True, None),
        (statement(NotAction="*"), True, None),
        (statement(NotAction=["kms:Decrypt", "*:*"]), True, None),
        (statement(NotAction="kms:*"), False, "documented"),
        (statement(NotResource="*"), True, None),
        (statement(NotResource=["**", f"{HERE}:key/a"]), True, None),
        (statement(NotResource=f"{HERE}:*"), False, "documented"),
        (statement(Resource=f"{HERE}:secret/a"), True, "documented"),
        (statement(Resource=f"{HERE}:key/a"), False, "documented"),
        (statement(Action=["kms:Decrypt", "oss:Get*"], Resource=f"{HERE}:secret/a"), False, "documented"),
        (statement(Action=["kms:Decrypt", "kms:New"], Resource=f"{HERE}:secret/a"), False, "documented"),
    ],
)
def test_statements_that_meet_nothing(written, is_nothing, sure):
    context = about(written, stored=False)
    (found,) = context.document.statements
    assert grants_nothing(found, context) is is_nothing
    assert sure_of_nothing(found, context) == sure
