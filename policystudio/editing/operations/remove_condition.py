"""Remove a condition from a statement."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.conditions import block_of, take
from policystudio.editing.nodes import with_member, without_member
from policystudio.editing.operation import OnStatement
from policystudio.ram.reader import JsonObject


@dataclass(frozen=True, slots=True)
class RemoveCondition(OnStatement):
    """What becomes empty by it goes too: the operator, and in the end `Condition`."""

    operator: str
    key: str

    def changed(self, statement: JsonObject) -> JsonObject:
        _value, rest = take(block_of(statement), self.operator, self.key)
        if not rest.members:
            return without_member(statement, "Condition")
        return with_member(statement, "Condition", rest)


OPERATION = RemoveCondition
