"""For GitHub Actions: workflow commands that become annotations beside the changed lines.

Source: GitHub, Workflow commands; actions/toolkit, `command.ts` for what is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policystudio.linting.places import Places, shown_path
from policystudio.linting.report import Format, Judged, Tally, Told
from policystudio.ram.finding import Severity

_COMMANDS = {
    Severity.ERROR: "error",
    Severity.SECURITY_WARNING: "warning",
    Severity.WARNING: "warning",
    Severity.SUGGESTION: "notice",
}


def _write(files: Iterable[Judged], tally: Tally) -> Iterator[str]:
    for judged in files:
        path = _property(shown_path(judged.path))
        if judged.fault is not None:
            yield f"::error file={path},title=unreadable::{_data(judged.fault)}\n"
        places = Places(judged.text)
        for told in judged.open:
            yield _annotation(path, told, places)


def _annotation(path: str, told: Told, places: Places) -> str:
    finding, region = told.finding, places.in_utf16(places.region(told.finding))
    # The end is part of an annotation, while it is not part of a region.
    last = max(region.column, region.end_column - 1)
    title = _property(f"{finding.code} ({str(finding.severity).replace('_', ' ')})")
    place = f"line={region.line},endLine={region.end_line},col={region.column},endColumn={last}"
    return f"::{_COMMANDS[finding.severity]} file={path},{place},title={title}::{_data(finding.message)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format(_write)
