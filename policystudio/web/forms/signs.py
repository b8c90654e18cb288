"""Signs in the margin of a document that is only read: on which lines which findings are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policystudio.ram.finding import Severity
from policystudio.ram.locate import value_at
from policystudio.ram.position import pointer, pointer_parts
from policystudio.ram.reader import read
from policystudio.ram.render import RENDERED_LIMITS
from policystudio.web.forms.finding_rows import FindingRow


@dataclass(frozen=True, slots=True)
class Sign:
    """The findings of one line: the gravest first, whose severity the sign shows and to which it leads."""

    rows: tuple[FindingRow, ...]

    @property
    def severity(self) -> str:
        return str(self.rows[0].finding["severity"])

    @property
    def number(self) -> int:
        """Of the finding that the sign leads to."""
        return self.rows[0].number

    @property
    def text(self) -> str:
        """All that is found on the line."""
        return "\n".join(str(row.finding["message"]) for row in self.rows)


def signs(
    text: str, rows: Sequence[FindingRow], *, judged: str, is_combined: bool = False
) -> Mapping[int, Sign]:
    """Line of `text` → sign. `text` is what was `judged`, or the same formatted anew or rendered for a target.

    `is_combined`: rendered for several regions, where an entry of a list became several; the list gets the sign then.
    """
    if text == judged:
        places = [row.finding["line"] for row in rows]
    else:
        places = _lines(text, [_path(row, is_combined) for row in rows])
    found: dict[int, list[FindingRow]] = {}
    for row, line in zip(rows, places, strict=True):
        if line is not None:
            found.setdefault(line, []).append(row)
    return {line: Sign(tuple(sorted(those, key=_rank))) for line, those in found.items()}


def _rank(row: FindingRow) -> int:
    return Severity(row.finding["severity"]).rank


def _path(row: FindingRow, is_combined: bool) -> str | None:
    path: str | None = row.finding["path"]
    if path is None or not is_combined:
        return path
    parts = pointer_parts(path)
    return pointer(*parts[:-1]) if len(parts) > 2 and parts[-1].isdecimal() else path


def _lines(text: str, paths: Sequence[str | None]) -> list[int | None]:
    reading = read(text, RENDERED_LIMITS)
    values = [value_at(reading.value, path) if path else None for path in paths]
    return [reading.source.place(value.start).line if value else None for value in values]
