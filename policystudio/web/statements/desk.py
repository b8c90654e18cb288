"""The state of the statement editor between two requests: the text, what its cards show, what is open, what was typed.

The text is the only truth. While it cannot be read, the cards stay as they were with the last text that could be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from policystudio.catalog.model import Catalogue
from policystudio.editing.apply import apply
from policystudio.editing.operation import Order
from policystudio.editing.view import DocumentView, view
from policystudio.web.statements.commands import Asked, Wanted, wanted
from policystudio.web.statements.history import History
from policystudio.web.statements.pending import pending
from policystudio.web.statements.typed import Typed, origins
from policystudio.web.statements.words import Words
from policystudio.web.statements.wrong import Wrong

MAX_OPEN_AT_FIRST = 3
"""A document with more statements starts with its cards closed, so that one sees all of it."""
EMPTY = DocumentView((), ())
"""Stands for a text that no card can show; a document without statements has a view of its own."""


@dataclass(frozen=True, slots=True)
class Desk:
    """`readable` is the last text that cards could show; `view` is of that. `is_changed`: a button changed the text.

    `order` tells where the statements come from since the form was sent.
    `wrong` says at which fields why nothing was changed; `focus` is the id of what takes the focus.
    """

    source: str
    readable: str
    view: DocumentView
    open: frozenset[int] = frozenset()
    picking: int | None = None
    typed: Typed = field(default_factory=Typed)
    history: History = field(default_factory=History)
    wrong: Mapping[str, Words] = field(default_factory=dict)
    focus: str = ""
    is_changed: bool = False
    said: Words = ""
    order: Order = ()

    @classmethod
    def start(cls, source: str) -> Desk:
        """The editor as it opens on a text."""
        shown = view(source)
        count = len(shown.statements) if shown else 0
        opened = frozenset(range(count)) if count <= MAX_OPEN_AT_FIRST else frozenset()
        return cls(source, source if shown else "", shown or EMPTY, opened)

    @classmethod
    def sent(cls, data: QueryDict, source: str) -> Desk:
        """The editor as its form was sent; a form that never was here (another editor's) opens it on its text."""
        if "readable" not in data:
            return cls.start(source)
        readable = data.get("readable", "").replace("\r\n", "\n")
        before = view(readable) or EMPTY
        desk = cls(
            source,
            readable,
            before,
            frozenset(_numbers(data.getlist("open"))) & frozenset(range(len(before.statements))),
            next(iter(_numbers([data.get("picking", "")])), None),
            Typed.of(data),
            History.read(data.get("history", "").replace("\r\n", "\n")),
        )
        return desk.followed()

    @property
    def is_readable(self) -> bool:
        """Whether the cards show the present text."""
        return self.source == self.readable and self.view is not EMPTY

    @property
    def held_fields(self) -> list[tuple[str, str]]:
        """(name, value) of what the cards would send: while they cannot be used, other fields carry it."""
        opened = [("open", str(index)) for index in sorted(self.open)]
        return opened + [
            (f"s{index}.{name}", value)
            for (index, name), values in self.typed.fields.items()
            for value in values
        ]

    @property
    def moves(self) -> str:
        """The order for the script of the page: `0,,1` says that the second statement is new; empty when none moved."""
        return ",".join("" if old is None else str(old) for old in self.order)

    def followed(self) -> Desk:
        """The cards after the text was changed by hand; as they were when it cannot be read."""
        after = view(self.source)
        if after is None or self.source == self.readable:
            return self
        order = origins(self.view, after)
        new = [index for index, old in enumerate(order) if old is None]
        return self._shown(self.source, after, order, new if len(new) <= MAX_OPEN_AT_FIRST else [])

    def with_text(self, text: str) -> Desk:
        """After a change that was not made by a button of the cards, such as one that a finding offers."""
        return replace(
            self, source=text, history=self.history.pushed(self.source), is_changed=True
        ).followed()

    def entered(self, catalogue: Catalogue) -> Desk:
        """After Enter without script: adds the action that was written, when nothing else waits for a button."""
        waiting = list(self.pending(catalogue))
        field = _PATTERN.fullmatch(waiting[0]) if len(waiting) == 1 else None
        return self.do(f"add-pattern {field[1]}", catalogue) if field else self

    def do(self, command: str, catalogue: Catalogue) -> Desk:
        """After a button was pressed; whatever cannot be done leaves everything as it was and says why."""
        name, *numbers = command.split() or [""]
        if name in ("undo", "redo"):
            return self._back(name)
        if name == "enter":
            return self.entered(catalogue)
        if name in _LOOKS:
            kept = self._kept(name, numbers, catalogue)
            return self.stopped(kept) if kept else self._look(name, numbers)
        asked = Asked(tuple(numbers), self.view, self.typed, catalogue)
        try:
            change = wanted(name, asked)
            return self if change is None else self._changed(change, asked)
        except Wrong as wrong:
            return self.stopped(wrong.at)

    def pending(self, catalogue: Catalogue) -> dict[str, Words]:
        """What was typed into the cards and is neither applied nor taken back: id of a field → what to do."""
        return pending(self.view, self.typed, catalogue)

    def stopped(self, at: Mapping[str, Words]) -> Desk:
        """With what keeps from going on said at its fields; the first of them takes the focus."""
        return replace(self, wrong=at, focus=next(iter(at), ""))

    def _kept(self, name: str, numbers: list[str], catalogue: Catalogue) -> dict[str, Words]:
        """What would be lost when a card or a picker is closed, as the fields are gone with it."""
        match name:
            case "close-all":
                starts: tuple[str, ...] = ("s",)
            case "close":
                starts = tuple(f"s{number}." for number in numbers[:1])
            case "pick":
                starts = (f"s{self.picking}.picker",)
            case _:
                return {}
        return {at: text for at, text in self.pending(catalogue).items() if at.startswith(starts)}

    def _changed(self, change: Wanted, asked: Asked) -> Desk:
        edited = apply(self.source, change.operation)
        if edited.refused is not None:
            place = change.focus if edited.refused.code in _OF_A_FIELD else ""
            raise Wrong.of(edited.refused, place)
        after = view(edited.text)
        assert after is not None  # `apply` gives a text that can be read, with a list of statements
        cleared = replace(self, history=self.history.pushed(self.source))
        if change.done:
            cleared = replace(cleared, typed=self.typed.without(asked.number(0), change.done))
        new = [index for index, old in enumerate(edited.order) if old is None]
        desk = cleared._shown(edited.text, after, edited.order, new)
        return replace(desk, focus=change.focus, is_changed=True, wrong={})

    def _shown(self, source: str, after: DocumentView, order: Order, new: list[int]) -> Desk:
        """The cards of another text; what is open and what was typed goes with the statements."""
        moved = {old: index for index, old in enumerate(order) if old is not None}
        return replace(
            self,
            source=source,
            readable=source,
            view=after,
            open=frozenset(moved[i] for i in self.open if i in moved) | frozenset(new),
            picking=moved.get(self.picking) if self.picking is not None else None,
            typed=self.typed.carried(self.view, after, order),
            order=order,
        )

    def _back(self, name: str) -> Desk:
        step = self.history.undone if name == "undo" else self.history.redone
        text, history = step(self.source)
        if history is self.history:
            return replace(self, said=_("There is nothing more to undo or redo."), focus=name)
        desk = replace(self, source=text, history=history).followed()
        return replace(desk, focus=name, is_changed=True)

    def _look(self, name: str, numbers: list[str]) -> Desk:
        everything = frozenset(range(len(self.view.statements)))
        if name == "open-all":
            return replace(self, open=everything, focus=name)
        if name == "close-all":
            return replace(self, open=frozenset(), focus=name)
        chosen = frozenset(_numbers(numbers[:1])) & everything
        index = next(iter(chosen), None)
        match name:
            case "open":
                return replace(self, open=self.open | chosen, focus=f"s{index}.title")
            case "close":
                return replace(self, open=self.open - chosen, focus=f"s{index}.title")
            case "pick":
                is_open = self.picking == index
                focus = f"s{index}.pick-open" if is_open else f"s{index}.find.q"
                return replace(self, picking=None if is_open else index, focus=focus)
            case _:
                place = numbers[1] if len(numbers) > 1 else "new"
                field = "operator" if name == "choose-operator" else "key"
                return replace(self, focus=f"s{index}.c.{place}.{field}")


_PATTERN = re.compile(r"s([0-9]+)\.pattern")
_LOOKS = frozenset({"open", "close", "open-all", "close-all", "pick", "choose-key", "choose-operator"})
# Refusals that are about what was typed, and so are said beside it.
_OF_A_FIELD = frozenset({"nothing-to-add", "already-there", "unreadable-element"})


def _numbers(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 6]
