"""What a change of a document adds and takes away, and which way access goes."""

from __future__ import annotations

import json
from time import process_time
from typing import Any

import pytest

from policystudio.analysis.permissions import Bearing, Change, changes, permissions
from policystudio.catalog import load
from policystudio.ram.document import Document
from policystudio.ram.parse import parse

KEYS = "acs:kms:${region}:${account}:key/*"
ONE_KEY = "acs:kms:${region}:${account}:key/key-hzz0000000000001"
SECRETS = "acs:kms:${region}:${account}:secret/*"
OFFICE = {"IpAddress": {"acs:SourceIp": ["203.0.113.0/24"]}}


def document(*statements: dict[str, Any]) -> Document:
    parsed = parse(json.dumps({"Version": "1", "Statement": list(statements)}))
    assert parsed.document is not None
    return parsed.document


def allow(actions: Any, resources: Any = KEYS, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": actions, "Resource": resources, **more}


def deny(actions: Any, resources: Any = KEYS, **more: Any) -> dict[str, Any]:
    return {**allow(actions, resources, **more), "Effect": "Deny"}


def difference(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> tuple[Change, ...]:
    old = permissions(document(*before), load()) if before else permissions(None, load())
    return changes(old, permissions(document(*after), load()))


def only(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Change:
    (found,) = difference(before, after)
    return found


def test_equal_documents_change_nothing() -> None:
    assert difference([allow("kms:Encrypt")], [allow(["kms:Encrypt"])]) == ()


def test_everything_is_new_where_nothing_was() -> None:
    found = only([], [allow(["kms:Encrypt", "kms:Decrypt"], [KEYS, ONE_KEY])])
    assert (found.is_added, found.bearing, found.count) == (True, Bearing.WIDENS, 4)
    assert found.actions == ("kms:Decrypt", "kms:Encrypt")


def test_a_wildcard_is_expanded_and_kept() -> None:
    found = only([], [allow("kms:TagRes*")])
    assert found.actions == ("kms:TagRes*", "kms:TagResource", "kms:TagResources")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([allow("kms:Encrypt")], [allow(["kms:Encrypt", "kms:Decrypt"])], [(True, "widens")]),
        ([allow(["kms:Encrypt", "kms:Decrypt"])], [allow("kms:Encrypt")], [(False, "narrows")]),
        ([allow("kms:Encrypt"), deny("kms:Decrypt")], [allow("kms:Encrypt")], [(False, "widens")]),
        ([allow("kms:Encrypt")], [allow("kms:Encrypt"), deny("kms:Decrypt")], [(True, "narrows")]),
        ([allow("kms:Encrypt")], [allow("kms:Encrypt", ONE_KEY)], [(False, "narrows"), (True, "same")]),
        ([allow("kms:Encrypt", ONE_KEY)], [allow("kms:Encrypt")], [(True, "widens"), (False, "same")]),
        (
            [allow("kms:Encrypt")],
            [allow("kms:Encrypt", Condition=OFFICE)],
            [(False, "narrows"), (True, "same")],
        ),
        (
            [allow("kms:Encrypt", Condition=OFFICE)],
            [allow("kms:Encrypt")],
            [(True, "widens"), (False, "same")],
        ),
        ([allow("kms:encrypt")], [allow("kms:ENCRYPT")], []),
    ],
)
def test_widening_comes_first_and_what_is_covered_is_told_apart(
    before: list[dict[str, Any]], after: list[dict[str, Any]], expected: list[tuple[bool, str]]
) -> None:
    assert [(c.is_added, str(c.bearing)) for c in difference(before, after)] == expected


def test_other_values_of_a_condition_widen_and_narrow() -> None:
    home = {"IpAddress": {"acs:SourceIp": ["198.51.100.0/24"]}}
    found = difference([allow("kms:Encrypt", Condition=OFFICE)], [allow("kms:Encrypt", Condition=home)])
    assert [(c.is_added, str(c.bearing)) for c in found] == [(True, "widens"), (False, "narrows")]


def test_what_the_documentation_rules_out_is_left_out() -> None:
    assert only([], [allow(["kms:Encrypt", "kms:GetSecretValue"], [SECRETS])]).actions == (
        "kms:GetSecretValue",
    )


def test_an_unknown_action_is_kept_as_written() -> None:
    assert only([], [allow("kms:InventedYesterday")]).actions == ("kms:InventedYesterday",)


@pytest.mark.parametrize("element", ["NotAction", "NotResource"])
def test_everything_but_is_never_taken_for_what_it_excepts(element: str) -> None:
    plain = allow("kms:Encrypt")
    statement = {key: value for key, value in plain.items() if key != element.removeprefix("Not")}
    statement[element] = plain[element.removeprefix("Not")]
    found = difference([plain], [statement])
    assert {(c.is_added, str(c.bearing)) for c in found} == {(True, "widens"), (False, "narrows")}


def test_an_explicit_list_is_covered_by_the_wildcard_before_it() -> None:
    found = difference([allow("kms:TagRes*")], [allow(["kms:TagResource", "kms:TagResources"])])
    assert [(c.is_added, str(c.bearing), c.actions) for c in found] == [(False, "narrows", ("kms:TagRes*",))]


def test_a_value_with_a_comma_is_not_taken_for_two_values() -> None:
    one, two = (
        allow("kms:Encrypt", Condition={"StringEquals": {"kms:tag/T": values}})
        for values in (["a, b"], ["a", "b"])
    )
    found = difference([one], [two])
    assert [(c.is_added, str(c.bearing)) for c in found] == [(True, "widens"), (False, "narrows")]
    assert found[0].conditions != found[1].conditions


def test_a_colon_in_the_key_of_a_condition_is_not_taken_for_its_end() -> None:
    one = allow("kms:Encrypt", Condition={"StringEquals": {"kms:tag/T": "a: b"}})
    two = allow("kms:Encrypt", Condition={"StringEquals": {"kms:tag/T: a": "b"}})
    assert {str(c.bearing) for c in difference([one], [two])} == {"widens", "narrows"}


@pytest.mark.parametrize("element", ["NotAction", "NotResource"])
def test_an_exception_with_a_comma_is_not_taken_for_two_exceptions(element: str) -> None:
    plain = allow("kms:Encrypt")
    del plain[element.removeprefix("Not")]
    found = difference([{**plain, element: ["a, b"]}], [{**plain, element: ["a", "b"]}])
    assert {str(c.bearing) for c in found} == {"widens", "narrows"}


def test_the_order_and_repeats_of_values_change_nothing() -> None:
    one, two = (
        allow("kms:Encrypt", Condition={"StringEquals": {"kms:tag/T": values}})
        for values in (["a", "b"], ["b", "a", "b"])
    )
    assert difference([one], [two]) == ()


def test_every_key_of_a_large_document_renamed_is_compared_in_a_second_or_two() -> None:
    """Forty keys are a valid policy; each permission compared with each of the other side took 80 seconds."""
    before, after = (
        [allow("kms:*", [f"acs:kms:${{region}}:${{account}}:key/{letter}{n}" for n in range(40)])]
        for letter in "ab"
    )
    started = process_time()
    found = difference(before, after)
    assert process_time() - started < 4
    assert [(str(c.bearing), len(c.resources)) for c in found] == [("widens", 40), ("narrows", 40)]


def test_many_patterns_of_resources_are_compared_in_a_second_or_two() -> None:
    before, after = (
        [allow("kms:Get*", [f"acs:kms:*:*:secret/*{letter}{n}*" for n in range(190)])] for letter in "ab"
    )
    started = process_time()
    assert {str(c.bearing) for c in difference(before, after)} == {"widens", "narrows"}
    assert process_time() - started < 4
