"""What takes the room: parts that add up to the whole, and sizes that are those of the documents really rendered."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.builder import Builder, all_builders
from policystudio.ram.canonical import compact
from policystudio.ram.document import Document
from policystudio.ram.parse import parse
from policystudio.ram.reader import JsonObject, read
from policystudio.ram.render import RegionMode, Target, render_for
from policystudio.validation.room import Room, room_of
from policystudio.validation.size import TargetSize, added_by_regions, measure, sizes
from tests.strategies import json_values, readable_text

ALIKE = ("cn-hangzhou", "cn-shenzhen", "eu-central-1", "cn-hongkong")
elements = st.sampled_from(["Effect", "Action", "Resource", "Condition", "Sid"])
statements = st.dictionaries(elements | readable_text, json_values, max_size=5)


def document_of(*statements: object) -> Document:
    found = parse(json.dumps({"Version": "1", "Statement": statements})).document
    assert found is not None
    return found


def on(*resources: str) -> dict[str, object]:
    return {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:Encrypt"], "Resource": list(resources)}


def room_of_text(text: str) -> Room:
    value = read(text).value
    assert isinstance(value, JsonObject)
    return room_of(value)


@given(st.lists(statements | json_values, max_size=4))
def test_parts_add_up_to_the_whole_whatever_the_document(items: list[object]) -> None:
    text = json.dumps({"Version": "1", "Statement": items}, ensure_ascii=False)
    room = room_of_text(text)
    assert room.bytes == len(compact(read(text).value).encode("utf-8", "replace"))  # type: ignore[arg-type]
    assert room.bytes == room.rest + sum(statement.bytes for statement in room.statements)
    for statement in room.statements:
        assert statement.bytes == statement.rest + sum(element.bytes for element in statement.elements)
        assert statement.rest == 2 + max(len(statement.elements) - 1, 0)


def test_the_largest_element_comes_first() -> None:
    room = room_of_text(json.dumps({"Version": "1", "Statement": [on("a"), on("b" * 100, "c")]}))
    assert room.largest is not None
    statement, element = room.largest
    assert (statement.index, element.name, element.entries) == (1, "Resource", 2)
    assert element.path == "/Statement/1/Resource"
    assert [each.index for each in room.statements] == [1, 0]


def test_a_document_without_statements_has_only_a_rest() -> None:
    room = room_of_text('{"Version": "1", "Statement": "none"}')
    assert (room.statements, room.largest, room.rest) == ((), None, room.bytes)


@pytest.mark.parametrize("mode", RegionMode)
def test_every_target_has_the_size_of_what_is_rendered_for_it(mode: RegionMode) -> None:
    document = document_of(on("acs:kms:${region}:${account}:key/a", "acs:kms:cn-hangzhou:1:key/a"))
    targets = tuple(Target(f"10{n}", region) for n in range(3) for region in ALIKE[n:])
    longest = {
        each.target: len(compact(read(each.text).value))  # type: ignore[arg-type]
        for each in render_for(document, targets, mode, "apollo")
    }
    found = sizes(document, targets, mode)
    told = {
        Target(each.account, region): each.size.bytes_compact for each in found for region in each.regions
    }
    assert told == longest
    assert found[0].size == measure(document, targets, mode).size
    assert list(found) == sorted(found, key=_bytes, reverse=True)


def _bytes(each: TargetSize) -> int:
    return each.size.bytes_compact


def test_what_a_region_adds_is_what_goes_with_it() -> None:
    document = document_of(on("acs:kms:${region}:${account}:key/a", "acs:kms:${region}:${account}:key/b"))
    added = dict(added_by_regions(document, "100", ALIKE))
    for region in ALIKE:
        without = tuple(Target("100", other) for other in ALIKE if other != region)
        smaller = measure(document, without, RegionMode.COMBINED).size.bytes_compact
        whole = measure(
            document, tuple(Target("100", r) for r in ALIKE), RegionMode.COMBINED
        ).size.bytes_compact
        assert added[region] == whole - smaller
    assert added_by_regions(document, "100", ALIKE[:1]) == ()


def test_a_hopelessly_long_source_is_rendered_for_nobody() -> None:
    document = document_of(on(*(f"acs:kms:${{region}}:${{account}}:key/{n}" for n in range(900))))
    assert sizes(document, [Target("100", "cn-hangzhou")], RegionMode.SEPARATE) == ()


@pytest.mark.parametrize("builder", all_builders().values(), ids=lambda builder: builder.slug)
def test_what_a_builder_makes_adds_up(builder: Builder) -> None:
    text = builder.build(builder.defaults()).source
    room = room_of_text(text)
    assert room.bytes == sum(s.rest + sum(e.bytes for e in s.elements) for s in room.statements) + room.rest
