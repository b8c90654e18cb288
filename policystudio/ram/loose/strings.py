"""Strings as people paste them: in curly, single or entity quotes, unclosed, or with raw control characters inside.

The second layer of the tolerant reading; what stands between strings is known to `values.py`.
"""

from __future__ import annotations

import re
from itertools import islice

from policystudio.ram.finding import MAX_EDITS, Edit
from policystudio.ram.loose.faults import Faults
from policystudio.ram.loose.text import LooseText
from policystudio.ram.reader import BIDIRECTIONAL, ESCAPES, HEX4

_STRAIGHT = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_CURLY = "“”„‟«»"
_CURLY_SINGLE = "‘’‚‛"
# Opening → the code, and what may close such a string.
_OPENINGS: dict[str, tuple[str, re.Pattern[str]]] = {
    **dict.fromkeys(_CURLY, ("curly-quote", re.compile(rf'[{_CURLY}"]'))),
    **dict.fromkeys(_CURLY_SINGLE, ("curly-quote", re.compile(rf"[{_CURLY_SINGLE}']"))),
    # A backslash before the quote keeps the string open, unless it is itself the second of two.
    "'": ("single-quoted-string", re.compile(rf"(?:(?<!\\)|(?<=[^\\]\\\\))'|[{_CURLY_SINGLE}]")),
    "＂": ("full-width-punctuation", re.compile(r'[＂"]')),
    "&quot;": ("html-entity-in-text", re.compile(r'&quot;|"')),
    "&#34;": ("html-entity-in-text", re.compile(r'&#34;|"')),
    "&ldquo;": ("html-entity-in-text", re.compile(r'&[rl]dquo;|"')),
}
_ANY_CURLY = re.compile(rf"[{_CURLY}＂]")
# What may follow a string that ended where its author thought; a comment counts, and so does the end of the text.
_GOOD_END = re.compile(r"[ \t\r\n]*(?:[:,\]}：，、］｝;#/]|\Z)")
_INNER = re.compile(r"\\(.)|\"", re.DOTALL)
_LINE_END = re.compile(r"[\r\n]|\Z")
_SPECIAL = re.compile("[\\x00-\\x1f\\\\\ud800-\udfff" + "".join(sorted(BIDIRECTIONAL)) + "]")
_CROWDS = (
    ("control-character-in-string", re.compile(r"[\x00-\x1f]+")),
    ("bidirectional-control", re.compile("[" + "".join(sorted(BIDIRECTIONAL)) + "]+")),
)
"""What comes in crowds inside strings, and how a run of it is taken as one."""
_AFTER_STRINGS = " \t,]}"


class LooseStrings(LooseText):
    """Reads one string at a time."""

    def __init__(self, text: str, faults: Faults) -> None:
        super().__init__(text, faults)
        self._line_ends_at = -1

    def _opening(self) -> str:
        char = self.text[self.position : self.position + 1]
        if char == "&":
            return next((o for o in _OPENINGS if len(o) > 1 and self.text.startswith(o, self.position)), "")
        return char if char == '"' or char in _OPENINGS else ""

    def _is_quote(self) -> bool:
        """Whether a string begins here, in whatever quotes."""
        return bool(self._opening())

    def _string(self) -> str:
        """The text of the string that begins here; the caller has asked `_is_quote`."""
        opening = self._opening()
        return self._straight() if opening == '"' else self._quoted_otherwise(opening)

    def _quoted_otherwise(self, opening: str) -> str:
        start = self.position
        code, closings = _OPENINGS[opening]
        begin = start + len(opening)
        closing = closings.search(self.text, begin, self._line_end(begin))
        edits = [Edit(start, begin, '"')]
        if closing is None:
            end = self.position = self._plausible_end(begin)
            self.is_clear = False
            self.faults.crowd(code, start, *edits, Edit(end, end, '"'))
            return self.text[begin:end]
        end = closing.start()
        self.position = closing.end()
        content = self.text[begin:end]
        if self.faults.is_full(code):
            self.faults.crowd(code, start)
            return self._decoded(begin, end) if "\\'" not in content else content.replace("\\'", "'")
        edits += self._inner_quotes(begin, end)
        if closing.group() != '"':
            edits.append(Edit(end, closing.end(), '"'))
        self.faults.crowd(code, start, *edits)
        return self._decoded(begin, end) if "\\'" not in content else content.replace("\\'", "'")

    def _inner_quotes(self, begin: int, end: int) -> list[Edit]:
        """Edits for quotes inside: a straight double one gets a backslash, a single one loses it.

        Of more than can be offered only so many that the fault is known to have too many.
        """
        edits = []
        for match in islice(_INNER.finditer(self.text, begin, end), MAX_EDITS + 1):
            at = match.start()
            if match.group() == '"':
                edits.append(Edit(at, at, "\\"))
            elif match.group(1) == "'":
                edits.append(Edit(at, at + 1, ""))
        return edits

    def _straight(self) -> str:
        start = self.position
        line_end = self._line_end(start)
        token = _STRAIGHT.match(self.text, start)
        ends_well = token is not None and _GOOD_END.match(self.text, token.end()) is not None
        if token is not None and ends_well and token.end() <= line_end:
            self.position = token.end()
            return self._decoded(start + 1, token.end() - 1)
        for curly in _ANY_CURLY.finditer(self.text, start, line_end):
            # Opened with a straight quote and closed with another one.
            if _GOOD_END.match(self.text, curly.end()):
                code = "full-width-punctuation" if curly.group() == "＂" else "curly-quote"
                self.faults.crowd(code, curly.start(), Edit(curly.start(), curly.end(), '"'))
                self.position = curly.end()
                return self._decoded(start + 1, curly.start())
        if token is not None and (ends_well or token.end() <= line_end):
            self.position = token.end()
            return self._decoded(start + 1, token.end() - 1)
        return self._unclosed_string(start)

    def _unclosed_string(self, start: int) -> str:
        """Report a string that is never closed, and step to where it probably ended."""
        raise NotImplementedError

    def _plausible_end(self, begin: int) -> int:
        """Where an unclosed string probably ended: on its line, before the punctuation at the end of it."""
        end = self._line_end(begin)
        return begin + len(self.text[begin:end].rstrip(_AFTER_STRINGS))

    def _line_end(self, begin: int) -> int:
        # Asked for every string, and the reading only goes forward: a line is searched once.
        if begin > self._line_ends_at:
            match = _LINE_END.search(self.text, begin)
            assert match is not None  # the pattern matches the end of the text
            self._line_ends_at = match.start()
        return self._line_ends_at

    def _decoded(self, begin: int, end: int) -> str:
        """The text between the quotes, its escapes read, with a fault for each thing that the exact reader refuses."""
        pieces: list[str] = []
        at = begin
        while True:
            special = _SPECIAL.search(self.text, at, end)
            if special is None:
                pieces.append(self.text[at:end])
                return "".join(pieces)
            pieces.append(self.text[at : special.start()])
            text, at = self._special(special.start(), end)
            pieces.append(text)

    def _special(self, at: int, end: int) -> tuple[str, int]:
        """What the odd character or the escape at `at` stands for, and where the text goes on."""
        char = self.text[at]
        if char == "\\":
            return self._escape(at, end)
        if "\ud800" <= char <= "\udfff":
            self._surrogate(at, ord(char))
            return "", at + 1
        code, several = _CROWDS[char in BIDIRECTIONAL]
        run = several.match(self.text, at, end)
        assert run is not None  # it begins with `char`
        self.faults.crowd(code, at, Edit(at, run.end(), ""), count=run.end() - at)
        return "", run.end()

    def _escape(self, at: int, end: int) -> tuple[str, int]:
        char = self.text[at + 1 : at + 2] if at + 1 < end else ""
        if char in ESCAPES and char:
            return ESCAPES[char], at + 2
        code = self._hex4(at, end) if char == "u" else None
        if code is None:
            what = f"`\\{char}`" if char.isprintable() else "this"
            message = (
                "`\\u` needs four hexadecimal digits" if char == "u" else f"{what} is not an escape of JSON"
            )
            self.faults.add("json-syntax-error", message, at)
            self.is_clear = False
            return "", at + 1
        if 0xD800 <= code < 0xDC00:
            low = self._hex4(at + 6, end) if self.text.startswith("\\u", at + 6) else None
            if low is not None and 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)), at + 12
        if 0xD800 <= code < 0xE000:
            self._surrogate(at, code)
            return "", at + 6
        if code == 0 or chr(code) in BIDIRECTIONAL:
            crowd = "bidirectional-control" if code else "control-character-in-string"
            self.faults.crowd(crowd, at, Edit(at, at + 6, ""))
            return "", at + 6
        return chr(code), at + 6

    def _hex4(self, at: int, end: int) -> int | None:
        match = HEX4.match(self.text, at + 2, end)
        return int(match.group(), 16) if match else None

    def _surrogate(self, at: int, code: int) -> None:
        self.is_clear = False
        self.faults.add("lone-surrogate", f"half of a character pair (U+{code:04X})", at)
