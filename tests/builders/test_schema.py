"""The published JSON Schema and the builder agree on what is accepted."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.builder import all_builders
from policystudio.errors import InvalidInput
from tests.builders.strategies import spoilt_parameters, valid_parameters, validator

BUILDERS = list(all_builders().values())
# What a schema cannot say: see the docstring of builders/schema.py.
BEYOND_A_SCHEMA = {"repeated", "window-never-open", "odd-character"}

every_builder = pytest.mark.parametrize("builder", BUILDERS, ids=lambda b: b.slug)


@every_builder
def test_the_schema_is_one_and_accepts_the_defaults(builder):
    schema = builder.json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator(builder.slug).validate(builder.defaults())
    assert schema["default"] == builder.defaults()


@every_builder
def test_examples_and_defaults_of_each_parameter_are_valid(builder):
    for schema in builder.json_schema()["properties"].values():
        for value in [*schema.get("examples", []), *([schema["default"]] if "default" in schema else [])]:
            jsonschema.Draft202012Validator(schema).validate(value)


def refusal_codes(builder, parameters):
    """The codes of everything that keeps `parameters` from being stored."""
    try:
        return {problem.code for problem in builder.refusals_to_store(parameters)}
    except InvalidInput as error:
        return {problem.code for problem in error.problems}


@every_builder
@given(data=st.data())
def test_what_the_schema_accepts_is_built(builder, data):
    parameters = data.draw(valid_parameters(builder))
    codes = refusal_codes(builder, parameters)
    assert codes <= BEYOND_A_SCHEMA
    if not codes:
        built = builder.build(parameters)
        assert validator(builder.slug).is_valid(built.parameters)
        assert builder.build(built.parameters) == built


@every_builder
@given(data=st.data())
def test_what_the_schema_refuses_is_refused(builder, data):
    parameters = data.draw(spoilt_parameters(builder))
    codes = refusal_codes(builder, parameters)
    if validator(builder.slug).is_valid(parameters):
        assert codes <= BEYOND_A_SCHEMA
    else:
        assert codes
