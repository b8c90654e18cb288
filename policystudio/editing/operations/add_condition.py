"""Add a condition to a statement."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.conditions import block_of, insert
from policystudio.editing.nodes import texts, with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.ram.reader import JsonObject


@dataclass(frozen=True, slots=True)
class AddCondition(OnStatement):
    """Refused where the same operator holds the same key: adding values there would widen what it lets through."""

    operator: str
    key: str
    values: tuple[str, ...]

    def changed(self, statement: JsonObject) -> JsonObject:
        if not (self.operator and self.key and self.values):
            raise Refused("nothing-to-add", "a condition needs a key and at least one value")
        block = block_of(statement)
        return with_member(statement, "Condition", insert(block, self.operator, self.key, texts(self.values)))


OPERATION = AddCondition
