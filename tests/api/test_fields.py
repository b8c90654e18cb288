"""One description reads values and writes their JSON Schema; the two must agree on every value."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policystudio.api.fields import Field, Flag, Integer, Schemas, Text
from policystudio.api.structures import AnyObject, Either, ListOf, Null, Shape, TextsByName
from policystudio.errors import Problem

INNER = Shape(name="Inner", required={"x": Integer(minimum=1, maximum=3)}, optional={"y": Flag()})
OUTER = Shape(
    name="Outer",
    required={"text": Text(pattern="[a-c]{1,3}"), "choice": Text(choices=["a", "b"])},
    optional={
        "inner": Null(of=INNER),
        "list": ListOf(item=Text(min_characters=1, max_characters=2), min_items=1, max_items=2),
        "either": Either(kinds=[Text(max_characters=2), AnyObject()]),
        "names": TextsByName(max_members=1, max_characters=2),
        "flag": Null(of=Flag()),
    },
)

scalars = st.none() | st.booleans() | st.integers(-1, 4) | st.text("abc\n", max_size=4)
inners = st.dictionaries(st.sampled_from(["x", "y", "z"]), scalars, max_size=3)
values = scalars | inners | st.lists(scalars, max_size=3)
names = ["text", "choice", "inner", "list", "either", "names", "flag", "other"]
good = {"text": st.sampled_from(["a", "abc"]), "choice": st.sampled_from(["a", "b"])}
bodies = st.fixed_dictionaries(good, optional=dict.fromkeys(names[2:], values)) | st.dictionaries(
    st.sampled_from(names), values
)


def problems_of(field: Field, value: Any) -> list[Problem]:
    problems: list[Problem] = []
    field.read(value, "", problems)
    return problems


def validator(field: Field) -> Draft202012Validator:
    schemas: Schemas = {}
    schema = field.schema(schemas)
    return Draft202012Validator({**schema, "components": {"schemas": schemas}})


OUTER_SCHEMA = validator(OUTER)


@given(bodies | values)
def test_what_is_read_is_what_the_schema_allows(body: Any) -> None:
    # JSON Schema's `$` lets a line feed pass at the end, in Python; the reader does not.
    is_allowed = OUTER_SCHEMA.is_valid(body) and "\n" not in str(body.get("text"))
    assert (not problems_of(OUTER, body)) == is_allowed


@given(bodies)
def test_what_is_read_is_what_was_sent(body: Any) -> None:
    problems: list[Problem] = []
    read = OUTER.read(body, "", problems)
    assert problems or read == body


def test_pointers_escape_the_names_of_members() -> None:
    assert [problem.pointer for problem in problems_of(INNER, {"a/b~c": 1, "x": 1})] == ["/a~1b~0c"]


def test_type_of_a_value_is_named() -> None:
    told = [problem.detail for problem in problems_of(OUTER, {"text": 1, "choice": None, "either": 5})]
    assert told[:2] == ["must be a text, not a number", "must be a text, not null"]
    assert told[2] == "must be a text or an object, not a number"
