"""What holds for every document: the schema that is served and the product's own verdict are the same."""

import json

import jsonschema_rs
from hypothesis import given
from jsonschema import Draft202012Validator

from policystudio.ram.canonical import text_of
from policystudio.ram.document import Kind
from policystudio.ram.finding import Severity
from policystudio.ram.parse import parse
from policystudio.ram.position import pointer_parts
from policystudio.ram.render import source_text
from policystudio.ram.schema import document_schema
from tests import strategies

OTHER_VALIDATORS = {kind: jsonschema_rs.validator_for(document_schema(kind)) for kind in Kind}
SCHEMAS = {kind: Draft202012Validator(document_schema(kind)) for kind in Kind}


@given(strategies.damaged_documents(), strategies.kinds)
def test_verdict_of_the_schema_is_the_verdict_of_parsing(document, kind):
    parsed = parse(text_of(document), kind)
    is_good = not any(finding.severity is Severity.ERROR for finding in parsed.findings)
    assert SCHEMAS[kind].is_valid(document) == is_good
    assert OTHER_VALIDATORS[kind].is_valid(document) == is_good


@given(strategies.documents())
def test_a_good_document_is_taken_and_keeps_its_values(document):
    parsed = parse(text_of(document))
    assert parsed.document is not None
    for statement, plain in zip(parsed.document.statements, document["Statement"], strict=True):
        assert statement.effect == plain["Effect"]
        for element, texts in (("Action", statement.actions), ("Resource", statement.resources)):
            expected = plain.get(element, [])
            assert [t.text for t in texts] == (expected if isinstance(expected, list) else [expected])
        pairs = [(c.operator.text, c.key.text) for c in statement.conditions]
        assert pairs == [(op, key) for op, keys in plain.get("Condition", {}).items() for key in keys]
    assert OTHER_VALIDATORS[Kind.IDENTITY].is_valid(json.loads(source_text(parsed.document)))


@given(strategies.damaged_documents())
def test_every_pointer_leads_into_the_document(document):
    for finding in parse(text_of(document)).findings:
        value = document
        for part in pointer_parts(finding.path or ""):
            assert part in value or isinstance(value, list)
            value = value[int(part)] if isinstance(value, list) else value[part]


@given(strategies.damaged_documents())
def test_nothing_is_said_twice(document):
    findings = parse(text_of(document)).findings
    assert len({(f.code, f.path, f.line, f.column) for f in findings}) == len(findings)
