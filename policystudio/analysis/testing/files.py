"""Tests as a file, so that a pipeline runs what the product runs: read exactly, written in one form.

The form, version 1: `{"policy_tests": 1, "tests": [{"name", "request": {"action", "resource", "context"?},
"expectation": "allow" | "deny", "account"?, "region"?, "note"?}]}`; the resource and the values of the context may hold
`${region}` and `${account}`. Every fault is told with its place; nothing is repaired and nothing is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from policystudio.analysis.request import Request, text_of
from policystudio.analysis.testing.expectation import (
    Expectation,
    PolicyTest,
    faults_of_test,
    normalised,
)
from policystudio.ram.canonical import text_of as json_text
from policystudio.ram.finding import shown
from policystudio.ram.position import pointer
from policystudio.ram.reader import (
    BODY_LIMITS,
    Json,
    JsonArray,
    JsonNumber,
    JsonObject,
    JsonString,
    plain,
    read,
)

VERSION = 1
MARK = "policy_tests"
MAX_TESTS = 500
MAX_FAULTS = 100
_TEXTS = ("name", "expectation", "account", "region", "note")
_NEEDED = ("name", "request", "expectation")


class Filed(NamedTuple):
    """A test of a file with its note."""

    test: PolicyTest
    note: str = ""


class FileFault(NamedTuple):
    """What is wrong with a file, at a JSON Pointer into it and at a line and column."""

    pointer: str
    code: str
    detail: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The tests in their order; none where there are faults, of which at most a hundred are told."""

    tests: tuple[Filed, ...]
    faults: tuple[FileFault, ...] = ()


def written(tests: Iterable[Filed]) -> str:
    """The file, its tests in the order in which they come."""
    return json_text({MARK: VERSION, "tests": [as_json(each.test, each.note) for each in tests]})


def as_json(test: PolicyTest, note: str = "") -> dict[str, Any]:
    """A test as the file has it; what is empty is left out."""
    made: dict[str, Any] = {
        "name": test.name,
        "request": test.request.as_json(),
        "expectation": str(test.expectation),
    }
    place = {"account": test.account, "region": test.region, "note": note}
    return {**made, **{name: text for name, text in place.items() if text}}


def read_tests(text: str) -> ReadFile:
    """The tests in a text. Never raises."""
    reading = read(text, BODY_LIMITS)
    if reading.value is None:
        told = [
            FileFault(f.path or "", f.code, f.message, f.line or 1, f.column or 1) for f in reading.findings
        ]
        return ReadFile((), tuple(told[:MAX_FAULTS]))
    found: list[FileFault] = []

    def wrong(value: Json | int, at: str, code: str, detail: str) -> None:
        place = reading.source.place(value if isinstance(value, int) else value.start)
        found.append(FileFault(at, code, detail, place.line, place.column))

    items = _items(reading.value, wrong)
    filed = [_test(item, pointer("tests", index), wrong) for index, item in enumerate(items)]
    seen: dict[str, int] = {}
    for index, each in enumerate(filed):
        if each is not None and seen.setdefault(each.test.name.casefold(), index) != index:
            detail = f"the name {shown(each.test.name)} is given twice; a test has a name of its own"
            wrong(items[index], pointer("tests", index, "name"), "name-taken", detail)
    return (
        ReadFile((), tuple(found[:MAX_FAULTS])) if found else ReadFile(tuple(each for each in filed if each))
    )


def _items(value: Json, wrong: Any) -> tuple[Json, ...]:
    if not isinstance(value, JsonObject):
        wrong(value, "", "wrong-type", f"a file of tests is an object with `{MARK}` and `tests`")
        return ()
    for member in value.members:
        if member.name not in (MARK, "tests"):
            wrong(
                member.name_start,
                pointer(member.name),
                "unknown-field",
                f"a file of tests has no {shown(member.name)}",
            )
    version, tests = value.get(MARK), value.get("tests")
    if not isinstance(version, JsonNumber) or version.digits != str(VERSION):
        detail = f"write `{MARK}`: {VERSION}; another version of the form is not known here"
        wrong(version or value, pointer(MARK), "unknown-version", detail)
    if not isinstance(tests, JsonArray):
        wrong(tests or value, "/tests", "wrong-type", "`tests` is a list of tests")
        return ()
    if len(tests.items) > MAX_TESTS:
        wrong(tests, "/tests", "too-many", f"has {len(tests.items)} tests; at most {MAX_TESTS} are read")
        return ()
    return tests.items


def _test(value: Json, at: str, wrong: Any) -> Filed | None:
    """One test, or None with what is wrong told."""
    if not isinstance(value, JsonObject):
        wrong(value, at, "wrong-type", "a test is an object with `name`, `request` and `expectation`")
        return None
    texts: dict[str, str] = {}
    is_right = True
    for member in value.members:
        inside = at + pointer(member.name)
        if member.name in _TEXTS:
            if isinstance(member.value, JsonString):
                texts[member.name] = member.value.text
                continue
            wrong(member.value, inside, "wrong-type", f"`{member.name}` is a text")
        elif member.name == "request":
            continue
        else:
            wrong(member.name_start, inside, "unknown-field", f"a test has no {shown(member.name)}")
        is_right = False
    for name in _NEEDED:
        if value.get(name) is None:
            wrong(value, at + pointer(name), "required", f"a test needs `{name}`")
            is_right = False
    asked = value.get("request")
    request = _request(asked, at + "/request", wrong) if asked is not None else None
    expectation = texts.get("expectation", Expectation.DENY)
    if expectation not in list(Expectation):
        wrong(value, at + "/expectation", "unknown-choice", "`expectation` is `allow` or `deny`")
        is_right = False
    if texts.get("region") and not texts.get("account"):
        wrong(value, at + "/account", "required", "a region needs the account that it is of")
        is_right = False
    if request is None or not is_right:
        return None
    test = PolicyTest(
        texts["name"], request, Expectation(expectation), texts.get("account", ""), texts.get("region", "")
    )
    return Filed(test, texts.get("note", ""))


def _request(value: Json, at: str, wrong: Any) -> Request | None:
    if not isinstance(value, JsonObject):
        wrong(value, at, "wrong-type", "a request is an object with `action`, `resource` and `context`")
        return None
    texts: dict[str, str] = {}
    context: dict[str, str] = {}
    told = [*_members(value, texts, context)]
    for offset, inside, code, detail in told:
        wrong(offset, at + inside, code, detail)
    for name in ("action", "resource"):
        if value.get(name) is None:
            told.append((value.start, pointer(name), "required", f"a request needs `{name}`"))
            wrong(value, at + pointer(name), "required", f"a request needs `{name}`")
    if told:
        return None
    request = normalised(Request(texts["action"], texts["resource"], context))
    judged = faults_of_test(request)
    for fault in judged:
        wrong(value, at + fault.pointer, fault.code, fault.detail)
    return None if judged else request


def _members(
    value: JsonObject, texts: dict[str, str], context: dict[str, str]
) -> Iterator[tuple[int, str, str, str]]:
    """Fills in what a request says, and tells what is wrong with it."""
    for member in value.members:
        inside = pointer(member.name)
        if member.name in ("action", "resource"):
            if isinstance(member.value, JsonString):
                texts[member.name] = member.value.text
            else:
                yield member.value.start, inside, "wrong-type", f"`{member.name}` is a text"
        elif member.name != "context":
            yield member.name_start, inside, "unknown-field", f"a request has no {shown(member.name)}"
        elif not isinstance(member.value, JsonObject):
            yield (
                member.value.start,
                inside,
                "wrong-type",
                "`context` is an object of keys, each with its value",
            )
        else:
            for key in member.value.members:
                given = text_of(plain(key.value))
                if given is None:
                    detail = "a key has one value: a text, a number or a boolean"
                    yield key.value.start, inside + pointer(key.name), "wrong-type", detail
                context[key.name] = given or ""
