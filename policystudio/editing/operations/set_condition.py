"""Change a condition of a statement: its operator, its key, its values."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.conditions import block_of, insert, take
from policystudio.editing.nodes import string, texts, with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.ram.reader import Json, JsonArray, JsonObject


@dataclass(frozen=True, slots=True)
class SetCondition(OnStatement):
    """The condition on `operator` and `key` becomes the new one, in its place where operator and key stay.

    A single value that stood without a list stays without one.
    """

    operator: str
    key: str
    new_operator: str
    new_key: str
    values: tuple[str, ...]

    def changed(self, statement: JsonObject) -> JsonObject:
        block = block_of(statement)
        if not (self.new_operator and self.new_key and self.values):
            raise Refused("nothing-to-add", "a condition needs a key and at least one value")
        before, rest = take(block, self.operator, self.key)
        is_single = not isinstance(before, JsonArray) and len(self.values) == 1
        value: Json = string(self.values[0]) if is_single else texts(self.values)
        if (self.operator, self.key) == (self.new_operator, self.new_key):
            holder = block.get(self.operator)
            assert isinstance(holder, JsonObject)  # `take` has found the key in it
            changed = with_member(block, self.operator, with_member(holder, self.key, value))
        else:
            changed = insert(rest, self.new_operator, self.new_key, value)
        return with_member(statement, "Condition", changed)


OPERATION = SetCondition
