"""The conditions of a statement, as operators that hold keys: read, put in, taken out.

Source: ram-language, section 1: one object of operators, each an object from key to values.
"""

from __future__ import annotations

from policystudio.editing.nodes import object_of, with_member, without_member
from policystudio.editing.operation import Refused
from policystudio.ram.reader import Json, JsonObject


def block_of(statement: JsonObject) -> JsonObject:
    """The block of conditions, empty when there is none. Raises: Refused when it is no object."""
    block = statement.get("Condition")
    if block is None:
        return object_of(())
    if not isinstance(block, JsonObject):
        raise Refused("not-an-object", "`Condition` is no object; correct it in the JSON first")
    return block


def insert(block: JsonObject, operator: str, key: str, value: Json) -> JsonObject:
    """The block with one condition more. Raises: Refused when the operator holds the key already."""
    holder = block.get(operator)
    if holder is None:
        holder = object_of(())
    if not isinstance(holder, JsonObject):
        raise Refused("not-an-object", f"`{operator}` is no object; correct it in the JSON first")
    if holder.get(key) is not None:
        raise Refused("already-there", f"`{operator}` has a condition on `{key}` already; change that one")
    return with_member(block, operator, with_member(holder, key, value))


def take(block: JsonObject, operator: str, key: str) -> tuple[Json, JsonObject]:
    """The value of a condition, and the block without it. Raises: Refused when there is no such condition."""
    holder = block.get(operator)
    value = holder.get(key) if isinstance(holder, JsonObject) else None
    if value is None or not isinstance(holder, JsonObject):
        raise Refused("no-such-entry", "there is no such condition any more")
    rest = without_member(holder, key)
    return value, with_member(block, operator, rest) if rest.members else without_member(block, operator)
