"""Remove an element from a statement, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import without_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.ram.reader import JsonObject


@dataclass(frozen=True, slots=True)
class RemoveElement(OnStatement):
    """For what no form understands; a statement that lacks something by it is told so by a finding."""

    name: str

    def changed(self, statement: JsonObject) -> JsonObject:
        if statement.get(self.name) is None:
            raise Refused("no-such-entry", "there is no such element any more")
        return without_member(statement, self.name)


OPERATION = RemoveElement
