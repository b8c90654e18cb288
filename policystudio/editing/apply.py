"""Makes one change to a text: reads it, changes its statements, writes it canonically, or says why not.

Never raises on what was typed; a change that is refused leaves the text as it was, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import array, member, object_of, string, with_member
from policystudio.editing.operation import Operation, Order, Refused
from policystudio.ram.canonical import canonical
from policystudio.ram.reader import JsonArray, JsonObject, read


@dataclass(frozen=True, slots=True)
class Edited:
    """The text afterwards; where its statements come from; and why nothing was changed, if so."""

    text: str
    order: Order
    refused: Refused | None = None


_BLANK = object_of([member("Version", string("1"))])


def apply(text: str, operation: Operation) -> Edited:
    """`text` with one change made; a text of blanks alone is a document that begins."""
    document = read(text).value if text.strip() else _BLANK
    if not isinstance(document, JsonObject):
        return Edited(text, (), Refused("unreadable", "the JSON cannot be read; correct it first"))
    held = document.get("Statement")
    if held is not None and not isinstance(held, JsonArray):
        refused = Refused("statements-not-a-list", "`Statement` is no list; correct it in the JSON first")
        return Edited(text, (), refused)
    before = held.items if held is not None else ()
    try:
        after = operation.change(before)
    except Refused as reason:
        return Edited(text, tuple(range(len(before))), reason)
    changed = canonical(with_member(document, "Statement", array(after)))
    reading = read(changed)
    if reading.value is None:
        # Too long, too deep, or a character that no document may hold: the text before can still be read.
        refused = Refused("unreadable-result", reading.findings[0].message)
        return Edited(text, tuple(range(len(before))), refused)
    return Edited(changed, operation.order(len(before)))
