"""Which texts may stand in a document that a builder makes: one pattern a sort of text, read and published alike.

Decision: only what would break the document is refused, such as a colon, a wildcard or an invisible character. Forms
that the catalogue merely infers, as that of a key id, are left to findings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from policystudio.builders.parameters.parameter import At, Report
from policystudio.ram.finding import shown

# Control, invisible, direction and blank characters that no name needs, as a class of ECMA 262 and Python alike.
_ODD = (
    r"\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff"
    r"\ufff0-\uffff\ud800-\udfff"
)
_ODD_CHARACTER = re.compile(f"[{_ODD}]")


@dataclass(frozen=True, slots=True)
class TextRule:
    """A sort of text: `pattern` is a regular expression that ECMA 262 and Python read alike.

    `what` names the sort in messages, `advice` says what would be right.
    """

    what: str
    pattern: str
    max_length: int
    advice: str

    def shape(self) -> dict[str, Any]:
        """The JSON Schema of one such text."""
        return {
            "type": "string",
            "minLength": 1,
            "maxLength": self.max_length,
            "pattern": anchored(self.pattern),
        }

    def read(self, given: Any, at: At, report: Report) -> str:
        """`given` when it is such a text."""
        if not isinstance(given, str):
            report.add(at, "wrong-type", f"{self.what} is needed here, as text")
            return ""
        if fault := self.fault(given):
            report.add(at, *fault)
        return given

    def fault(self, text: str) -> tuple[str, str] | None:
        """Code and sentence for what is wrong with `text`, or None."""
        if not text:
            return "empty-text", f"{self.what} is needed here; remove the empty entry"
        if len(text) > self.max_length:
            return "too-long", f"{self.what} has at most {self.max_length} characters, not {len(text)}"
        if not _compiled(self.pattern).fullmatch(text):
            return self._diagnosis(text)
        # What the published pattern cannot say: odd characters beyond the first 65,536.
        if not text.replace(" ", "").isprintable():
            return "odd-character", f"{shown(text)} holds a character that cannot be seen; type it again"
        return None

    def _diagnosis(self, text: str) -> tuple[str, str]:
        if "${" in text or "$<" in text:
            return "placeholder", f"{shown(text)} holds a placeholder, which may not stand in {self.what}"
        if "*" in text or "?" in text:
            return "wildcard", f"{shown(text)}: a wildcard may not stand there; {self.advice}"
        if " " in text or _ODD_CHARACTER.search(text):
            return (
                "odd-character",
                f"{shown(text)} holds a blank or a character that cannot be seen; type it again",
            )
        return "not-allowed-character", f"{shown(text)} is not {self.what}; {self.advice}"


def anchored(pattern: str) -> str:
    """The pattern for the whole text; the look-ahead is for Python, where `$` also fits before a last line feed."""
    return f"^(?:{pattern})$(?!\\n)"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


# Visible ASCII that cannot end a field of a resource, join two names, start a placeholder or be left of a template.
_NAME = r"A-Za-z0-9_.@=+!#%&~^\(\)\[\]\-"

KEY_ID = TextRule(
    "a key id",
    f"[{_NAME}]+",
    128,
    "write the id alone, the part after `key/`, in full",
)
ALIAS = TextRule(
    "an alias name",
    # Written once as type of the resource; a second `alias/` would be part of the name and is nearly always a slip.
    rf"(?:alias\/)?(?!alias\/)[{_NAME}\/]+",
    255 + len("alias/"),
    "write the name alone, with or without `alias/` before it",
)
SECRET = TextRule("a secret name", rf"[{_NAME}\/]+", 192, "write the whole name")
SECRET_OR_PREFIX = TextRule(
    "a secret name",
    rf"[{_NAME}\/]+\*?",
    192,
    "write a name, or the start of one with a star at the end such as `prod/*`",
)


def _tag(what: str, advice: str) -> TextRule:
    inner = rf'[^{_ODD}$*?"{{}}<>]'
    edge = rf'[^ {_ODD}$*?"{{}}<>]'
    return TextRule(what, f"{edge}(?:{inner}*{edge})?", 128, advice)


TAG_KEY = _tag("a tag key", "write the key of the tag as it stands on the KMS key")
TAG_VALUE = _tag("a tag value", "tag values are compared as a whole, without wildcards")
