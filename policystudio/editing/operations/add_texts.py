"""Add entries to the actions or the resources of a statement."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import array, entries, string, with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.editing.view import ACTION_ELEMENTS, RESOURCE_ELEMENTS
from policystudio.ram.reader import JsonObject, JsonString

ELEMENTS = (*ACTION_ELEMENTS, *RESOURCE_ELEMENTS)


@dataclass(frozen=True, slots=True)
class AddTexts(OnStatement):
    """The new entries go to the end of the list in their order; those that are there already are left out."""

    element: str
    texts: tuple[str, ...]

    def changed(self, statement: JsonObject) -> JsonObject:
        if self.element not in ELEMENTS:
            raise Refused("unknown-element", "entries can be added to actions and resources")
        held = entries(statement.get(self.element))
        present = {item.text for item in held if isinstance(item, JsonString)}
        new = [text for text in dict.fromkeys(self.texts) if text and text not in present]
        if not new:
            message = (
                "everything that was chosen is listed already" if any(self.texts) else "nothing is chosen"
            )
            raise Refused("nothing-to-add", message)
        return with_member(statement, self.element, array((*held, *map(string, new))))


OPERATION = AddTexts
