"""Reads a text that the exact reader has refused once more, tolerantly, to name every paste fault at once.

Nothing that is read here is ever stored or released: its use is to say what is wrong, with an edit for each fault.
This module knows what may surround a document; the reading itself is in `loose/`. When nothing is found here, the
exact reader's own words stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from policystudio.ram.finding import Edit, Finding, Fix, shown
from policystudio.ram.loose.faults import Enough, Faults
from policystudio.ram.loose.scalars import WORD
from policystudio.ram.loose.values import LooseValues
from policystudio.ram.position import Source
from policystudio.ram.reader import LITERALS, Json, Limits

_FENCE = re.compile(r"\s*(```[A-Za-z0-9]*)[ \t]*\r?\n")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The faults of a text, and the value that was meant where every fault leaves no doubt about it."""

    findings: list[Finding]
    value: Json | None


def diagnose(source: Source, limits: Limits) -> Diagnosis:
    """Name the faults of a text that the exact reader refused. Never raises; one pass over the text."""
    faults = Faults(source)
    reading = _LooseDocument(source.text, faults, limits)
    try:
        value = reading.document()
    except Enough:
        value = None
    return Diagnosis(faults.findings(), value if reading.is_clear else None)


class _LooseDocument(LooseValues):
    """One value and what people paste around it."""

    def document(self) -> Json | None:
        if self.text.startswith("\ufeff"):
            message = "the text starts with a byte-order mark (U+FEFF); remove it"
            self.faults.add("byte-order-mark", message, 0, Edit(0, 1, ""), title="remove the byte-order mark")
            self.position = 1
        self._skip_fence()
        self._skip()
        if self.position < len(self.text) and not self._starts_document():
            self._skip_preamble()
        if self.position >= len(self.text):
            self.is_clear = False
            return None
        value = self._value(0)
        self._skip()
        if self.position < len(self.text):
            self._text_after()
        return value

    def _skip_fence(self) -> None:
        fence = _FENCE.match(self.text, self.position)
        if fence is None:
            return
        closing = self.text.rfind("```")
        edits = [Edit(fence.start(1), fence.end(1), "")]
        if closing > fence.end():
            edits.append(Edit(closing, closing + 3, ""))
            self.text = self.text[:closing]
        message = "the document stands inside a Markdown fence; remove the fence"
        self.faults.add("json-syntax-error", message, fence.start(1), *edits, title="remove the fence")
        self.position = fence.end()

    def _starts_document(self) -> bool:
        word = WORD.match(self.text, self.position)
        return word.group() in LITERALS if word else self._starts_value()

    def _skip_preamble(self) -> None:
        start = self.position
        brace = self.text.find("{", start)
        what = shown(self.text[start : start + 20])
        self.is_clear = False
        if brace < 0:
            self.faults.add("json-syntax-error", f"a document starts with `{{`, not with {what}", start)
            self.position = len(self.text)
            return
        message = f"something stands before the document: {what}; remove it"
        edit = Edit(start, brace, "")
        self.faults.add(
            "json-syntax-error", message, start, edit, title="remove what stands before the document"
        )
        self.position = brace

    def _text_after(self) -> None:
        start = self.position
        rest = self.text[start:]
        message = f"something follows the end of the document: {shown(rest[:20])}; keep one document"
        edits = [] if any(char.isalnum() for char in rest) else [Edit(start, len(self.text), "")]
        title = "remove what follows the document"
        choices = [Fix("keep only the first document", (Edit(start, len(self.text), ""),))]
        if rest.startswith("{"):
            choices.append(Fix("keep only what follows", (Edit(0, start, ""),)))
        self.faults.add(
            "text-after-document",
            message,
            start,
            *edits,
            title=title,
            choices=() if edits else tuple(choices),
        )
        self.is_clear = False
