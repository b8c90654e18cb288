"""Whatever is pasted, reading ends soon, raises nothing, and loses nothing of what was understood."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.analysis.reported import read_reported
from policystudio.analysis.reported.pieces import pieces
from policystudio.catalog import load
from tests.analysis.reported import texts
from tests.strategies import any_text, json_texts

CATALOGUE = load()
MIB = 1024 * 1024
HOSTILE = {
    "deep lists": "[",
    "deep objects": '{"a":',
    "opened texts": '{"',
    "escapes": '\\"',
    "unclosed": '["a",',
    "half resources": "acs:kms:",
    "half sentences": "operation for ",
    "half events": '[{"eventName":"x","eventId":1}',
    "letters": "AQ",
    "operations": "NoPermission Decrypt ",
    "actions": "kms:A",
    "options": "--KeyId ",
    "lines": "\n",
    "entities": "&quot;{",
    "markup": "<script>alert(1)</script>",
    "nothing": "\x00",
    "brackets": '[{"":[{"":',
    "texts that break off": '{"a": "\\"',
    "members that break off": '{"eventName": "x", ',
}


@pytest.mark.parametrize("part", HOSTILE.values(), ids=HOSTILE)
def test_a_megabyte_of_one_part_is_read_in_time_that_grows_with_it(part: str) -> None:
    def seconds(size: int) -> float:
        text = (part * (size // len(part) + 1))[:size]
        start = time.process_time()
        read_reported(text, catalogue=CATALOGUE)
        return time.process_time() - start

    small, large = seconds(MIB // 8), seconds(MIB)
    assert large < 5
    assert large < 40 * small + 0.5


def test_thousands_of_events_are_read_in_seconds() -> None:
    text = json.dumps({"Events": [texts.event(requestParameters={"KeyId": f"key-{n}"}) for n in range(6000)]})
    start = time.process_time()
    found = read_reported(text, catalogue=CATALOGUE)
    assert time.process_time() - start < 5
    assert len({each.resource for each in found.reported}) == 6000


parts = st.sampled_from(
    [
        *HOSTILE.values(),
        json.dumps(texts.diagnostic()),
        json.dumps(texts.event(), indent=1),
        json.dumps(texts.detail()),
        texts.FROM_RAM,
        texts.FROM_JAVA,
        texts.FROM_COMMAND_LINE,
        texts.ENCODED,
        f"kms:Decrypt {texts.KEY} a=b\n",
        '{"authaction": [], "authconditions": 1, "matchedpolicies": [1], "authprincipal": "x"}',
        '{"eventName": {}, "eventId": 1, "userIdentity": [], "requestParameters": "{", "serviceName": "kms"}',
        '{"eventName": "Decrypt", "eventId": 1, "requestParameters": {"KeyId": {"a": 1}}, "serviceName": "kms"}',
        '{"data": {"data": {"data": {"data": {"data": {"Code": "NoPermission", "Message": 1}}}}}}',
    ]
)
pasted = st.lists(parts | any_text | json_texts(), max_size=5).map("".join)


@given(pasted)
def test_anything_is_read_with_places_inside_the_text(text: str) -> None:
    found = read_reported(text, catalogue=CATALOGUE)
    for start, end in [(each.start, each.end) for each in found.reported] + [each[:2] for each in found.left]:
        assert 0 <= start <= end <= len(text)
    for reported in found.reported:
        assert json.dumps(reported.as_json()).encode()
        assert not any("\ud800" <= sign <= "\udfff" for value in reported.context.values() for sign in value)
        for note in reported.notes:
            assert 0 <= note.start <= note.end <= len(text)


@given(pasted)
def test_the_pieces_are_the_text_and_json_is_what_stands_there(text: str) -> None:
    at = 0
    for piece in pieces(text):
        assert piece.start == at
        at = piece.end
        if piece.value is not None:
            decoder = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)
            assert decoder.decode(text[piece.start : piece.end]) == piece.value
    assert at == len(text)


@given(st.lists(st.sampled_from(["diagnostic", "event"]), min_size=1, max_size=4), any_text)
def test_noise_around_json_hides_no_request(kinds: list[str], noise: str) -> None:
    noise = noise.translate({ord(sign): " " for sign in '[]{}"\\\x00'})
    made = [json.dumps(texts.diagnostic() if kind == "diagnostic" else texts.event()) for kind in kinds]
    found = read_reported(noise.join(["", *made, ""]), catalogue=CATALOGUE).reported
    assert sum(each.resource == texts.KEY and each.kind != "message" for each in found) == len(kinds)
