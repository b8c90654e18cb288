"""The schema that is served: self-contained, without a host or format, and as strict as our own words."""

import json
import re

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from policystudio.ram.codes import CLEAN
from policystudio.ram.codes.structure import STRUCTURE
from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity
from policystudio.ram.operators import all_operators
from policystudio.ram.schema import document_schema


def parts(value):
    yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


@pytest.mark.parametrize("kind", Kind)
def test_schema_is_a_good_schema_with_title_description_and_name(kind):
    schema = document_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:policystudio:ram:")
    assert schema["title"]
    assert schema["description"]
    assert all(definition.get("title") for definition in schema["$defs"].values())


@pytest.mark.parametrize("kind", Kind)
def test_schema_needs_nothing_from_elsewhere(kind):
    for part in parts(document_schema(kind)):
        if isinstance(part, dict):
            assert part.get("$ref", "#/").startswith("#/$defs/") or "$ref" not in part
            assert "format" not in part


@pytest.mark.parametrize("kind", Kind)
def test_patterns_cannot_backtrack_nor_let_a_line_break_pass(kind):
    patterns = {
        part["pattern"]
        for part in parts(document_schema(kind))
        if isinstance(part, dict) and "pattern" in part
    }
    assert patterns
    for pattern in patterns:
        assert not re.search(r"[*+{]|\\d|\\s|\\w", pattern)
        # An end of text is only asked for where line breaks are refused as well.
        assert not pattern.endswith("$") or re.search(pattern, "a\n")


def test_schema_names_every_operator():
    schema = document_schema()
    assert set(schema["$defs"]["condition"]["properties"]) == set(all_operators())


def test_schema_is_the_callers_own():
    document_schema()["properties"].clear()
    assert document_schema()["properties"]


@pytest.mark.parametrize("code", STRUCTURE)
def test_another_validator_refuses_what_we_call_an_error_in_structure(code):
    page = STRUCTURE[code]
    other = jsonschema_rs.validator_for(document_schema(page.kind))
    assert other.is_valid(json.loads(page.example)) == (page.severity is not Severity.ERROR)


def test_another_validator_takes_the_clean_document():
    assert jsonschema_rs.validator_for(document_schema()).is_valid(json.loads(CLEAN))
