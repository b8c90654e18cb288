"""Judges a value by the schema of its kind and gives every refusal as a finding.

What a refusal is called and how it is put is decided in `words.py`, whether a name was meant as another in `names.py`.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from jsonschema.exceptions import ValidationError

from policystudio.ram.document import Kind
from policystudio.ram.finding import MAX_FINDINGS, Finding
from policystudio.ram.position import Source
from policystudio.ram.reader import JsonArray, JsonObject, plain
from policystudio.ram.schema.load import quick_validator, validator
from policystudio.ram.schema.site import Site
from policystudio.ram.schema.words import explain, statement_not_in_list


def check(source: Source, value: JsonObject, kind: Kind, any_operator: bool = False) -> list[Finding]:
    """What the schema of `kind` refuses in `value`, in no particular order; one finding for one cause.

    Of very many faults only some are told, though more than are shown.
    """
    findings: list[Finding] = []
    judged, is_wrapped = _with_statement_in_list(value)
    if is_wrapped:
        findings.append(statement_not_in_list(source, value))
    values = plain(judged)
    if is_accepted(values, kind, any_operator):
        return findings
    # Looking for every error of a hostile document would take long, and nobody is shown more than the first.
    errors = list(islice(validator(kind, any_operator).iter_errors(values), 4 * MAX_FINDINGS))
    for error in _one_per_cause(errors):
        site = Site(source, judged, tuple(error.absolute_path), kind, is_wrapped)
        findings += explain(error, site)
    return findings


def is_accepted(values: Any, kind: Kind, any_operator: bool = False) -> bool:
    """Whether the schema of `kind` surely accepts plain values; False is no verdict, as some cannot be asked about."""
    try:
        return quick_validator(kind, any_operator).is_valid(values)
    except ValueError:
        return False


def _with_statement_in_list(value: JsonObject) -> tuple[JsonObject, bool]:
    """A lone statement put into a list, so that it is judged as well, and whether that was done."""
    statement = value.get("Statement")
    if not isinstance(statement, JsonObject):
        return value, False
    listed = JsonArray(statement.start, statement.end, (statement,))
    members = tuple(m._replace(value=listed) if m.name == "Statement" else m for m in value.members)
    return value._replace(members=members), True


def _one_per_cause(errors: list[ValidationError]) -> list[ValidationError]:
    """The errors, without those that only follow from a wrong type, and `required` once for an object."""
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for error in errors:
        path = tuple(error.absolute_path)
        if path in mistyped and error.validator != "type":
            continue
        if error.validator == "required":
            if path in seen:
                continue
            seen.add(path)
        kept.append(error)
    return kept
