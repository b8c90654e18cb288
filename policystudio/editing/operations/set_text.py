"""Replace one entry of the actions or the resources of a statement."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import array, entries, string, with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.editing.operations.add_texts import ELEMENTS
from policystudio.ram.reader import JsonArray, JsonObject


@dataclass(frozen=True, slots=True)
class SetText(OnStatement):
    """The entry at `position` becomes `text`; a single text that stood without a list stays without one."""

    element: str
    position: int
    text: str

    def changed(self, statement: JsonObject) -> JsonObject:
        value = statement.get(self.element)
        held = entries(value)
        if self.element not in ELEMENTS or not 0 <= self.position < len(held):
            raise Refused("no-such-entry", "there is no such entry any more")
        if not self.text:
            raise Refused("nothing-to-add", "nothing is written here; remove the entry instead")
        if not isinstance(value, JsonArray):
            return with_member(statement, self.element, string(self.text))
        items = (*held[: self.position], string(self.text), *held[self.position + 1 :])
        return with_member(statement, self.element, array(items))


OPERATION = SetText
