"""For people: a line for each finding that editors and terminals turn into a link, the place below it, the repairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from policystudio.linting.places import Places, Region, as_blanks, printable, shown_path, width
from policystudio.linting.report import Format, Judged, Tally, Told

_BEFORE, _AFTER = 60, 50
"""How many characters of a long line are shown around a finding."""


def _write(files: Iterable[Judged], tally: Tally) -> Iterator[str]:
    for judged in files:
        path = shown_path(judged.path)
        if judged.fault is not None:
            yield f"{path}: unreadable: {judged.fault}\n"
        places = Places(judged.text)
        for told in judged.open:
            yield _finding(path, told, places)
    yield f"{tally.summary()}\n"


def _finding(path: str, told: Told, places: Places) -> str:
    finding, region = told.finding, places.region(told.finding)
    head = (
        f"{path}:{region.line}:{region.column} {finding.severity} {finding.code} {printable(finding.message)}"
    )
    lines = [head, *_excerpt(region, places)]
    if finding.fix:
        lines.append(f"  fix: {printable(finding.fix.title)}")
    lines += [f"  choice: {printable(choice.title)}" for choice in finding.choices]
    return "\n".join(lines) + "\n"


def _excerpt(region: Region, places: Places) -> list[str]:
    """The line of a finding, cut to what is near, and a mark below what is meant."""
    line, start, end = places.line(region.line), region.column - 1, region.end_column - 1
    if not line.strip():
        return []
    first = max(0, start - _BEFORE) if len(line) > _BEFORE + _AFTER else 0
    last = min(len(line), max(end, start + 1, first + _BEFORE + _AFTER))
    last = min(last, start + _BEFORE + _AFTER)
    prefix = "…" if first else ""
    before, marked = as_blanks(line[first:start]), as_blanks(line[start : min(end, last)])
    gutter = f"{region.line:>5} | "
    shown = f"{gutter}{prefix}{as_blanks(line[first:last])}{'…' if last < len(line) else ''}"
    below = " " * (width(gutter + prefix + before)) + "^" + "~" * (width(marked) - 1)
    return [shown.rstrip(), below]


FORMAT = Format(_write, has_summary=True)
