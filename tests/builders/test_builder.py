"""What every builder promises, whichever it is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policystudio.builders.builder import all_builders, get
from policystudio.catalog.load import load
from policystudio.errors import InvalidInput
from policystudio.ram.canonical import text_of
from policystudio.validation.pipeline import validate

SAMPLES = Path(__file__).parent.parent / "samples"
INDEX = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))
BUILDERS = list(all_builders().values())

every_builder = pytest.mark.parametrize("builder", BUILDERS, ids=lambda b: b.slug)


def test_the_registry_is_the_documentation_in_its_order():
    assert list(all_builders()) == [sample["slug"] for sample in INDEX]


def test_an_unknown_slug_is_no_builder():
    assert get("full_access") is None
    assert get("custom") is None


@every_builder
def test_without_parameters_the_sample_is_built(builder):
    sample = (SAMPLES / f"{builder.slug}.json").read_text(encoding="utf-8")
    assert builder.build({}).source == sample
    assert builder.build(builder.defaults()).source == text_of(json.loads(sample))


@every_builder
def test_the_defaults_are_complete_and_may_be_stored(builder):
    assert builder.build(builder.defaults()).parameters == builder.defaults()
    assert builder.refusals_to_store(builder.defaults()) == []


@every_builder
def test_what_was_built_is_built_again_from_its_own_parameters(builder):
    first = builder.build({})
    assert builder.build(first.parameters) == first


@every_builder
def test_one_call_does_not_change_the_next(builder):
    before = builder.build({})
    source = before.source
    for value in [*before.parameters.values(), *builder.defaults().values()]:
        if isinstance(value, list | dict):
            value.clear()
    builder.defaults()["conditions"]["https"] = True
    builder.json_schema()["properties"].clear()
    assert builder.build({}).source == source
    assert builder.build(builder.defaults()).source == source
    assert builder.json_schema()["properties"]


@every_builder
@pytest.mark.parametrize("given", [None, [], "all", 1])
def test_parameters_that_are_no_object_are_refused(builder, given):
    with pytest.raises(InvalidInput) as caught:
        builder.build(given)
    assert [(p.pointer, p.code) for p in caught.value.problems] == [("", "wrong-type")]


@every_builder
def test_an_unknown_parameter_is_refused_at_its_pointer(builder):
    with pytest.raises(InvalidInput) as caught:
        builder.build({"regions/~": []})
    assert [(p.pointer, p.code) for p in caught.value.problems] == [("/regions~1~0", "unknown-parameter")]


@every_builder
def test_null_never_stands_for_a_default_or_for_everything(builder):
    for parameter in builder.parameters:
        with pytest.raises(InvalidInput) as caught:
            builder.build({parameter.name: None})
        assert [p.pointer for p in caught.value.problems] == [f"/{parameter.name}"]


def test_everything_that_is_wrong_is_told_at_once():
    parameters = {
        "keys": ["a", "b:c", "a"],
        "aliases": 5,
        "operations": [],
        "conditions": {"https": "true"},
        "x": 1,
    }
    with pytest.raises(InvalidInput) as caught:
        all_builders()["crypto-user"].build(parameters)
    assert {(p.pointer, p.code) for p in caught.value.problems} == {
        ("/keys/1", "not-allowed-character"),
        ("/keys/2", "repeated"),
        ("/aliases", "wrong-type"),
        ("/operations", "empty-list"),
        ("/conditions/https", "wrong-type"),
        ("/x", "unknown-parameter"),
    }


@every_builder
def test_every_text_for_people_is_there(builder):
    assert builder.title
    assert builder.summary
    assert builder.notes
    for note in builder.notes:
        assert note.text.endswith(".")
        assert note.source
    for parameter in builder.parameters:
        assert parameter.label
        assert parameter.kind
        assert parameter.help


@every_builder
def test_no_built_document_has_an_error(builder):
    found = validate(builder.build({}).source, catalogue=load(), now=datetime(2026, 1, 1, tzinfo=UTC))
    assert found.is_valid, found.findings
