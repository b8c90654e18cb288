"""Events of a trail become the permissions that their calls need."""

from __future__ import annotations

import json
from typing import Any

import pytest

from policystudio.analysis.reported import Kind, Reported, read_reported
from policystudio.catalog import load
from tests.analysis.reported.texts import ACCOUNT, KEY, event

CATALOGUE = load()
ELSEWHERE = KEY.replace("hangzhou", "shanghai")
OPERATIONS = sorted({name for action in CATALOGUE.actions.values() for name in action.api_operations})


def read(*events: dict[str, Any]) -> tuple[Reported, ...]:
    return read_reported(json.dumps(list(events)), catalogue=CATALOGUE).reported


def asked(*events: dict[str, Any]) -> list[tuple[str, str]]:
    return [(each.action, each.resource or each.relative_id) for each in read(*events)]


def kms(rest: str) -> str:
    return f"acs:kms:cn-hangzhou:{ACCOUNT}:{rest}"


def test_an_event_is_a_request_with_what_it_carried() -> None:
    (found,) = read(event(errorCode="Forbidden.NoPermission", vpcId="vpc-1"))
    assert found.kind is Kind.TRAIL_EVENT
    assert (found.action, found.resource, found.is_refused) == ("kms:Decrypt", KEY, True)
    assert found.context == {
        "acs:SourceIp": "203.0.113.7",
        "acs:SourceVpc": "vpc-1",
    }
    assert found.principal == "ram-user alice"


def test_the_moment_of_a_call_is_carried_only_where_it_is_asked_for() -> None:
    first, second = read(event(), event(eventTime="2021-08-06T00:00:00Z"))
    assert first.request == second.request
    assert first.dated.context["acs:CurrentTime"] == "2021-08-05T09:21:32Z"
    assert second.dated.context["acs:CurrentTime"] == "2021-08-06T00:00:00Z"


@pytest.mark.parametrize(
    ("code", "refused"),
    [("Forbidden.NoPermission", True), ("NoPermission", True), (None, False), ("Rejected.Throttling", None)],
)
def test_only_a_missing_permission_is_a_refusal(code: str | None, refused: bool | None) -> None:
    (found,) = read(event(**({"errorCode": code} if code else {})))
    assert found.is_refused is refused


@pytest.mark.parametrize(
    "wrap",
    [
        lambda events: {"Events": events, "NextToken": "x"},
        lambda events: {"Records": events},
        lambda events: [{"__topic__": "actiontrail_event", "event": json.dumps(each)} for each in events],
        lambda events: events,
    ],
    ids=["Events", "Records", "log service", "list"],
)
def test_wrappers_of_events_are_opened(wrap: Any) -> None:
    events = [event(requestParameters={"KeyId": f"key-{number}"}) for number in range(3)]
    text = json.dumps(wrap(events), indent=1)
    found = read_reported(text, catalogue=CATALOGUE).reported
    assert [each.resource for each in found] == [kms(f"key/key-{number}") for number in range(3)]
    for each in found:
        assert f"key-{each.resource[-1]}" in text[each.start : each.end]
        assert text[each.start : each.end].count("eventName") == 1


def test_one_event_a_line_is_read() -> None:
    lines = "\n".join(json.dumps(event(requestParameters={"KeyId": f"key-{n}"})) for n in range(4))
    assert len(read_reported(lines, catalogue=CATALOGUE).reported) == 4


@pytest.mark.parametrize(
    ("name", "parameters", "expected"),
    [
        ("Decrypt", {"KeyId": ELSEWHERE}, [("kms:Decrypt", ELSEWHERE)]),
        ("Encrypt", {"KeyId": "alias/app"}, [("kms:Encrypt", kms("alias/app"))]),
        ("Encrypt", json.dumps({"KeyId": "key-1"}), [("kms:Encrypt", KEY)]),
        ("GetSecretValue", {"SecretName": "team/a"}, [("kms:GetSecretValue", kms("secret/team/a"))]),
        ("CreateKey", {}, [("kms:CreateKey", kms("key"))]),
        ("ListSecrets", {}, [("kms:ListSecrets", kms("secret"))]),
        ("GetRandomPassword", {}, [("kms:GetRandomPassword", "*")]),
        (
            "CreateAlias",
            {"AliasName": "alias/app", "KeyId": "key-1"},
            [("kms:CreateAlias", kms("alias/app")), ("kms:CreateAlias", KEY)],
        ),
        ("TagResource", {"SecretName": "a"}, [("kms:TagResource", kms("secret/a"))]),
        ("TagResource", {"KeyId": "key-1"}, [("kms:TagResource", KEY)]),
        (
            "ReEncrypt",
            {"SourceKeyId": "key-1", "DestinationKeyId": "key-2"},
            [("kms:ReEncryptFrom", KEY), ("kms:ReEncryptTo", kms("key/key-2"))],
        ),
        (
            "BatchGetSecretValue",
            {"SecretNames": '["a","b"]'},
            [("kms:GetSecretValue", kms("secret/a")), ("kms:GetSecretValue", kms("secret/b"))],
        ),
        ("Decrypt", {}, [("kms:Decrypt", "")]),
    ],
)
def test_operation_and_parameters_become_action_and_resource(
    name: str, parameters: Any, expected: list[tuple[str, str]]
) -> None:
    assert asked(event(eventName=name, requestParameters=parameters)) == expected


def test_what_the_parameters_do_not_name_is_taken_from_the_message_or_the_resource_name() -> None:
    message = f"This operation for {KEY} is forbidden by permission system."
    assert asked(event(requestParameters={}, errorMessage=message)) == [("kms:Decrypt", KEY)]
    assert asked(event(requestParameters={}, resourceName="key-1")) == [("kms:Decrypt", KEY)]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_operation_of_the_catalogue_names_actions_that_it_asks_for(operation: str) -> None:
    found = read(event(eventName=operation))
    assert found
    for each in found:
        action = CATALOGUE.action(each.action)
        assert action is not None
        assert operation in action.api_operations


def test_an_event_of_another_service_is_taken_as_it_stands() -> None:
    (found,) = read(event(serviceName="Ecs", eventName="RunInstances", eventSource="ecs.aliyuncs.com"))
    assert (found.action, found.resource) == ("ecs:RunInstances", "")
    assert "other-service" in {note.code for note in found.notes}


def test_a_caller_of_another_account_is_noted_and_the_resource_is_the_owners() -> None:
    (found,) = read(event(recipientAccountId="6543210987654321"))
    assert ":6543210987654321:" in found.resource
    assert "other-account" in {note.code for note in found.notes}


def test_a_call_from_inside_carries_no_address() -> None:
    (found,) = read(event(sourceIpAddress="Internal"))
    assert "acs:SourceIp" not in found.context
    assert "no-address" in {note.code for note in found.notes}
