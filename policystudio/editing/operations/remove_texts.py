"""Remove entries from the actions or the resources of a statement."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import array, entries, with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.editing.operations.add_texts import ELEMENTS
from policystudio.ram.reader import JsonObject


@dataclass(frozen=True, slots=True)
class RemoveTexts(OnStatement):
    """By position, as an entry need not be a text. The element stays, with an empty list in the end."""

    element: str
    positions: tuple[int, ...]

    def changed(self, statement: JsonObject) -> JsonObject:
        held = entries(statement.get(self.element))
        gone = set(self.positions)
        if self.element not in ELEMENTS or not gone or not gone <= set(range(len(held))):
            raise Refused("no-such-entry", "there is no such entry any more")
        kept = [item for position, item in enumerate(held) if position not in gone]
        return with_member(statement, self.element, array(kept))


OPERATION = RemoveTexts
