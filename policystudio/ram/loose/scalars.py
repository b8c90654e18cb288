"""Words and numbers as people paste them, and what is said when something else stands there or the text ends.

The third layer of the tolerant reading.
"""

from __future__ import annotations

import re

from policystudio.ram.canonical import quoted
from policystudio.ram.finding import Edit, shown
from policystudio.ram.loose.faults import Enough, Faults
from policystudio.ram.loose.strings import LooseStrings
from policystudio.ram.reader import LITERALS, NUMBER, Json, JsonLiteral, JsonNumber, JsonString, Limits

WORD = re.compile(r"[A-Za-z_$][A-Za-z0-9_$.\-]*")
CLOSING = {"{": "}", "[": "]"}
_NUMBER_LIKE = re.compile(r"[+\-.0-9][0-9A-Za-z_.+\-]*")
_JUNK = re.compile(r"[^\s,:\[\]{}\"“”‘’'，：]+")
# What other languages write for JSON's literals; a document holds none but as text.
_SPELT_OTHERWISE = {"True": '"true"', "TRUE": '"true"', "False": '"false"', "FALSE": '"false"'}
# After so many faults of no known kind the rest only follows from them.
_MAX_UNCLEAR = 3


class LooseScalars(LooseStrings):
    """Reads a word or a number; knows which brackets are open."""

    def __init__(self, text: str, faults: Faults, limits: Limits) -> None:
        super().__init__(text, faults)
        self.limits = limits
        self.open: list[tuple[str, int]] = []
        self.unclear = 0

    def _starts_value(self) -> bool:
        char = self._peek()
        return bool(char) and (char in "{[-+." or (char.isascii() and char.isalnum()) or self._is_quote())

    def _word(self) -> Json:
        start = self.position
        word = WORD.match(self.text, start)
        if word is None:
            return self._no_value()
        self.position = end = word.end()
        name = word.group()
        if name in LITERALS:
            return JsonLiteral(start, end, LITERALS[name])
        if name in ("NaN", "Infinity"):
            self.faults.add("not-a-json-number", f"`{name}` is not a JSON number", start)
            self.is_clear = False
            return JsonLiteral(start, end, None)
        better = _SPELT_OTHERWISE.get(name, quoted(name))
        message = f"{shown(name)} is not JSON; a text needs double quotes"
        edit = Edit(start, end, better)
        self.faults.add("json-syntax-error", message, start, edit, title=f"write `{better}`")
        return JsonString(start, end, better[1:-1])

    def _no_value(self) -> Json:
        start = self.position
        self.is_clear = False
        if start >= len(self.text):
            if not self.has_ended:
                self._unclosed()
            return JsonLiteral(start, start, None)
        self._unexpected("a value")
        return JsonLiteral(start, self.position, None)

    def _unexpected(self, wanted: str, *, fix: str = "") -> None:
        """Report what stands here instead of `wanted`, and step over it unless it is punctuation of JSON."""
        start = self.position
        junk = _JUNK.match(self.text, start)
        end = junk.end() if junk else start + (self._peek() not in ("]", "}", ",", ":"))
        edits = [Edit(start, start + 1, fix)] if fix else []
        what = shown(self.text[start : max(end, start + 1)], 20)
        self.faults.add(
            "json-syntax-error", f"{wanted} is needed here, not {what}", start, *edits, title=f"write `{fix}`"
        )
        self.is_clear = False
        self.unclear += not fix
        if self.unclear >= _MAX_UNCLEAR:
            raise Enough
        self.position = start + 1 if fix else end

    def _number(self) -> Json:
        start = self.position
        match = _NUMBER_LIKE.match(self.text, start)
        assert match is not None  # the caller has seen the first character
        self.position = end = match.end()
        if NUMBER.fullmatch(match.group()):
            if end - start <= self.limits.max_number_length:
                return JsonNumber(start, end, match.group())
            message = f"a number of more than {self.limits.max_number_length} characters is refused rather than rounded"
            self.faults.add("number-too-long", message, start)
        else:
            self.faults.add("not-a-json-number", f"{shown(match.group())} is not a JSON number", start)
        self.is_clear = False
        return JsonLiteral(start, end, None)

    def _unclosed(self, at: int | None = None) -> None:
        """The text ends too early: one finding at the innermost thing that is open, one edit that closes everything."""
        self.has_ended = True
        self.is_clear = False
        if not self.open and at is None:
            return
        brackets = "".join(CLOSING[outer] for outer, _ in reversed(self.open))
        end = self.last_end
        if at is not None:
            message, edit = "this string is never closed", Edit(end, end, '"' + brackets)
        else:
            opening, at = self.open[-1]
            # A comma that nothing follows goes with it.
            start = end - 1 if self.text[end - 1] in ",，、" and end > at + 1 else end
            more = f", and {len(self.open) - 1} around it" if len(self.open) > 1 else ""
            message, edit = (
                f"the text ends before this `{opening}` is closed{more}",
                Edit(start, end, brackets),
            )
        title = f"add `{edit.text}` at the end"
        self.faults.add("unclosed-bracket", message, at, edit, title=title)

    def _unclosed_string(self, start: int) -> str:
        end = self.position = self._plausible_end(start + 1)
        if self.text[end:].strip() and not self.has_ended:
            edit = Edit(end, end, '"')
            message = "this string is never closed; add the closing quote"
            self.faults.add("unclosed-bracket", message, start, edit, title="add the closing quote")
            self.is_clear = False
        else:
            self.last_end = end
            self._unclosed(start)
        return self.text[start + 1 : end]
