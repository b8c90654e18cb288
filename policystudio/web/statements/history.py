"""Undo and redo over everything: the texts before and after, carried in the form, so that the draft keeps them too.

With script the browser keeps it; without, the server does, in the same field.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from policystudio.ram.reader import BODY_LIMITS, JsonArray, JsonObject, JsonString, read

MAX_TEXTS = 100
MAX_CHARACTERS = 200_000
"""Of all texts together; the oldest are forgotten first, as a form that is sent must stay small."""


@dataclass(frozen=True, slots=True)
class History:
    """`past` ends with the text before the present one, `future` with the text that was undone last."""

    past: tuple[str, ...] = ()
    future: tuple[str, ...] = ()

    @classmethod
    def read(cls, field: str) -> History:
        """What the form carried; anything else is an empty history."""
        value = read(field, BODY_LIMITS).value if field else None
        if not isinstance(value, JsonObject):
            return cls()
        return cls(*(_texts(value, name) for name in ("past", "future")))

    def written(self) -> str:
        """As the form carries it."""
        kept = {"past": _limited(self.past), "future": _limited(self.future)}
        # As the browser writes it, so that a form that nobody has touched stays as it was sent.
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))

    def pushed(self, text: str) -> History:
        """After a change from `text`: there is nothing to redo any more."""
        return History((*self.past, text))

    def undone(self, text: str) -> tuple[str, History]:
        """The text before `text`, and the history then; the same when there is none."""
        if not self.past:
            return text, self
        return self.past[-1], History(self.past[:-1], (*self.future, text))

    def redone(self, text: str) -> tuple[str, History]:
        """The text after `text`, and the history then; the same when there is none."""
        if not self.future:
            return text, self
        return self.future[-1], History((*self.past, text), self.future[:-1])


def _texts(value: JsonObject, name: str) -> tuple[str, ...]:
    held = value.get(name)
    items = held.items if isinstance(held, JsonArray) else ()
    return tuple(item.text for item in items if isinstance(item, JsonString))


def _limited(texts: tuple[str, ...]) -> list[str]:
    kept: list[str] = []
    length = 0
    for text in reversed(texts[-MAX_TEXTS:]):
        length += len(text)
        if length > MAX_CHARACTERS:
            break
        kept.append(text)
    return kept[::-1]
