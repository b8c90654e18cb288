"""Set whether a statement allows or denies."""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import string, with_member
from policystudio.editing.operation import OnStatement, Refused
from policystudio.editing.view import EFFECTS
from policystudio.ram.reader import JsonObject


@dataclass(frozen=True, slots=True)
class SetEffect(OnStatement):
    """`effect` is `Allow` or `Deny`."""

    effect: str

    def changed(self, statement: JsonObject) -> JsonObject:
        if self.effect not in EFFECTS:
            raise Refused("unknown-effect", "the effect is `Allow` or `Deny`")
        return with_member(statement, "Effect", string(self.effect))


OPERATION = SetEffect
