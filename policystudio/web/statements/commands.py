"""What a button of the cards asks for: its value is a command with numbers, its fields are beside it in the form.

`add-resource 2` adds to statement 2 the resource that the fields `s2.r.new.…` describe. Commands that change only what
is shown (`open`, `pick`) are in `desk.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from policystudio.catalog.model import Catalogue
from policystudio.editing.operation import Operation, Refused
from policystudio.editing.operations.add_condition import AddCondition
from policystudio.editing.operations.add_statement import AddStatement
from policystudio.editing.operations.add_texts import AddTexts
from policystudio.editing.operations.copy_statement import CopyStatement
from policystudio.editing.operations.move_statement import MoveStatement
from policystudio.editing.operations.remove_condition import RemoveCondition
from policystudio.editing.operations.remove_element import RemoveElement
from policystudio.editing.operations.remove_statement import RemoveStatement
from policystudio.editing.operations.remove_texts import RemoveTexts
from policystudio.editing.operations.set_condition import SetCondition
from policystudio.editing.operations.set_effect import SetEffect
from policystudio.editing.operations.set_element import SetElement
from policystudio.editing.operations.set_element_name import SetElementName
from policystudio.editing.operations.set_text import SetText
from policystudio.editing.resource_parts import Parts, text_of
from policystudio.editing.view import DocumentView, StatementView
from policystudio.web.statements import typed_condition, typed_resource
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.wrong import Wrong

MAX_PATTERNS = 200
"""Entries of one field of names; a document that RAM takes holds no more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where a command comes from. `numbers` follow its name: the statement, then the place in it, or a word."""

    numbers: tuple[str, ...]
    view: DocumentView
    typed: Typed
    catalogue: Catalogue

    @property
    def statement(self) -> StatementView:
        """Raises: Wrong when there is no such statement."""
        index = self.number(0)
        if index >= len(self.view.statements):
            raise Wrong.of(Refused("no-such-statement", "there is no such statement any more"))
        return self.view.statements[index]

    def number(self, place: int) -> int:
        """Raises: Wrong for what no button sends."""
        text = self.word(place)
        if not (text.isascii() and text.isdigit() and len(text) < 6):
            raise Wrong.of(Refused("no-such-entry", "there is no such entry any more"))
        return int(text)

    def word(self, place: int) -> str:
        return self.numbers[place] if place < len(self.numbers) else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The change; the fields that are done with when it is made; and what takes the focus then (the id of a field)."""

    operation: Operation
    done: str = ""
    focus: str = ""


def wanted(name: str, asked: Asked) -> Wanted | None:
    """The change that a command asks for, or None for a name that is no change. Raises: Wrong."""
    reader = READERS.get(name)
    return reader(asked) if reader else None


def _at(statement: int, rest: str) -> str:
    return f"s{statement}.{rest}"


def _add(asked: Asked) -> Wanted:
    return Wanted(AddStatement(), focus=_at(len(asked.view.statements), "title"))


def _copy(asked: Asked) -> Wanted:
    index = asked.statement.index
    return Wanted(CopyStatement(index), focus=_at(index + 1, "title"))


def _remove(asked: Asked) -> Wanted:
    index = asked.statement.index
    last = len(asked.view.statements) - 2
    focus = _at(min(index, last), "title") if last >= 0 else "add-statement"
    return Wanted(RemoveStatement(index), focus=focus)


def _up(asked: Asked) -> Wanted:
    index = asked.statement.index
    return Wanted(MoveStatement(index, index - 1), focus=_at(index - 1, "up"))


def _down(asked: Asked) -> Wanted:
    index = asked.statement.index
    return Wanted(MoveStatement(index, index + 1), focus=_at(index + 1, "down"))


def _effect(asked: Asked) -> Wanted:
    effect = asked.word(1)
    return Wanted(
        SetEffect(asked.statement.index, effect), focus=_at(asked.statement.index, f"effect.{effect}")
    )


def _add_chosen(asked: Asked) -> Wanted:
    statement = asked.statement
    chosen = asked.typed.all(statement.index, "pick")
    if not chosen:
        raise Wrong.of(Refused("nothing-chosen", "nothing is chosen"), _at(statement.index, "picker"))
    operation = AddTexts(statement.index, statement.actions.element, chosen[:MAX_PATTERNS])
    return Wanted(operation, done="pick", focus=_at(statement.index, "pick-open"))


def _add_pattern(asked: Asked) -> Wanted:
    statement = asked.statement
    names = tuple(asked.typed.get(statement.index, "pattern").replace(",", " ").split())
    operation = AddTexts(statement.index, statement.actions.element, names[:MAX_PATTERNS])
    return Wanted(operation, done="pattern", focus=_at(statement.index, "pattern"))


def _remove_action(asked: Asked) -> Wanted:
    statement = asked.statement
    operation = RemoveTexts(statement.index, statement.actions.element, (asked.number(1),))
    return Wanted(operation, focus=_at(statement.index, "pattern"))


def _except(asked: Asked) -> Wanted:
    statement = asked.statement
    element = "Action" if statement.actions.element == "NotAction" else "NotAction"
    return Wanted(SetElementName(statement.index, element), focus=_at(statement.index, "except"))


def _suggest(asked: Asked) -> Wanted:
    statement = asked.statement
    if asked.word(1) not in asked.catalogue.resource_types:
        raise Wrong.of(Refused("unknown-type", "choose a type of resource"), _at(statement.index, "r.new"))
    text = text_of(asked.catalogue, Parts(asked.word(1)))
    operation = AddTexts(statement.index, statement.resources.element, (text,))
    return Wanted(operation, focus=_at(statement.index, "resources"))


def _add_resource(asked: Asked) -> Wanted:
    statement = asked.statement
    texts = typed_resource.new_texts(asked.catalogue, asked.typed, statement.index)
    operation = AddTexts(statement.index, statement.resources.element, texts)
    return Wanted(operation, done="r.new.", focus=_at(statement.index, "resources"))


def _add_raw_resource(asked: Asked) -> Wanted:
    statement = asked.statement
    lines = asked.typed.get(statement.index, "r.raw.text").split("\n")
    texts = tuple(line.strip() for line in lines if line.strip())
    operation = AddTexts(statement.index, statement.resources.element, texts[:MAX_PATTERNS])
    return Wanted(operation, done="r.raw.", focus=_at(statement.index, "resources"))


def _set_resource(asked: Asked) -> Wanted:
    statement, place = asked.statement, asked.number(1)
    text = typed_resource.text(asked.catalogue, asked.typed, statement.index, f"r.{place}")
    operation = SetText(statement.index, statement.resources.element, place, text)
    return Wanted(operation, done=f"r.{place}.", focus=_at(statement.index, f"r.{place}.edit"))


def _remove_resource(asked: Asked) -> Wanted:
    statement = asked.statement
    operation = RemoveTexts(statement.index, statement.resources.element, (asked.number(1),))
    return Wanted(operation, focus=_at(statement.index, "resources"))


def _add_condition(asked: Asked) -> Wanted:
    statement = asked.statement
    typed = typed_condition.read(asked.catalogue, asked.typed, statement.index, "c.new")
    operation = AddCondition(statement.index, typed.operator, typed.key, typed.values)
    return Wanted(operation, done="c.new.", focus=_at(statement.index, "c.new.key"))


def _set_condition(asked: Asked) -> Wanted:
    statement, place = asked.statement, asked.number(1)
    if place >= len(statement.conditions):
        raise Wrong.of(Refused("no-such-entry", "there is no such condition any more"))
    before = statement.conditions[place]
    typed = typed_condition.read(asked.catalogue, asked.typed, statement.index, f"c.{place}")
    operation = SetCondition(
        statement.index, before.operator, before.key, typed.operator, typed.key, typed.values
    )
    return Wanted(operation, done=f"c.{place}.", focus=_at(statement.index, "conditions"))


def _remove_condition(asked: Asked) -> Wanted:
    statement, place = asked.statement, asked.number(1)
    if place >= len(statement.conditions):
        raise Wrong.of(Refused("no-such-entry", "there is no such condition any more"))
    gone = statement.conditions[place]
    operation = RemoveCondition(statement.index, gone.operator, gone.key)
    return Wanted(operation, focus=_at(statement.index, "conditions"))


def _set_element(asked: Asked) -> Wanted:
    statement, place = asked.statement, asked.number(1)
    name = _other(statement, place)
    json = asked.typed.get(statement.index, f"o.{place}.json")
    operation = SetElement(statement.index, name, json)
    return Wanted(operation, done=f"o.{place}.", focus=_at(statement.index, "title"))


def _remove_element(asked: Asked) -> Wanted:
    statement = asked.statement
    operation = RemoveElement(statement.index, _other(statement, asked.number(1)))
    return Wanted(operation, focus=_at(statement.index, "title"))


def _other(statement: StatementView, place: int) -> str:
    if place >= len(statement.others):
        raise Wrong.of(Refused("no-such-entry", "there is no such element any more"))
    return statement.others[place].name


READERS: Mapping[str, Callable[[Asked], Wanted]] = MappingProxyType(
    {
        "add": _add,
        "copy": _copy,
        "remove": _remove,
        "up": _up,
        "down": _down,
        "effect": _effect,
        "add-chosen": _add_chosen,
        "add-pattern": _add_pattern,
        "remove-action": _remove_action,
        "except": _except,
        "suggest": _suggest,
        "add-resource": _add_resource,
        "add-raw-resource": _add_raw_resource,
        "set-resource": _set_resource,
        "remove-resource": _remove_resource,
        "add-condition": _add_condition,
        "set-condition": _set_condition,
        "remove-condition": _remove_condition,
        "set-element": _set_element,
        "remove-element": _remove_element,
    }
)
