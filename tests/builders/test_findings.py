"""What the validator says of documents that builders make."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policystudio.builders.builder import all_builders
from policystudio.catalog.load import load
from policystudio.errors import InvalidInput
from policystudio.ram.finding import Severity
from policystudio.ram.render import Target, render
from policystudio.validation.pipeline import validate
from tests.builders.reading import builder
from tests.builders.strategies import valid_parameters

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TARGET = Target("1234567890123456", "cn-hangzhou")


def codes(slug, **parameters):
    chosen = builder(slug)
    facts = chosen.facts(parameters)
    judged = validate(chosen.build(parameters).source, catalogue=load(), now=NOW, targets=(TARGET,), **facts)
    return {finding.code for finding in judged.findings}


@pytest.mark.parametrize("chosen", all_builders().values(), ids=lambda b: b.slug)
@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_accepted_makes_a_document_without_errors_and_renders(chosen, data):
    try:
        source = chosen.build(data.draw(valid_parameters(chosen))).source
    except InvalidInput:
        return
    judged = validate(source, catalogue=load(), now=NOW, targets=(TARGET,))
    assert judged.document is not None
    assert [f for f in judged.findings if f.severity is Severity.ERROR] == []
    assert "${" not in render(judged.document, TARGET)


def test_narrowing_key_administration_takes_the_loud_warnings_away():
    wide = codes("key-admin")
    narrow = codes(
        "key-admin", keys=["key-hzz630494463ejqjx0000"], aliases=["app"], include_destructive=False
    )
    gone = {
        "pattern-covers-destructive-action",
        "key-deletion-on-every-key",
        "key-material-deletion-on-every-key",
    }
    assert gone <= wide
    assert not gone & narrow


def test_no_own_key_silences_the_missing_decryption():
    secrets = [{"name": "app/db", "key": None}]
    assert "secret-value-without-decrypt" not in codes("secret-value-retrieval", secrets=secrets)


def test_no_alias_resource_is_superfluous_once_secrets_are_chosen():
    for slug in ("secret-admin", "secret-read-only"):
        assert "resource-without-usable-action" in codes(slug)
        assert "resource-without-usable-action" not in codes(slug, secrets=["app/db"])
