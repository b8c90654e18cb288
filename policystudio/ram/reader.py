"""Reads JSON exactly: every value knows its place, and what is not plain JSON is refused, never repaired.

The one reader for every JSON that comes in, documents and API bodies alike. `diagnose.py` names every fault of a text
that it refuses; the meaning of a document is left to `parse.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from policystudio.ram.finding import Finding, Severity, found, shown
from policystudio.ram.position import Source, pointer
from policystudio.ram.quick import quickly
from policystudio.ram.values import Json, JsonArray, JsonLiteral, JsonNumber, JsonObject, JsonString, Member

__all__ = ["Json", "JsonArray", "JsonLiteral", "JsonNumber", "JsonObject", "JsonString", "Member"]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the reader accepts; checked before the work is done."""

    max_bytes: int
    max_depth: int = 32
    max_values: int = 50_000
    max_number_length: int = 64
    allows_reordering: bool = False
    """Whether characters that reorder text may stand in strings."""


# A document over RAM's 6,144 bytes is still read, so that it can be shown, split and made smaller.
DOCUMENT_LIMITS = Limits(max_bytes=256 * 1024)
# A body may carry a document as text inside a string, and a list of 600 targets beside it.
# The document in it is judged afterwards, and what reorders its text is then a finding and no refusal of the request.
BODY_LIMITS = Limits(max_bytes=1024 * 1024, allows_reordering=True)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading: a value, or the findings that say why there is none."""

    source: Source
    value: Json | None
    findings: tuple[Finding, ...]


class Refused(Exception):
    """Carries the first fault out of the recursive descent; it never leaves the reader."""

    def __init__(self, code: str, message: str, offset: int, path: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset
        self.path = path


SPACE = re.compile(r"[ \t\n\r]*")
_PLAIN_STRING = re.compile(r'"([^"\\\x00-\x1f\ud800-\udfff]*)"')
_STRING_RUN = re.compile(r'[^"\\\x00-\x1f\ud800-\udfff]*')
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_AFTER_NUMBER = re.compile(r"[0-9A-Za-z_.+\-]")
HEX4 = re.compile(r"[0-9A-Fa-f]{4}")
_WORD = re.compile(r"[A-Za-z]+")
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
LITERALS = {"true": True, "false": False, "null": None}
# Characters that change the order in which text is shown, so that a reviewer reads something else than RAM does.
# Source: Unicode Standard Annex 9, explicit directional formatting characters.
BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read_bytes(data: bytes, limits: Limits = DOCUMENT_LIMITS) -> Reading:
    """Read UTF-8 bytes; every other encoding, overlong forms and encoded surrogates are refused."""
    if len(data) > limits.max_bytes:
        return _too_large(Source(""), limits)
    try:
        text = data.decode("utf-8", "strict")
    except UnicodeDecodeError as error:
        source = Source(data[: error.start].decode("utf-8"))
        message = f"byte {error.start} (0x{data[error.start]:02X}) is not UTF-8; save the text as UTF-8"
        finding = found(source, "not-utf-8", Severity.ERROR, message, offset=len(source.text), path=None)
        return Reading(source, None, (finding,))
    return read(text, limits)


def read(text: str, limits: Limits = DOCUMENT_LIMITS) -> Reading:
    """Read a text as one JSON value. Never raises; a refusal is a finding with line and column."""
    source = Source(text)
    # The second measure is exact; the first keeps a huge text from being encoded only to be refused.
    if len(text) > limits.max_bytes or len(text.encode("utf-8", "surrogatepass")) > limits.max_bytes:
        return _too_large(source, limits)
    # A text has no more values than characters.
    value = quickly(text, limits.max_depth) if len(text) <= limits.max_values else None
    if value is not None:
        return Reading(source, value, ())
    try:
        return Reading(source, _Reader(text, limits).document(), ())
    except Refused as fault:
        finding = found(
            source, fault.code, Severity.ERROR, fault.message, offset=fault.offset, path=fault.path
        )
        return Reading(source, None, (finding,))


def _too_large(source: Source, limits: Limits) -> Reading:
    message = f"the text is over {limits.max_bytes // 1024} KiB, the most that is read; split it"
    return Reading(source, None, (Finding("text-too-large", Severity.ERROR, message, None, 1, 1),))


class _Reader:
    """One recursive descent over one text; the depth limit bounds the recursion."""

    __slots__ = ("limits", "parts", "position", "text", "values")

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.position = 0
        self.values = 0
        self.parts: list[str | int] = []

    def document(self) -> Json:
        if self.text.startswith("\ufeff"):
            raise Refused("byte-order-mark", "the text starts with a byte-order mark (U+FEFF); remove it", 0)
        self._skip()
        if self.position == len(self.text):
            raise Refused("empty-text", "there is no text; a document starts with `{`", self.position)
        value = self._value(0)
        self._skip()
        if self.position < len(self.text):
            what = shown(self.text[self.position : self.position + 20])
            raise Refused(
                "text-after-document", f"something follows the end of the document: {what}", self.position
            )
        return value

    def _skip(self) -> None:
        self.position = SPACE.match(self.text, self.position).end()  # type: ignore[union-attr]  # matches the empty text

    def _fault(self, message: str, code: str = "json-syntax-error", offset: int | None = None) -> Refused:
        return Refused(code, message, self.position if offset is None else offset)

    def _value(self, depth: int) -> Json:
        self.values += 1
        if self.values > self.limits.max_values:
            raise self._fault(
                f"more than {self.limits.max_values} values in one text; split it", "too-many-values"
            )
        char = self.text[self.position : self.position + 1]
        if char == '"':
            start = self.position
            text = self._string()
            return JsonString(start, self.position, text)
        if char == "{":
            return self._object(depth + 1)
        if char == "[":
            return self._array(depth + 1)
        if char == "-" or "0" <= char <= "9":
            return self._number()
        return self._literal(char)

    def _literal(self, char: str) -> JsonLiteral:
        start = self.position
        word = _WORD.match(self.text, start)
        if word is not None and word.group() in LITERALS:
            self.position = word.end()
            return JsonLiteral(start, word.end(), LITERALS[word.group()])
        if word is not None and word.group() in ("NaN", "Infinity"):
            raise self._fault(f"`{word.group()}` is not a JSON number", "not-a-json-number")
        if not char:
            raise self._fault("the text ends where a value is needed", "unclosed-bracket")
        raise self._fault(f"a value is needed here, not {shown(char)}")

    def _number(self) -> JsonNumber:
        start = self.position
        match = NUMBER.match(self.text, start)
        if match is None or _AFTER_NUMBER.match(self.text, match.end()):
            raise self._fault("this is not a JSON number", "not-a-json-number")
        if match.end() - start > self.limits.max_number_length:
            message = f"a number of more than {self.limits.max_number_length} characters is refused rather than rounded"
            raise self._fault(message, "number-too-long")
        self.position = match.end()
        return JsonNumber(start, match.end(), match.group())

    def _enter(self, depth: int) -> int:
        if depth > self.limits.max_depth:
            raise self._fault(f"nested deeper than {self.limits.max_depth} levels", "nested-too-deep")
        start = self.position
        self.position += 1
        self._skip()
        return start

    def _array(self, depth: int) -> JsonArray:
        start = self._enter(depth)
        items: list[Json] = []
        if self.text[self.position : self.position + 1] == "]":
            self.position += 1
            return JsonArray(start, self.position, ())
        while True:
            self.parts.append(len(items))
            items.append(self._value(depth))
            self.parts.pop()
            if self._ends("]", start):
                return JsonArray(start, self.position, tuple(items))

    def _object(self, depth: int) -> JsonObject:
        start = self._enter(depth)
        members: list[Member] = []
        names: set[str] = set()
        if self.text[self.position : self.position + 1] == "}":
            self.position += 1
            return JsonObject(start, self.position, ())
        while True:
            name_start = self.position
            if self.text[name_start : name_start + 1] != '"':
                raise self._no_name()
            name = self._string()
            name_end = self.position
            if name in names:
                path = pointer(*self.parts, name)
                message = f"{shown(name)} stands twice in one object; readers disagree on which one counts, so keep one"
                raise Refused("repeated-member", message, name_start, path)
            names.add(name)
            self._skip()
            if self.text[self.position : self.position + 1] != ":":
                raise self._fault(f"a colon is needed after the name {shown(name)}")
            self.position += 1
            self._skip()
            self.parts.append(name)
            members.append(Member(name, name_start, name_end, self._value(depth)))
            self.parts.pop()
            if self._ends("}", start):
                return JsonObject(start, self.position, tuple(members))

    def _no_name(self) -> Refused:
        char = self.text[self.position : self.position + 1]
        if not char:
            return self._fault("the text ends inside an object", "unclosed-bracket")
        return self._fault(f"a name in double quotes is needed here, not {shown(char)}")

    def _ends(self, closing: str, opened_at: int) -> bool:
        """Step over a comma (False) or the closing bracket (True)."""
        self._skip()
        char = self.text[self.position : self.position + 1]
        if char == closing:
            self.position += 1
            return True
        if char == ",":
            self.position += 1
            self._skip()
            after = self.text[self.position : self.position + 1]
            if after and after in "]}":
                raise self._fault(
                    f"a value must follow the comma before this `{after}`; remove the comma", "trailing-comma"
                )
            return False
        if not char:
            opening = self.text[opened_at]
            raise self._fault(
                f"the text ends before this `{opening}` is closed", "unclosed-bracket", opened_at
            )
        raise self._fault(f"a comma or `{closing}` is needed here, not {shown(char)}")

    def _string(self) -> str:
        match = _PLAIN_STRING.match(self.text, self.position)
        if match is None:
            return self._string_with_escapes()
        text = match.group(1)
        if not text.isascii():
            self._refuse_reordering(text, match.start() + 1)
        self.position = match.end()
        return text

    def _string_with_escapes(self) -> str:
        start = self.position
        self.position += 1
        pieces: list[str] = []
        while True:
            run = _STRING_RUN.match(self.text, self.position)
            assert run is not None  # the pattern matches the empty text
            pieces.append(run.group())
            self._refuse_reordering(run.group(), run.start())
            self.position = run.end()
            char = self.text[self.position : self.position + 1]
            if char == '"':
                self.position += 1
                return "".join(pieces)
            if char == "\\":
                pieces.append(self._escape())
            elif not char:
                raise self._fault("this string is never closed", "unclosed-bracket", start)
            elif "\ud800" <= char <= "\udfff":
                raise self._fault(f"half of a character pair (U+{ord(char):04X})", "lone-surrogate")
            else:
                message = f"a raw control character (U+{ord(char):04X}) inside a string; remove it"
                raise self._fault(message, "control-character-in-string")

    def _escape(self) -> str:
        char = self.text[self.position + 1 : self.position + 2]
        if char in ESCAPES and char:
            self.position += 2
            return ESCAPES[char]
        if char != "u":
            raise self._fault(
                f"`\\{char}` is not an escape of JSON" if char.isprintable() else "an unknown escape"
            )
        start = self.position
        code = self._hex4()
        if 0xD800 <= code < 0xDC00 and self.text[self.position : self.position + 2] == "\\u":
            low = self._hex4()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00))
        if 0xD800 <= code < 0xE000:
            raise self._fault(f"half of a character pair (U+{code:04X})", "lone-surrogate", start)
        if code == 0:
            raise self._fault("the character NUL (U+0000) is refused", "control-character-in-string", start)
        self._refuse_reordering(chr(code), start)
        return chr(code)

    def _hex4(self) -> int:
        match = HEX4.match(self.text, self.position + 2)
        if match is None:
            raise self._fault("`\\u` needs four hexadecimal digits")
        self.position = match.end()
        return int(match.group(), 16)

    def _refuse_reordering(self, text: str, offset: int) -> None:
        if self.limits.allows_reordering or BIDIRECTIONAL.isdisjoint(text):
            return
        index = next(i for i, char in enumerate(text) if char in BIDIRECTIONAL)
        message = (
            f"U+{ord(text[index]):04X} reorders the text on the screen, so that people misread it; remove it"
        )
        raise self._fault(message, "bidirectional-control", offset + index)


def plain(value: Json) -> Any:
    """The value without places: dict, list, str, int, Decimal, bool or None; no number is rounded."""
    match value:
        case JsonObject():
            return {member.name: plain(member.value) for member in value.members}
        case JsonArray():
            return [plain(item) for item in value.items]
        case JsonString():
            return value.text
        case JsonNumber():
            return int(value.digits) if value.digits.lstrip("-").isdigit() else Decimal(value.digits)
        case JsonLiteral():
            return value.value
