"""For code scanning: SARIF 2.1.0, with every rule, fingerprints, repairs and suppressions.

Written as it goes: the rules first, then a line for each result, then what could not be read.
Source: OASIS, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from policystudio.linting.formats._rules import LEVELS, descriptors
from policystudio.linting.formats._uris import artifact
from policystudio.linting.places import LINE_ENDS, Places, Region
from policystudio.linting.report import Format, Judged, Tally, Told
from policystudio.ram.finding import Fix

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "policyStudio/v1"
PLACE = "policyStudio/place/v1"
"""The strict mark of a finding, which suppressions name, and the looser one, which survives edits beside it."""


def _write(files: Iterable[Judged], tally: Tally) -> Iterator[str]:
    rules = descriptors()
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    tool = {"driver": {"name": "Policy Studio", "rules": rules}}
    yield f'{{"$schema":{_text(SCHEMA)},"version":"2.1.0","runs":[{{"tool":{_text(tool)},\n'
    # GitHub and most viewers count UTF-16 code units; a lone CR ends a line for us as it does in editors.
    yield f'"columnKind":"utf16CodeUnits","newlineSequences":{_text(LINE_ENDS)},"results":['
    faults = []
    separator = "\n"
    for judged in files:
        if judged.fault is not None:
            faults.append(_notification(judged.path, judged.fault))
        places = Places(judged.text)
        for told in judged.told:
            yield separator + _text(_result(judged.path, told, places, index))
            separator = ",\n"
    counts = {"files": tally.files, "skipped": tally.skipped}
    invocation = {
        "executionSuccessful": not faults,
        "toolExecutionNotifications": faults,
        "properties": counts,
    }
    yield f'],\n"invocations":[{_text(invocation)}]}}]}}\n'


def _result(path: str, told: Told, places: Places, index: dict[str, int]) -> dict[str, Any]:
    finding, by = told.finding, told.suppression
    where = {"artifactLocation": artifact(path), "region": _region(places.region(finding), places)}
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": where}],
        "partialFingerprints": {FINGERPRINT: told.fingerprint, PLACE: told.place},
        # Once one result of a run can be suppressed, all have to say that they are not. Source: section 3.27.23.
        "suppressions": [],
        "properties": {"severity": str(finding.severity), "path": finding.path},
    }
    if by is not None:
        properties = {"until": by.until.isoformat()}
        result["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": by.reason, "properties": properties}
        ]
    fixes = [*([finding.fix] if finding.fix else []), *finding.choices]
    if fixes:
        result["fixes"] = [_fix(path, fix, places) for fix in fixes]
    return result


def _fix(path: str, fix: Fix, places: Places) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(places.edited(edit), places), "insertedContent": {"text": edit.text}}
        for edit in sorted(fix.edits, key=lambda edit: edit.start)
    ]
    change = {"artifactLocation": artifact(path), "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}


def _region(region: Region, places: Places) -> dict[str, int]:
    units = places.in_utf16(region)
    return {
        "startLine": units.line,
        "startColumn": units.column,
        "endLine": units.end_line,
        "endColumn": units.end_column,
    }


def _notification(path: str, fault: str) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": artifact(path)}}
    return {"level": "error", "message": {"text": f"unreadable: {fault}"}, "locations": [location]}


def _text(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))


FORMAT = Format(_write)
