"""The catalogue as records: complete, consistent, and with a source for what it claims."""

import json
import re
from dataclasses import fields, is_dataclass
from importlib.resources import files

import pytest

from policystudio.catalog import load
from policystudio.catalog.load import from_json

FACTS = json.loads(files("policystudio.catalog").joinpath("kms.json").read_text(encoding="utf-8"))
CONFIDENCES = {"documented", "derived-from-SDK", "inferred"}


def test_every_fact_of_the_file_is_carried():
    catalogue = load()
    assert len(catalogue.actions) == len(FACTS["actions"])
    assert len(catalogue.resource_types) == len(FACTS["resource_types"])
    assert len(catalogue.condition_keys) == len(FACTS["condition_keys"])
    assert len(catalogue.regions) == len(FACTS["regions"])
    assert len(catalogue.system_policies) == len(FACTS["system_policies"])
    assert catalogue.compiled_on.isoformat() == FACTS["compiled_on"]
    for fact in FACTS["actions"]:
        action = catalogue.action(fact["name"])
        assert action is not None
        assert action.name == fact["name"]
        assert action.risk.level == fact["risk"]["level"]
        assert list(action.resource_types) == fact["resource_types"]


def test_it_is_read_once_and_cannot_be_changed():
    assert load() is load()
    with pytest.raises(TypeError):
        load().actions["kms:new"] = None  # type: ignore[index]
    with pytest.raises(AttributeError):
        load().actions["kms:encrypt"].name = "kms:Other"  # type: ignore[misc]


def test_references_inside_the_catalogue_exist():
    catalogue = load()
    for action in catalogue.actions.values():
        assert set(action.resource_types) <= set(catalogue.resource_types)
        assert set(action.condition_keys) <= set(catalogue.condition_keys)
        assert all(catalogue.action(dependent.action) for dependent in action.dependent_actions)
        assert {action.existence.confidence, action.access_level_confidence} <= CONFIDENCES
        assert set(action.existence.sources) <= set(catalogue.sources)
    for key in catalogue.condition_keys.values():
        assert key.confidence in CONFIDENCES
        assert all(catalogue.action(name) for name in key.actions or ())


def test_identifier_forms_are_regular_expressions():
    for kind in load().resource_types.values():
        if kind.identifier.regex is not None:
            re.compile(kind.identifier.regex)


@pytest.mark.parametrize("section", ["actions", "regions", "condition_keys"])
def test_unknown_or_missing_field_is_an_error(section):
    strange = json.loads(json.dumps(FACTS))
    strange[section][0]["surprise"] = 1
    with pytest.raises(TypeError):
        from_json(strange)


def test_name_that_comes_twice_is_an_error():
    twice = json.loads(json.dumps(FACTS))
    twice["actions"].append(twice["actions"][0])
    with pytest.raises(ValueError, match="twice"):
        from_json(twice)


def as_in_file(value):
    """A record, or what it holds, as the file has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_in_file(getattr(value, field.name)) for field in fields(value)}
    return [as_in_file(each) for each in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    "section", ["actions", "resource_types", "condition_keys", "regions", "system_policies", "sources"]
)
def test_every_field_of_every_record_is_as_in_the_file(section):
    records = getattr(load(), section).values()
    for record, fact in zip(records, FACTS[section], strict=True):
        carried = as_in_file(record)
        if section == "condition_keys":
            # The file says `*` where every action carries the key.
            given = carried["actions"]
            carried["actions"] = "*" if given is None else sorted(given)
            fact = {**fact, "actions": fact["actions"] if given is None else sorted(fact["actions"])}
        assert carried == fact


def test_general_facts_are_as_in_the_file_and_records_are_found_by_their_names():
    catalogue = load()
    assert dict(catalogue.general) == {name: FACTS[name] for name in catalogue.general}
    assert {kind: list(each) for kind, each in catalogue.operators.items()} == {
        each["type"]: each["operators"] for each in FACTS["operators"]
    }
    assert (catalogue.service, catalogue.api_version) == (FACTS["service"], FACTS["api_version"])
    assert catalogue.source_note == FACTS["source_note"]
    assert list(catalogue.regions) == [each["id"] for each in FACTS["regions"]]
    assert list(catalogue.sources) == [each["id"] for each in FACTS["sources"]]
    assert list(catalogue.actions) == [each["name"].lower() for each in FACTS["actions"]]
