"""Write one element of a statement as JSON, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.ram.reader import JsonObject, read


@dataclass(frozen=True, slots=True)
class SetElement(OnStatement):
    """`json` takes the place of the element's value, or becomes a new element at the end."""

    name: str
    json: str

    def changed(self, statement: JsonObject) -> JsonObject:
        if not self.name:
            raise Refused("unknown-element", "an element has a name")
        reading = read(self.json)
        if reading.value is None:
            finding = reading.findings[0]
            place = f"line {finding.line}, column {finding.column}: " if finding.line else ""
            raise Refused("unreadable-element", place + finding.message)
        return with_member(statement, self.name, reading.value)


OPERATION = SetElement
