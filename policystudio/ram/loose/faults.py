"""Collects what a tolerant reading finds: each kind of paste fault once, with all its places and one edit for them.

A page copied from the web has hundreds of no-break spaces and one cause; so faults that come in crowds are one
finding at their first place, and its fix repairs them all, unless they are too many for one. Other
faults are a finding each.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from policystudio.ram.finding import MAX_EDITS, Edit, Finding, Fix, Severity, found
from policystudio.ram.position import Source

# Code → what is said of one place, and the name of the fix.
_CROWDS = {
    "no-break-space": (
        "a space that is not the plain one stands outside a text, as copied web pages have it; use plain spaces",
        "replace by plain spaces",
    ),
    "curly-quote": (
        'a typographic quote stands where JSON needs a straight one; write `"`',
        "replace by straight double quotes",
    ),
    "single-quoted-string": (
        "a text stands in single quotes; JSON needs double quotes",
        "write in double quotes",
    ),
    "full-width-punctuation": (
        "a full-width sign stands where JSON needs the plain one",
        "replace by plain punctuation",
    ),
    "html-entity-in-text": (
        "an HTML entity is left from a copied page; write the character itself",
        "replace entities by their characters",
    ),
    "control-character-in-string": (
        "a raw control character, such as a tab or a line break, stands inside a text; remove it",
        "remove control characters",
    ),
    "bidirectional-control": (
        "a character reorders the text on the screen, so that people read something else; remove it",
        "remove reordering characters",
    ),
}
_MAX_SINGLES = 300


class Enough(Exception):
    """More faults than anybody reads; it never leaves the second reading."""


@dataclass(slots=True)
class _Crowd:
    """The places of one fault: how many, the first of them, and the edits, one more than may be offered at most."""

    first: int
    count: int = 0
    edits: list[Edit] = field(default_factory=list)


class Faults:
    """The findings of one text as they come in."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._singles: list[Finding] = []
        self._last: tuple[str, int] | None = None
        self._crowds: dict[str, _Crowd] = {}

    def add(
        self,
        code: str,
        message: str,
        offset: int,
        *edits: Edit,
        title: str = "",
        path: str | None = None,
        choices: tuple[Fix, ...] = (),
    ) -> None:
        """One finding for one fault, not repeated when it comes twice running; the fix is there when edits are.

        Raises: Enough when there are too many.
        """
        if (code, offset) == self._last:
            return
        self._last = (code, offset)
        fix = Fix(title, edits) if edits else None
        self._singles.append(
            found(
                self._source,
                code,
                Severity.ERROR,
                message,
                offset=offset,
                path=path,
                fix=fix,
                choices=choices,
            )
        )
        if len(self._singles) >= _MAX_SINGLES:
            raise Enough

    def crowd(self, code: str, offset: int, *edits: Edit, count: int = 1) -> None:
        """One more place of a fault that comes in crowds, or `count` that follow each other."""
        crowd = self._crowds.get(code)
        if crowd is None:
            crowd = self._crowds[code] = _Crowd(offset)
        crowd.first = min(crowd.first, offset)
        crowd.count += count
        if len(crowd.edits) <= MAX_EDITS:
            crowd.edits += edits

    def is_full(self, code: str) -> bool:
        """Whether a crowd has more edits than can be offered, so that further ones need not be made."""
        crowd = self._crowds.get(code)
        return crowd is not None and len(crowd.edits) > MAX_EDITS

    def findings(self) -> list[Finding]:
        """Everything that was collected, in no particular order."""
        return [*self._singles, *(self._crowd(code, crowd) for code, crowd in self._crowds.items())]

    def _crowd(self, code: str, crowd: _Crowd) -> Finding:
        message, title = _CROWDS[code]
        first = crowd.first
        if crowd.count > 1:
            message += f" (at {crowd.count} places, the first of them here)"
        elif not self._source.text[first].isprintable():
            message += f" (U+{ord(self._source.text[first]):04X})"
        fix = Fix(title, tuple(crowd.edits)) if 0 < len(crowd.edits) <= MAX_EDITS else None
        return found(self._source, code, Severity.ERROR, message, offset=first, path=None, fix=fix)
