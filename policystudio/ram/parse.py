"""From text to document: reads, judges the form, and gathers every finding; nothing is repaired on the way.

The words for bad syntax come from `diagnose.py`, those for bad structure from `schema/`. What a document means, and
whether it is wise, is left to the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policystudio.ram.characters import odd_characters
from policystudio.ram.diagnose import diagnose
from policystudio.ram.document import Condition, Document, Effect, Kind, Statement, Text
from policystudio.ram.envelope import enveloped
from policystudio.ram.finding import MAX_FINDINGS, Finding, Severity, found, in_order
from policystudio.ram.loose.one_sign import missing_sign
from policystudio.ram.position import Source, pointer
from policystudio.ram.reader import (
    DOCUMENT_LIMITS,
    Json,
    JsonArray,
    JsonObject,
    JsonString,
    Member,
    Reading,
    read,
)
from policystudio.ram.schema import check

_BEYOND_DIAGNOSIS = ("text-too-large", "too-many-values", "empty-text")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document, or None when a finding is an error; the findings are sorted by severity and place."""

    document: Document | None
    findings: tuple[Finding, ...]
    source: Source


def parse(text: str, kind: Kind = Kind.IDENTITY, *, any_operator: bool = False) -> Parsed:
    """Read `text` as a document of `kind`. Never raises; at most `MAX_FINDINGS` findings and one that says so.

    With `any_operator` an operator that RAM does not know is no fault of the form, for those who judge what is stored.
    """
    reading = read(text, DOCUMENT_LIMITS)
    source, value = reading.source, reading.value
    if value is None:
        return Parsed(None, _capped(_faults(reading, kind), source), source)
    findings = _structure(source, value, kind, any_operator)
    blank_ends = {finding.path for finding in findings if finding.code == "space-around-value"}
    findings += [finding for finding in odd_characters(source, value) if finding.path not in blank_ends]
    document = None
    if not any(finding.severity is Severity.ERROR for finding in findings):
        assert isinstance(value, JsonObject)  # anything else is an error
        document = _document(source, value, kind)
    return Parsed(document, _capped(findings, source), source)


def _faults(reading: Reading, kind: Kind) -> list[Finding]:
    """Why the text cannot be read, and what is wrong with the structure where it is clear what was meant."""
    if reading.findings[0].code in _BEYOND_DIAGNOSIS:
        return list(reading.findings)
    diagnosis = diagnose(reading.source, DOCUMENT_LIMITS)
    if not diagnosis.findings:
        return list(reading.findings)
    if len(diagnosis.findings) > 1:
        stopped_at = reading.source.offset(reading.findings[0].line or 1, reading.findings[0].column or 1)
        one = missing_sign(reading.source, stopped_at, lambda s, v: _count_errors(_structure(s, v, kind)))
        if one is not None:
            return [one]
    if diagnosis.value is None:
        return diagnosis.findings
    return [*diagnosis.findings, *_structure(reading.source, diagnosis.value, kind)]


def _count_errors(findings: Iterable[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _structure(source: Source, value: Json, kind: Kind, any_operator: bool = False) -> list[Finding]:
    """What is wrong with the form of a value."""
    envelope = enveloped(source, value)
    if envelope is not None:
        return [envelope]
    if not isinstance(value, JsonObject):
        message = "a document is an object with `Version` and `Statement`; it starts with `{`"
        return [found(source, "document-not-an-object", Severity.ERROR, message, offset=value.start, path="")]
    return [*check(source, value, kind, any_operator), *_not_resources(source, value)]


def _capped(findings: Iterable[Finding], source: Source) -> tuple[Finding, ...]:
    ordered = in_order(findings)
    if len(ordered) <= MAX_FINDINGS:
        return ordered
    message = f"more than {MAX_FINDINGS} things were found; repair those that are shown and look again"
    # As grave as the gravest that is not shown, which comes next: the number alone makes nothing an error.
    gravest = ordered[MAX_FINDINGS].severity
    more = found(source, "too-many-findings", gravest, message, offset=0, path=None)
    return (*ordered[:MAX_FINDINGS], more)


def _not_resources(source: Source, document: JsonObject) -> Iterator[Finding]:
    """Source: ram-language, section 1: `NotResource` left the grammar in 2021. Decision: it is read, with a warning."""
    statements = document.get("Statement")
    for index, item in enumerate(statements.items if isinstance(statements, JsonArray) else ()):
        if not isinstance(item, JsonObject) or item.get("Resource") is not None:
            continue
        for member in item.members:
            if member.name == "NotResource":
                yield found(
                    source,
                    "not-resource-element",
                    Severity.SECURITY_WARNING,
                    "every resource but these, also those made later; list what is meant in `Resource`",
                    offset=member.name_start,
                    path=pointer("Statement", index, "NotResource"),
                )


def _document(source: Source, value: JsonObject, kind: Kind) -> Document:
    """The document in a value that the schema has accepted."""
    statements = value.get("Statement")
    assert isinstance(statements, JsonArray)  # so says the schema
    return Document(
        source, value, tuple(_statement(i, item) for i, item in enumerate(statements.items)), kind
    )


def _statement(index: int, value: Json) -> Statement:
    assert isinstance(value, JsonObject)  # so says the schema
    path = pointer("Statement", index)
    effect, sid, block = value.get("Effect"), value.get("Sid"), value.get("Condition")
    assert isinstance(effect, JsonString)  # so says the schema

    def texts(name: str) -> tuple[Text, ...]:
        element = value.get(name)
        return () if element is None else _texts(element, f"{path}/{name}")

    return Statement(
        index=index,
        path=path,
        start=value.start,
        end=value.end,
        effect=Effect(effect.text),
        actions=texts("Action"),
        not_actions=texts("NotAction"),
        resources=texts("Resource"),
        not_resources=texts("NotResource"),
        conditions=_conditions(block, f"{path}/Condition") if isinstance(block, JsonObject) else (),
        sid=_text(sid, f"{path}/Sid") if isinstance(sid, JsonString) else None,
    )


def _text(value: JsonString, path: str) -> Text:
    return Text(value.text, path, value.start, value.end)


def _texts(value: Json, path: str) -> tuple[Text, ...]:
    if isinstance(value, JsonString):
        return (_text(value, path),)
    assert isinstance(value, JsonArray)  # so says the schema
    return tuple(
        _text(item, f"{path}/{i}") for i, item in enumerate(value.items) if isinstance(item, JsonString)
    )


def _conditions(block: JsonObject, path: str) -> tuple[Condition, ...]:
    conditions = []
    for operator in block.members:
        assert isinstance(operator.value, JsonObject)  # so says the schema
        operator_path = path + pointer(operator.name)
        for key in operator.value.members:
            key_path = operator_path + pointer(key.name)
            conditions.append(
                Condition(
                    operator=_name(operator, operator_path),
                    key=_name(key, key_path),
                    values=_texts(key.value, key_path),
                    path=key_path,
                    is_list=isinstance(key.value, JsonArray),
                )
            )
    return tuple(conditions)


def _name(member: Member, path: str) -> Text:
    return Text(member.name, path, member.name_start, member.name_end)
