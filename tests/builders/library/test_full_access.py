"""Full access: a preview for everybody, a revision only for who says to have understood."""

import pytest

from tests.builders.reading import builder, refused, statement

FULL = builder("full-access")


def test_a_preview_needs_no_understanding():
    assert statement("full-access") == {"Effect": "Allow", "Action": ["kms:*"], "Resource": ["*"]}
    assert FULL.build({"understood": False}).parameters["understood"] is False


@pytest.mark.parametrize("parameters", [{}, {"understood": False}])
def test_nothing_is_stored_before_the_warning_is_understood(parameters):
    [problem] = FULL.refusals_to_store(parameters)
    assert (problem.pointer, problem.code) == ("/understood", "not-understood")
    assert FULL.refusals_to_store({"understood": True}) == []


@pytest.mark.parametrize("given", ["true", 1, None, []])
def test_only_true_is_an_understanding(given):
    assert refused("full-access", understood=given) == [("/understood", "wrong-type")]


def test_a_form_starts_with_nothing_understood_and_the_defaults_are_storable():
    assert FULL.build({}).parameters["understood"] is False
    assert FULL.defaults()["understood"] is True


def test_the_understanding_is_required_by_the_schema():
    schema = FULL.json_schema()
    assert schema["required"] == ["understood"]
    assert schema["properties"]["understood"]["const"] is True


def test_conditions_narrow_it():
    got = statement("full-access", conditions={"https": True, "not_after": "2026-12-31T23:59:59Z"})
    assert got["Condition"] == {
        "Bool": {"acs:SecureTransport": "true"},
        "DateLessThanEquals": {"acs:CurrentTime": "2026-12-31T23:59:59Z"},
    }


def test_a_tag_condition_is_not_offered():
    tag = [{"key": "Project", "values": ["Apollo"]}]
    assert refused("full-access", conditions={"tag": tag}) == [("/conditions/tag", "unknown-parameter")]
