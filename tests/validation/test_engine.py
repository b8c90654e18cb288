"""Asking checks about entries by themselves first leaves nothing unsaid, whatever the document."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.catalog import load
from policystudio.ram.document import Kind
from policystudio.ram.parse import parse
from policystudio.ram.render import Target
from policystudio.validation.context import Context
from policystudio.validation.engine import judge
from policystudio.validation.registry import rules
from tests import strategies
from tests.strategies import statements

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TARGETS = (Target("1234567890123456", "cn-hangzhou"), Target("6543210987654321", "eu-central-1"))
WITHOUT_HASTE = 10**9
"""A share that nobody reaches, with which every check is asked of everything."""
TESTS = Path(__file__).parent.parent


def assert_nothing_is_left_unsaid(text, kind=Kind.IDENTITY):
    document = parse(text, kind).document
    if document is None:
        return
    for targets in ((), TARGETS[:1], TARGETS):
        for lowered in ((), ("every-kms-action-on-every-resource",)):
            quick = judge(Context(document, load(), NOW, targets), rules(), lowered=lowered)
            slow = judge(Context(document, load(), NOW, targets), rules(), (), WITHOUT_HASTE, lowered)
            assert sorted(map(str, quick)) == sorted(map(str, slow))


@pytest.mark.parametrize("code", rules())
def test_nothing_is_left_unsaid_of_the_examples_of_rules(code):
    for example in (*rules()[code].triggers, *rules()[code].clean):
        assert_nothing_is_left_unsaid(json.dumps(example.document()), example.kind)


@pytest.mark.parametrize("path", sorted(TESTS.glob("corpus/*.json")), ids=lambda path: path.stem)
def test_nothing_is_left_unsaid_of_the_corpus(path):
    entry = json.loads(path.read_text())
    for kind in Kind:
        assert_nothing_is_left_unsaid(json.dumps(entry.get("policy")), kind)


_entries = sorted(
    {
        text
        for rule in rules().values()
        for example in (*rule.triggers, *rule.clean)
        for statement in example.document()["Statement"]
        for name in ("Action", "NotAction", "Resource", "NotResource")
        for text in (
            statement.get(name, []) if isinstance(statement.get(name), list) else [statement.get(name, "x")]
        )
    }
)


@given(
    st.lists(statements(st.sampled_from(_entries) | strategies.readable_text), min_size=1, max_size=3),
    strategies.kinds,
)
def test_nothing_is_left_unsaid_of_any_document(listed, kind):
    if kind is not Kind.IDENTITY:
        listed = [{**statement, "Principal": {"RAM": ["*"]}} for statement in listed]
    assert_nothing_is_left_unsaid(json.dumps({"Version": "1", "Statement": listed}), kind)
