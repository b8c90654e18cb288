"""Takes a condition out, keeps some of its values, or asks for the same under another operator.

Whether that allows more depends on the effect of the statement: less is asked of an Allow, or more of a Deny.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from policystudio.ram.document import Condition, Document, Statement, Text
from policystudio.ram.finding import Edit, Fix
from policystudio.ram.position import pointer_parts
from policystudio.ram.reader import JsonObject, Member
from policystudio.ram.repair import remove_member, rename
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.repairs import Repair, parent_of, quoted, value_at
from policystudio.validation.terms import is_loosening


def grows_when_met(condition: Condition, statement: Statement) -> bool:
    """Whether more is allowed once a condition speaks of something that requests carry.

    It then holds for some requests, where a plain operator held for none and a negated one for all.
    """
    return not is_loosening(condition, statement)


def keep_only(condition: Condition, keeps: Callable[[Text], bool], title: str) -> Repair:
    """Take the other values out of the list; no edit when none would be left."""
    return Rewrite(title, tuple((value, ()) for value in condition.values if not keeps(value)))


def without_value(value: Text, condition: Condition, statement: Statement) -> tuple[Repair, ...]:
    """The choice to take a value out where less is allowed without it; none for the only value."""
    removal = Rewrite("Remove the value", ((value, ()),))
    return (removal,) if grows_when_met(condition, statement) else ()


def others_than(values: Collection[Text], condition: Condition, statement: Statement) -> tuple[Repair, ...]:
    """The choice to keep the other values, where less is allowed without these."""
    kept = keep_only(condition, lambda value: value not in values, "Keep only the other values")
    return (kept,) if grows_when_met(condition, statement) and values else ()


def replace_values(condition: Condition, text: str) -> Repair:
    """Ask for one value in the place of all."""
    return Rewrite(f"Write {text}", tuple((value, (text,)) for value in condition.values))


@dataclass(frozen=True, slots=True)
class DropCondition:
    """Take out one key under one operator, with what would be left empty around it."""

    condition: Condition
    title: str

    def fix(self, document: Document) -> Fix | None:
        edit = _removal(document, self.condition.path)
        return None if edit is None else Fix(self.title, (edit,))


def _removal(document: Document, path: str) -> Edit | None:
    """The edit for the member at `path`; the object around it goes too when it has no other, up to `Condition`."""
    holder, name = parent_of(document, path), pointer_parts(path)[-1]
    if not isinstance(holder, JsonObject):
        return None
    if len(holder.members) == 1 and len(pointer_parts(path)) > 3:
        return _removal(document, path.rpartition("/")[0])
    return remove_member(holder, name)


@dataclass(frozen=True, slots=True)
class UseOperator:
    """Ask for the same values of a key under another operator; no edit when the key stands there already."""

    condition: Condition
    operator: str
    title: str = ""

    def fix(self, document: Document) -> Fix | None:
        edits = self._edits(document)
        return Fix(self.title or f"Write {self.operator}", edits) if edits else None

    def _edits(self, document: Document) -> tuple[Edit, ...] | None:
        operator_path = self.condition.path.rpartition("/")[0]
        block, old = parent_of(document, operator_path), value_at(document, operator_path)
        if not isinstance(block, JsonObject) or not isinstance(old, JsonObject):
            return None
        new = block.get(self.operator)
        if new is None and len(old.members) == 1:
            return (rename(_member(block, self.condition.operator.text), self.operator),)
        member = _member(old, self.condition.key.text)
        copy = document.source.text[member.name_start : member.value.end]
        removal = _removal(document, self.condition.path)
        if removal is None:
            return None
        if new is None:
            # Here other keys stay under the old operator, so the removal lies inside it.
            return (removal, Edit(old.end, old.end, f', "{self.operator}": {{{copy}}}'))
        if not isinstance(new, JsonObject) or new.get(member.name) is not None:
            return None
        at = new.members[-1].value.end if new.members else new.start + 1
        return (removal, Edit(at, at, f", {copy}" if new.members else copy))


@dataclass(frozen=True, slots=True)
class Require:
    """Add a condition to a statement; no edit when the key stands under the operator already."""

    statement: Statement
    operator: str
    key: str
    value: str
    title: str = ""

    def fix(self, document: Document) -> Fix | None:
        holder = value_at(document, self.statement.path)
        assert isinstance(holder, JsonObject)  # a statement is one
        names = ["Condition", self.operator, self.key]
        while names and holder.get(names[0]) is not None:
            inner = holder.get(names.pop(0))
            if not isinstance(inner, JsonObject):
                return None
            holder = inner
        if not names:
            return None
        member = f"{quoted(names[-1])}: {quoted(self.value)}"
        for name in reversed(names[:-1]):
            member = f"{quoted(name)}: {{{member}}}"
        at = holder.members[-1].value.end if holder.members else holder.start + 1
        text = f", {member}" if holder.members else member
        return Fix(self.title or f"Ask for {self.key} {self.value}", (Edit(at, at, text),))


def _member(holder: JsonObject, name: str) -> Member:
    return next(member for member in holder.members if member.name == name)
