"""Every request that was read is in the answer, with what became of it."""

from __future__ import annotations

import json

from policystudio.analysis.request import Request
from policystudio.analysis.requirements import Answer, State, answered, counted, read_pasted, unless_refused
from policystudio.catalog import load
from tests.analysis.requirements.generating import on
from tests.analysis.requirements.test_pasted import event


def of_text(text: str, *, with_refused: bool = False) -> Answer:
    chosen = (lambda _seen: True) if with_refused else unless_refused
    return answered(read_pasted(text, load()), chosen, catalogue=load())


def test_what_was_refused_is_allowed_only_where_that_is_chosen() -> None:
    text = json.dumps([event(), event(requestParameters={"KeyId": "k2"}, errorCode="Forbidden.NoPermission")])
    first = of_text(text)
    assert [line.state for line in first.lines] == [State.ALLOWED, State.NOT_CHOSEN]
    assert not first.is_whole
    assert on("key/k2") not in first.derived.source
    second = of_text(text, with_refused=True)
    assert second.is_whole
    assert on("key/k2") in second.derived.source


def test_what_is_left_out_has_its_reason_beside_it() -> None:
    requests = [Request("kms:Decrypt", "*"), Request("kms:Decrypt", on("key/a")), Request("kms:X", "*")]
    found = answered(counted(requests), lambda seen: seen.request.action != "kms:X", catalogue=load())
    assert [(line.state, line.why and line.why.code) for line in found.lines] == [
        (State.LEFT_OUT, "no-resource"),
        (State.ALLOWED, None),
        (State.NOT_CHOSEN, None),
    ]


def test_notes_stand_beside_their_request() -> None:
    found = answered(
        counted([Request("kms:Decrypt", on("key/a")), Request("kms:GetRandomPassword", on("secret/a"))]),
        unless_refused,
        catalogue=load(),
    )
    assert [[note.code for note in line.notes] for line in found.lines] == [[], ["without-resource"]]


def test_each_spelling_of_a_request_says_what_was_assumed_of_it() -> None:
    """The first one asks for the star itself; the others are widened to it, and that is never silent."""
    found = of_text(
        f"kms:GetRandomPassword *\nkms:GetRandomPassword {on('secret/a')}\nkms:GetRandomPassword {on('secret/b')}"
    )
    assert [[note.code for note in line.notes] for line in found.lines[1:]] == [["without-resource"]] * 2


def test_the_answer_can_be_written_as_json() -> None:
    found = of_text(f"kms:GetSecretValue {on('secret/a')}\nnothing")
    assert json.loads(json.dumps(found.as_json()))["not_read"][0]["code"] == "no-request"
