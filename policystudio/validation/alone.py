"""Remembers which entries give the checks that need nothing but an entry nothing to say.

The same names of actions and resources come in nearly every document, and about nearly all of them these checks are
silent. So they are asked once about an entry in a document of its own, and about the real document only where they
have spoken there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from policystudio.catalog.model import Catalogue
from policystudio.ram.document import Document, Effect, Kind, Statement, Text
from policystudio.ram.memory import MAX_CHARACTERS
from policystudio.ram.position import Source
from policystudio.ram.reader import JsonObject
from policystudio.validation.context import Context
from policystudio.validation.rule import Looks, Note

Check = Callable[..., Iterable[Note]]

_ELEMENTS = {
    (Looks.ACTION, False): "Action",
    (Looks.ACTION, True): "NotAction",
    (Looks.RESOURCE, False): "Resource",
    (Looks.RESOURCE, True): "NotResource",
}
_EVERY_ACTION = (Text("kms:*", "/Statement/0/Action", 0, 0),)
_EVERY_RESOURCE = (Text("*", "/Statement/0/Resource", 0, 0),)
_NO_SOURCE = Source("")
_NO_VALUE = JsonObject(0, 0, ())
_SOME_TIME = datetime.min.replace(tzinfo=UTC)
_MOST_REMEMBERED = 4096


class Alone:
    """The checks of some rules that are asked about an entry by itself, and what they made of entries so far."""

    def __init__(self, checks: dict[Looks, list[Check]], kind: Kind) -> None:
        self._checks = {looks: tuple(those) for looks, those in checks.items()}
        self._kind = kind
        self._known = lru_cache(maxsize=_MOST_REMEMBERED)(self._spoke)

    def speaking(
        self, looks: Looks, text: str, flag: bool, effect: Effect, catalogue: Catalogue
    ) -> Sequence[Check]:
        """The checks that may say something of an entry with this text.

        `flag`: of an action or a resource, whether it stands in the negated element; of a text, whether placeholders
        are replaced in it.
        """
        if len(text) > MAX_CHARACTERS:
            return self._checks.get(looks, ())
        return self._known(looks, text, flag, effect, catalogue)

    def _spoke(
        self, looks: Looks, text: str, flag: bool, effect: Effect, catalogue: Catalogue
    ) -> tuple[Check, ...]:
        element = _ELEMENTS.get((looks, flag), "Resource" if flag else "Action")
        entry = Text(text, f"/Statement/0/{element}/0", 0, 0)
        statement = _statement(element, entry, effect)
        document = Document(_NO_SOURCE, _NO_VALUE, (statement,), self._kind)
        context = Context(document, catalogue, _SOME_TIME)
        beside = flag if looks is Looks.TEXT else statement
        return tuple(
            check for check in self._checks.get(looks, ()) if any(True for _ in check(entry, beside, context))
        )


def _statement(element: str, entry: Text, effect: Effect) -> Statement:
    """A statement that has the entry alone on its side, and everything on the other side."""
    given = {element: (entry,)}
    return Statement(
        index=0,
        path="/Statement/0",
        start=0,
        end=0,
        effect=effect,
        actions=given.get("Action", () if element == "NotAction" else _EVERY_ACTION),
        not_actions=given.get("NotAction", ()),
        resources=given.get("Resource", () if element == "NotResource" else _EVERY_RESOURCE),
        not_resources=given.get("NotResource", ()),
        conditions=(),
        sid=None,
    )
