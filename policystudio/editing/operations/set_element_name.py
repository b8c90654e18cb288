"""Turn a list of actions or resources into everything but these, and back."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import member, object_of, renamed, texts
from policystudio.editing.operation import OnStatement, Refused
from policystudio.editing.view import ACTION_ELEMENTS, RESOURCE_ELEMENTS
from policystudio.ram.reader import JsonObject


@dataclass(frozen=True, slots=True)
class SetElementName(OnStatement):
    """`element` is the name afterwards: `NotAction` turns `Action` into it, with the same entries in the same place."""

    element: str

    def changed(self, statement: JsonObject) -> JsonObject:
        pair = next((p for p in (ACTION_ELEMENTS, RESOURCE_ELEMENTS) if self.element in p), None)
        if pair is None:
            raise Refused("unknown-element", "only actions and resources can be turned round")
        other = pair[0] if self.element == pair[1] else pair[1]
        if statement.get(self.element) is not None:
            raise Refused("already-there", f"`{self.element}` is there already")
        if statement.get(other) is None:
            return object_of((*statement.members, member(self.element, texts(()))))
        return renamed(statement, other, self.element)


OPERATION = SetElementName
