"""A pasted text gives each request once, with how often it was seen, and tells what it did not understand."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from policystudio.analysis.request import Request
from policystudio.analysis.requirements import Limits, Pasted, read_pasted
from policystudio.catalog import load
from tests.analysis.requirements.generating import ACCOUNT, ADDRESS, on
from tests.strategies import any_text


def pasted(text: str) -> Pasted:
    return read_pasted(text, load())


def event(**changes: Any) -> dict[str, Any]:
    return {
        "eventName": "Decrypt",
        "serviceName": "Kms",
        "acsRegion": "cn-hangzhou",
        "recipientAccountId": ACCOUNT,
        "sourceIpAddress": "10.0.0.1",
        "requestParameters": {"KeyId": "k1"},
        **changes,
    }


def test_events_are_counted_as_one_request() -> None:
    [seen] = pasted(json.dumps({"Events": [event()] * 3})).seen
    assert seen.request == Request("kms:Decrypt", on("key/k1"), {ADDRESS: "10.0.0.1"})
    assert (seen.times, seen.refused, seen.is_refused) == (3, 0, False)


def test_what_was_only_ever_refused_is_told_apart() -> None:
    refused = {"errorCode": "Forbidden.NoPermission"}
    found = pasted(
        json.dumps([event(), event(**refused), event(requestParameters={"KeyId": "k2"}, **refused)])
    )
    assert [(each.times, each.refused, each.is_refused) for each in found.seen] == [
        (2, 1, False),
        (1, 1, True),
    ]


def test_typed_lines_are_read_and_what_is_none_is_a_gap() -> None:
    text = f"kms:Decrypt {on('key/a')} {ADDRESS}=10.0.0.1\nkms:GetRandomPassword\nthis is nothing\n"
    found = pasted(text)
    assert [(each.request.action, each.request.resource) for each in found.seen] == [
        ("kms:Decrypt", on("key/a")),
        ("kms:GetRandomPassword", ""),
    ]
    assert [text[gap.start : gap.end].strip() for gap in found.gaps] == ["this is nothing"]


def test_each_typed_line_is_a_request_of_its_own() -> None:
    text = "kms:GetRandomPassword\nkms:OpenKmsService\nkms:Decrypt key/a\n"
    assert [each.request.action for each in pasted(text).seen] == text.replace(" key/a", "").split()


@pytest.mark.parametrize("carried", ["kms:tag/Name=my value", "acs:SourceIp=10.0.0.1 acs:SourceIp=10.0.0.2"])
def test_a_line_never_loses_what_it_carries(carried: str) -> None:
    """Without its condition the request would be allowed to more than it was asked for."""
    found = pasted(f"kms:Decrypt {on('key/a')} {carried}")
    assert (found.seen, [gap.code for gap in found.gaps]) == ((), ["malformed-line"])


def test_a_resource_may_hold_a_sign_of_equality() -> None:
    [seen] = pasted(f"kms:GetSecretValue {on('secret/a=b')} {ADDRESS}=10.0.0.1").seen
    assert (seen.request.resource, seen.request.context) == (on("secret/a=b"), {ADDRESS: "10.0.0.1"})


def test_gaps_have_their_place_in_the_whole_text() -> None:
    text = f"kms:Decrypt {on('key/a')}\n{json.dumps([event(acsRegion='')])}\nnothing here\nkms:Decrypt {on('key/b')}\n"
    found = pasted(text)
    assert [text[gap.start : gap.end].strip()[:7] for gap in found.gaps] == ['{"event', "nothing"]
    assert len(found.seen) == 2


def test_a_resource_without_a_place_is_a_gap() -> None:
    found = pasted(json.dumps(event(acsRegion="", recipientAccountId="")))
    assert (found.seen, [gap.code for gap in found.gaps]) == ((), ["no-place"])


def test_an_event_without_an_action_is_a_gap_at_its_place() -> None:
    text = f"kms:Decrypt {on('key/a')}\n{json.dumps(event(eventName=''))}\n"
    [gap] = pasted(text).gaps
    assert (gap.code, text[gap.start : gap.end].strip()[:7]) == ("no-action", '{"event')


def test_more_than_are_read_is_told() -> None:
    text = "\n".join(f"kms:Decrypt {on(f'key/k{number}')}" for number in range(3))
    found = read_pasted(text, load(), Limits(requests=2))
    assert (len(found.seen), [gap.code for gap in found.gaps]) == (2, ["too-many"])


@given(any_text)
def test_any_text_is_read(text: str) -> None:
    assert isinstance(pasted(text), Pasted)
