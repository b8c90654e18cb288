"""Recognises a finding again after the document was edited: a stable id for each finding.

The id is made of the code, the statement, the names of the elements that lead to the place, what stands there, and a
number that tells equal ones apart. Positions are not in it, so it survives reformatting and every edit elsewhere.

Decision: a strict id, on which waivers hang, ends with any change of what the finding speaks of: of the statement
around it, `Sid` or not, and of the whole document where it speaks of that. A waiver must not spread to what nobody saw.
Decision: one that is not strict, to tell what is new, survives more: a statement is recognised by its `Sid` where no
other has the same one, else by all that it says; and what is found of the whole document has no content.
The order of members and of the texts in a list is left out, and a list of one text is that text, since RAM takes them
for the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence

from policystudio.ram.document import Document
from policystudio.ram.finding import Finding
from policystudio.ram.locate import value_at
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import Json, JsonArray, JsonNumber, JsonObject, JsonString, read

HEX_DIGITS = 32
_LINE_END = re.compile(r"\r\n|\r|\n")


def fingerprints(
    findings: Sequence[Finding], document: Document | None, text: str, *, strict: bool = True
) -> tuple[str, ...]:
    """One hexadecimal id for each of `findings`, in their order; no two are the same.

    All findings of the text must be given, since equal ones are counted. `document` is what `text` was read as, None
    when it has no structure; then what can be read of it counts, and the line where not even that is possible. Takes
    time linear in text and findings.
    """
    things = _Things(read(text).value if document is None else document.value, text, strict)
    subjects = [_digest(finding.code, *things.subject(finding)) for finding in findings]
    numbers: Counter[str] = Counter()
    ids = [""] * len(findings)
    for index in sorted(range(len(findings)), key=lambda i: _place(findings[i])):
        subject = subjects[index]
        ids[index] = _digest(subject, str(numbers[subject])) if numbers[subject] else subject
        numbers[subject] += 1
    return tuple(ids)


def _place(finding: Finding) -> tuple[int, int, str, str]:
    return finding.line or 0, finding.column or 0, finding.path or "", finding.message


class _Things:
    """What paths of one text speak of; each path is followed once."""

    def __init__(self, value: Json | None, text: str, strict: bool) -> None:
        self.value = value
        self.strict = strict
        self.text = text
        self.lines: list[str] | None = None
        self.hashes: dict[int, str] = {}
        self.seen: dict[str, tuple[str, ...]] = {}
        self.members: dict[int, dict[str, Json]] = {}
        self.sids = _sids(value)
        self.contents: dict[int, str] = {}

    def subject(self, finding: Finding) -> tuple[str, ...]:
        """What the finding is about, equal for equal things wherever they stand."""
        if self.value is None or finding.path is None:
            return self._line(finding)
        if finding.path not in self.seen:
            self.seen[finding.path] = self._follow(finding.path)
        return self.seen[finding.path]

    def _line(self, finding: Finding) -> tuple[str, ...]:
        """The names on the way, as far as they are known, and the line without its blanks."""
        if self.lines is None:
            self.lines = _LINE_END.split(self.text)
        number = (finding.line or 0) - 1
        if number not in self.hashes:
            line = self.lines[number] if 0 <= number < len(self.lines) else ""
            self.hashes[number] = _hash("".join(line.split()))
        names = [part for part in pointer_parts(finding.path or "") if not part.isdecimal()]
        return (*names, "line", self.hashes[number])

    def _follow(self, path: str) -> tuple[str, ...]:
        parts = pointer_parts(path)
        value: Json | None = self.value
        subject: list[str] = []
        for depth, part in enumerate(parts):
            if isinstance(value, JsonArray):
                is_statement = parts[:depth] == ["Statement"]
                value = value_at(value, f"/{part}")
                if is_statement and value is not None and depth + 1 < len(parts):
                    subject.append(self._statement(value))
            else:
                value = self._member(value, part)
                subject.append(part)
                if self.strict and depth == 0 and len(parts) > 1 and isinstance(value, JsonObject):
                    # The only statement, without a list around it.
                    subject.append(self._content(value))
        if not parts or parts == ["Statement"]:
            whole = () if self.value is None or not self.strict else ("content", self._content(self.value))
            return (*subject, *whole)
        return (*subject, "nothing") if value is None else (*subject, "content", self._content(value))

    def _statement(self, value: Json) -> str:
        sid = _sid(value)
        if sid is not None and self.sids[sid] == 1 and not self.strict:
            return f"sid {sid}"
        return self._content(value)

    def _member(self, value: Json | None, name: str) -> Json | None:
        if not isinstance(value, JsonObject):
            return None
        if id(value) not in self.members:
            self.members[id(value)] = {member.name: member.value for member in value.members}
        return self.members[id(value)].get(name)

    def _content(self, value: Json) -> str:
        if id(value) not in self.contents:
            self.contents[id(value)] = _hash(_normal(value))
        return self.contents[id(value)]


def _sids(value: Json | None) -> Counter[str]:
    """How many statements have each `Sid`."""
    statements = value.get("Statement") if isinstance(value, JsonObject) else None
    items = statements.items if isinstance(statements, JsonArray) else ()
    return Counter(sid for sid in map(_sid, items) if sid is not None)


def _sid(statement: Json) -> str | None:
    sid = statement.get("Sid") if isinstance(statement, JsonObject) else None
    return sid.text if isinstance(sid, JsonString) else None


def _normal(value: Json) -> str:
    """The value as text, the same for all spellings that mean the same."""
    match value:
        case JsonObject():
            members = sorted(f"{json.dumps(member.name)}:{_normal(member.value)}" for member in value.members)
            return "{" + ",".join(members) + "}"
        case JsonArray(items=(JsonString() as only,)):
            return _normal(only)
        case JsonArray():
            return "[" + ",".join(sorted(map(_normal, value.items))) + "]"
        case JsonString():
            return json.dumps(value.text)
        case JsonNumber():
            return value.digits
        case _:
            return json.dumps(value.value)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _digest(*parts: str) -> str:
    return _hash(json.dumps(parts))[:HEX_DIGITS]
