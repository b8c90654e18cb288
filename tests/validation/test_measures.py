"""How long documents are, what takes the room, and how much is said of those that are too long."""

from __future__ import annotations

import json

import pytest

from policystudio.catalog import load
from policystudio.ram.canonical import canonical
from policystudio.ram.finding import Finding, Severity
from policystudio.ram.render import RegionMode, Target
from policystudio.validation import pipeline
from policystudio.validation.fingerprint import fingerprints
from policystudio.validation.pipeline import MAX_FINDINGS, MAX_PER_CHECK, Validation, validate
from policystudio.validation.room import room_of
from policystudio.validation.size import (
    CLEARLY_SHORT,
    LIMIT,
    Size,
    added_by_regions,
    longest,
    measure,
    sizes,
    source_size,
)
from tests.reading import document, value
from tests.validation.contexts import HERE, NOON, statement

COMPACT = (",", ":")
FILLED = (
    '{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:Decrypt",'
    '"Resource":"acs:kms:${region}:${account}:key/a"}]}'
)


def judge(text: str) -> Validation:
    return validate(text, catalogue=load(), now=NOON)


def many_unknown(length: int) -> str:
    """A document of just so many bytes without blanks with more unknown actions than one check tells of at most."""
    actions = [f"kms:Zz{n}" for n in range(2 * MAX_PER_CHECK)]

    def text(filling: int) -> str:
        written = statement(Action=actions, Resource=f"{HERE}:key/{'a' * filling}")
        return json.dumps({"Version": "1", "Statement": [written]}, separators=COMPACT)

    return text(1 + length - len(text(1)))


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (CLEARLY_SHORT, 2 * MAX_PER_CHECK),
        (LIMIT - 1, 2 * MAX_PER_CHECK),
        (LIMIT, 2 * MAX_PER_CHECK),
        (LIMIT + 1, MAX_PER_CHECK),
        (10 * LIMIT, MAX_PER_CHECK),
        (10 * LIMIT + 1, 0),
    ],
)
def test_what_ram_can_take_is_judged_whole_and_what_is_hopeless_not_at_all(length, told):
    found = judge(many_unknown(length))
    assert found.size.bytes_compact == length
    codes = [each.code for each in found.findings]
    assert codes.count("unknown-action") == told
    assert ("document-over-limit" in codes) == (length > LIMIT)
    if not told:
        assert [(f.code, f.severity, f.path, f.line, f.column) for f in found.findings] == [
            ("document-over-limit", Severity.ERROR, "", 1, 1)
        ]


@pytest.mark.parametrize(
    ("many", "kept"), [(1, 1), (MAX_FINDINGS, MAX_FINDINGS), (MAX_FINDINGS + 1, MAX_FINDINGS)]
)
def test_of_very_many_findings_the_first_are_told_and_how_many_there_are(many, kept):
    findings = tuple(Finding("a-code", Severity.WARNING, "", "", n + 1, 1) for n in range(many))
    told = pipeline._limited(findings)
    assert [each for each in told if each.code == "a-code"] == list(findings[:kept])
    rest = [each for each in told if each.code != "a-code"]
    assert [(f.code, f.severity, f.path, f.line, f.column) for f in rest] == (
        [("too-many-findings", Severity.ERROR, "", 1, 1)] if many > kept else []
    )
    assert all(str(many) in each.message and str(kept) in each.message for each in rest)


def test_validations_are_equal_when_they_say_the_same():
    """However their size is measured."""
    assert judge("{") == judge("{")
    assert judge("{") != judge("[")
    assert "measured" not in repr(judge("{"))


def test_text_without_structure_is_as_long_as_it_is():
    found = judge("é{")
    assert (found.document, found.size) == (None, Size(3, 3))
    assert not found.is_valid


def test_only_security_warnings_need_a_reason():
    found = judge(
        json.dumps({"Version": "1", "Statement": [statement(Action=["kms:*", "oss:*"], Resource="*")]})
    )
    assert {each.severity for each in found.findings} >= {Severity.SECURITY_WARNING, Severity.WARNING}
    assert {each.severity for each in found.security_warnings} == {Severity.SECURITY_WARNING}


@pytest.mark.parametrize(
    ("targets", "mode", "added"),
    [
        ([], RegionMode.SEPARATE, lambda most: most),
        (
            [Target("1" * 16, "cn-hangzhou")],
            RegionMode.SEPARATE,
            lambda most: most + 2 * (16 + 15 + 1) + 2 * 2 * 15,
        ),
        (
            [Target("1", "cn-hangzhou")],
            RegionMode.SEPARATE,
            lambda most: most + 2 * (11 + 15 + 1) + 2 * 2 * 15,
        ),
        (
            [Target("1" * 16, region) for region in ("cn-hangzhou", "cn-beijing", "cn-shanghai")],
            RegionMode.SEPARATE,
            lambda most: most + 2 * (16 + 15 + 1) + 2 * 2 * 15,
        ),
        (
            [Target("1" * 16, region) for region in ("cn-hangzhou", "cn-beijing", "cn-shanghai")],
            RegionMode.COMBINED,
            lambda most: 3 * (most + 2 * (16 + 15 + 1)) + 2 * 2 * 15,
        ),
        (
            [Target(n * 16, "cn-hangzhou") for n in "123"],
            RegionMode.COMBINED,
            lambda most: most + 2 * 32 + 60,
        ),
    ],
)
def test_bound_of_the_length_is_as_near_as_it_was_worked_out(targets, mode, added):
    """Three commas, five brackets that open, one more line, each with 15 characters in front; a blank per colon."""
    most = len(FILLED) + (3 + 2 * 5 + 1) * 15 + FILLED.count(":")
    assert longest(document(FILLED), targets, mode) == added(most)
    escaped = FILLED.replace("key/a", "key/\\u0061")
    assert longest(document(escaped), targets, mode) >= longest(document(FILLED), targets, mode)
    plain = FILLED.replace("${region}:${account}", "cn-hangzhou:1")
    length = len(plain) + 10 * 15 + plain.count(":")
    assert longest(document(plain), targets, mode) == length
    assert longest(document(plain.replace("key/a", "key/é")), targets, mode) == length + 1


def test_sizes_are_told_the_largest_first_and_the_worst_is_named():
    regions = ("cn-beijing", "ap-southeast-1", "me-east-1")
    targets = tuple(Target("1" * 16, region) for region in regions)
    found = sizes(document(FILLED), targets, RegionMode.SEPARATE)
    assert [each.regions for each in found] == [("ap-southeast-1",), ("cn-beijing",), ("me-east-1",)]
    lengths = [each.size.bytes_compact for each in found]
    assert lengths == [len(FILLED) - len("${region}${account}") + 16 + len(each.regions[0]) for each in found]
    worst = measure(document(FILLED), targets, RegionMode.SEPARATE)
    assert (worst.size, worst.worst) == (found[0].size, f"account {'1' * 16} in ap-southeast-1")
    together = measure(document(FILLED), targets, RegionMode.COMBINED)
    assert together.worst == f"account {'1' * 16} with 3 regions"
    assert measure(document(FILLED), (), RegionMode.COMBINED).worst == ""


def test_sizes_of_combined_documents_are_told_the_largest_first():
    regions = ("cn-beijing", "cn-hangzhou", "cn-shanghai")
    targets = [
        Target(n * 16, region) for n, many in (("1", 1), ("2", 3), ("3", 2)) for region in regions[:many]
    ]
    found = sizes(document(FILLED), targets, RegionMode.COMBINED)
    assert [(each.account[0], len(each.regions)) for each in found] == [("2", 3), ("3", 2), ("1", 1)]


def test_region_of_the_same_length_adds_the_same():
    regions = ("cn-beijing", "cn-chengdu", "ap-southeast-1")
    added = added_by_regions(document(FILLED), "1" * 16, regions)
    assert [region for region, _ in added] == ["ap-southeast-1", "cn-beijing", "cn-chengdu"]
    assert added[1][1] == added[2][1] == added[0][1] - len("ap-southeast-1") + len("cn-beijing")


def test_source_is_measured_as_we_write_it():
    source = document(FILLED)
    assert source_size(source) == Size(len(FILLED), len(canonical(source.value).encode()))


def test_room_is_told_the_largest_first():
    written = [
        statement(Resource=[f"{HERE}:key/{'a' * length}"], Sid=f"s{length}") for length in (20, 60, 40)
    ]
    room = room_of(value(json.dumps({"Version": "1", "Statement": written})))
    assert [each.index for each in room.statements] == [1, 2, 0]
    assert [each.sid for each in room.statements] == ["s60", "s40", "s20"]
    assert [each.path for each in room.statements] == ["/Statement/1", "/Statement/2", "/Statement/0"]
    for each in room.statements:
        assert [element.name for element in each.elements] == ["Resource", "Action", "Effect", "Sid"]
        assert each.bytes == len(json.dumps(written[each.index], separators=COMPACT))
        for element in each.elements:
            content = json.dumps(written[each.index][element.name], separators=COMPACT)
            assert element.bytes == len(f'"{element.name}":{content}')
    assert room.bytes == sum(each.bytes for each in room.statements) + room.rest
    assert room.rest == len('{"Version":"1","Statement":[,,]}')


@pytest.mark.parametrize(
    ("written", "entries"),
    [
        ("a", 1),
        (["a"], 1),
        (["a", "b", "c"], 3),
        ({"a": ["b", "c"], "d": "e"}, 3),
        ([], 0),
        ({"a": {"b": []}}, 0),
    ],
)
def test_texts_of_an_element_are_counted_however_deep(written, entries):
    room = room_of(value(json.dumps({"Statement": [{"Condition": written}]})))
    assert [each.entries for each in room.statements[0].elements] == [entries]


LINES = ["one {", "  two", "three ]", "four", "  five?"]


def marked(lines: list[str], line: int | None) -> str:
    finding = Finding("a-code", Severity.ERROR, "", None, line, 1)
    (mark,) = fingerprints([finding], None, "\n".join(lines))
    return mark


@pytest.mark.parametrize("line", range(1, len(LINES) + 1))
def test_line_of_a_text_that_cannot_be_read_is_what_marks_a_finding(line):
    for number in range(len(LINES)):
        other = [f"{each}x" if n == number else each for n, each in enumerate(LINES)]
        assert (marked(other, line) == marked(LINES, line)) is (number != line - 1)


def test_line_that_there_is_not_is_an_empty_one():
    assert marked(LINES, None) == marked(LINES, 99) == marked([""], 1)
    assert marked(LINES, len(LINES) + 1) == marked([""], 1)


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_end_as_anybody_ends_them(end):
    finding = Finding("a-code", Severity.ERROR, "", None, 3, 1)
    assert fingerprints([finding], None, end.join(LINES)) == (marked(LINES, 3),)


def test_equal_findings_are_told_apart_in_the_order_of_their_places():
    def ids(*places: tuple[int, int, str]) -> tuple[str, ...]:
        findings = [
            Finding("a-code", Severity.ERROR, text, "/a", line, column) for line, column, text in places
        ]
        return fingerprints(findings, None, '{"a": 1}')

    one, two = ids((1, 1, ""), (1, 2, ""))
    assert one != two
    assert ids((1, 2, ""), (1, 1, "")) == (two, one)
    assert ids((2, 1, ""), (1, 5, "")) == (two, one)
    assert ids((1, 1, "b"), (1, 1, "a")) == (two, one)
    assert all(len(each) == 32 for each in (one, two))
