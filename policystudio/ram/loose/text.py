"""Blanks, comments and single signs as people paste them; the lowest layer of the tolerant reading."""

from __future__ import annotations

import re

from policystudio.ram.finding import Edit
from policystudio.ram.loose.faults import Faults
from policystudio.ram.reader import BIDIRECTIONAL, SPACE

# Blanks other than JSON's four, and characters without width, as web pages and word processors leave them.
_ODD_BLANKS = dict.fromkeys(
    "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\v\f\x85",
    " ",
) | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
_PLAIN = {
    "，": ",",
    "、": ",",
    "﹐": ",",
    "：": ":",
    "﹕": ":",
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    "【": "[",
    "】": "]",
}
_SIGNS = frozenset(',:"]}[{')
"""What mostly follows a blank, so that it is asked for first."""
_COMMENT = re.compile(r"//[^\r\n]*|#[^\r\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)


class LooseText:
    """The text, where the reading stands, and the faults so far."""

    def __init__(self, text: str, faults: Faults) -> None:
        self.text = text
        self.faults = faults
        self.position = 0
        self.last_end = 0
        """The end of the last thing that was no blank or comment; what is added at the end is added there."""
        self.is_clear = True
        """Whether what was meant is beyond doubt up to here."""
        self.has_ended = False
        """Whether the end of the text was reached too early, which is said once."""

    def _skip(self) -> None:
        """Step over blanks, and over what should not be there but holds no value."""
        while True:
            blank = SPACE.match(self.text, self.position)
            assert blank is not None  # the pattern matches the empty text
            at = self.position = blank.end()
            char = self.text[at : at + 1]
            if char in _SIGNS:
                return
            if char in _ODD_BLANKS and char:
                self.faults.crowd("no-break-space", at, Edit(at, at + 1, _ODD_BLANKS[char]))
                self.position += 1
            elif char in BIDIRECTIONAL:
                self.faults.crowd("bidirectional-control", at, Edit(at, at + 1, ""))
                self.position += 1
            elif self.text.startswith("&nbsp;", at):
                self.faults.crowd("html-entity-in-text", at, Edit(at, at + 6, " "))
                self.position += 6
            elif comment := _COMMENT.match(self.text, at):
                edit = Edit(at, comment.end(), "")
                message = "JSON has no comments; remove this one"
                self.faults.add("comment-in-json", message, at, edit, title="remove the comment")
                self.position = comment.end()
            else:
                return

    def _peek(self) -> str:
        """The character here, full-width punctuation as the plain sign it stands for; the empty text at the end."""
        char = self.text[self.position : self.position + 1]
        return _PLAIN.get(char, char)

    def _take(self) -> None:
        """Step over one sign; a full-width one is a fault."""
        at = self.position
        plain = _PLAIN.get(self.text[at])
        if plain is not None:
            self.faults.crowd("full-width-punctuation", at, Edit(at, at + 1, plain))
        self.position = self.last_end = at + 1
