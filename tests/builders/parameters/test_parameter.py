"""What all kinds of parameters share: limits of lists, and a registry in which each kind has its own name."""

import pytest

from policystudio.builders.builder import all_builders
from policystudio.builders.conditions import Conditions
from policystudio.builders.parameters.parameter import MAX_ENTRIES, Report, read_list


def read(entries, **rules):
    report = Report()
    read_list(entries, ("list",), report, lambda entry, at: entry, **rules)
    return [(problem.pointer, problem.code) for problem in report.problems]


def test_a_list_holds_two_hundred_entries_and_not_one_more():
    assert read([str(number) for number in range(MAX_ENTRIES)]) == []
    assert read([str(number) for number in range(MAX_ENTRIES + 1)]) == [("/list", "too-many")]


def test_every_repetition_is_named_where_it_stands():
    assert read(["a", "b", "a", "a"]) == [("/list/2", "repeated"), ("/list/3", "repeated")]


@pytest.mark.parametrize("given", ["a", {"0": "a"}, None, 1, ("a",)])
def test_only_a_list_is_a_list(given):
    assert read(given) == [("/list", "wrong-type")]


def test_the_kinds_that_a_page_must_know_how_to_draw():
    parameters = [parameter for builder in all_builders().values() for parameter in builder.parameters]
    parts = [
        part for parameter in parameters if isinstance(parameter, Conditions) for part in parameter.parts
    ]
    assert {parameter.kind for parameter in [*parameters, *parts]} == {
        "aliases",
        "conditions",
        "flag",
        "keys",
        "moment",
        "networks",
        "operations",
        "secrets",
        "secrets_with_keys",
        "tags",
        "understanding",
    }
