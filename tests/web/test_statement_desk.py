"""What holds for every form that is sent to the statement editor: nothing is raised, and a refusal changes no text."""

from __future__ import annotations

import json

from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.editing.view import view
from policystudio.web.statements.commands import READERS
from policystudio.web.statements.desk import Desk
from policystudio.web.statements.history import MAX_CHARACTERS, History
from tests.strategies import any_text, documents, json_texts

CATALOGUE = load()
RESTS = [
    *("pick", "pattern", "find.q", "r.new.type", "r.new.name", "r.new.region", "r.new.region.literal"),
    *("r.0.type", "r.0.name", "r.0.text", "r.raw.text", "c.new.key", "c.new.tail", "c.new.operator"),
    *("c.new.values", "c.new.local", "c.new.one", "c.0.key", "c.0.operator", "c.0.values", "o.0.json"),
]
VALUES = [
    *("", "a", "*", "literal", "key", "everything", "all", "x,y", "true", "2026-12-31T23:59", "10.0.0.0/8"),
    *("kms:Decrypt", "kms:tag/${TagKey}", "acs:SourceIp", "other", "StringEquals", "IpAddress", "{,}", "[1]"),
]
texts = documents().map(json.dumps) | json_texts() | any_text
fields = st.dictionaries(
    st.builds(lambda index, rest: f"s{index}.{rest}", st.integers(0, 3), st.sampled_from(RESTS)),
    st.sampled_from(VALUES) | any_text,
    max_size=8,
)
LOOKS = [
    "open",
    "close",
    "open-all",
    "close-all",
    "pick",
    "choose-key",
    "choose-operator",
    "undo",
    "redo",
    "find",
]
commands = st.builds(
    lambda name, *places: " ".join((name, *places)),
    st.sampled_from([*READERS, *LOOKS]),
    st.sampled_from(["", "0", "1", "2", "x", "99999"]),
    st.sampled_from(["", "0", "1", "new", "Allow", "key"]),
)


def sent(readable: str, given: dict[str, str], opened: list[int]) -> QueryDict:
    data = QueryDict(mutable=True)
    data["readable"] = readable
    data.setlist("open", [str(index) for index in opened])
    for name, value in given.items():
        data[name] = value
    return data


@given(texts, texts, fields, st.lists(st.integers(0, 4), max_size=4), commands)
def test_no_form_and_no_command_raises(
    source: str, readable: str, given_fields: dict[str, str], opened: list[int], command: str
) -> None:
    desk = Desk.sent(sent(readable, given_fields, opened), source)
    after = desk.do(command, CATALOGUE)
    if after.wrong or not after.is_changed:
        assert after.source == source
    assert after.open <= frozenset(range(len(after.view.statements)))
    if after.is_readable:
        assert view(after.source) == after.view


@given(documents().map(json.dumps), commands)
def test_whatever_was_done_is_undone_and_done_again(source: str, command: str) -> None:
    desk = Desk.start(source)
    after = desk.do(command, CATALOGUE)
    if not after.is_changed or command.startswith(("undo", "redo")):
        return
    back = after.do("undo", CATALOGUE)
    assert back.source == source
    assert back.do("redo", CATALOGUE).source == after.source


@given(texts)
def test_a_history_is_read_from_anything_and_stays_small(field: str) -> None:
    assert isinstance(History.read(field), History)
    history = History(tuple(field + str(n) for n in range(150)))
    kept = History.read(history.written())
    assert kept.past == history.past[-len(kept.past) :]
    assert sum(map(len, kept.past)) <= MAX_CHARACTERS
