"""What was typed into a card and is not in the document yet; saving then would save another policy than one sees.

A condition that is left out widens what is granted, so nothing is applied by guess: who saves is asked to decide.
Each field is held against what the card shows while nobody touches it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from policystudio.catalog.model import Catalogue
from policystudio.editing.condition_kinds import ValueKind
from policystudio.editing.resource_parts import ANY, Parts
from policystudio.editing.view import DocumentView, StatementView
from policystudio.ram.patterns import fold
from policystudio.web.statements import typed_resource
from policystudio.web.statements.conditions import ConditionForm, condition_forms
from policystudio.web.statements.resources import Field, ResourceForm, new_resource, resource_forms
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.typed_resource import LITERAL
from policystudio.web.statements.words import PENDING, Words

_UNTOUCHED = Typed()


def pending(shown: DocumentView, typed: Typed, catalogue: Catalogue) -> dict[str, Words]:
    """Id of a field → what to do about it, for all that is neither applied nor taken back."""
    return {
        f"s{index}.{name}": PENDING[kind]
        for index in sorted(typed.statements)
        if index < len(shown.statements)
        for name, kind in _of_statement(shown.statements[index], typed, catalogue)
    }


def _of_statement(statement: StatementView, typed: Typed, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    index = statement.index
    if typed.get(index, "pattern").strip(" ,\n\t"):
        yield "pattern", "pattern"
    listed = {fold(text) for text in statement.actions.texts}
    if any(fold(name) not in listed for name in typed.all(index, "pick")):
        yield "picker", "picker"
    for resource in resource_forms(statement, _UNTOUCHED, {}, catalogue):
        if _is_resource_changed(resource, typed, index):
            yield f"r.{resource.place}.{'text' if resource.is_text else 'type'}", "resource"
    if _is_resource_begun(new_resource(statement, _UNTOUCHED, {}, catalogue), typed, index):
        yield "r.new.type", "new-resource"
    if typed.get(index, "r.raw.text").strip():
        yield "r.raw.text", "raw-resource"
    for condition in condition_forms(statement, _UNTOUCHED, {}, catalogue):
        if condition.kind is not None and _is_condition_changed(condition, typed, index):
            yield f"c.{condition.place}.operator", "condition"
    if typed.get(index, "c.new.key"):
        yield "c.new.key", "new-condition"
    for place, other in enumerate(statement.others):
        if typed.get(index, f"o.{place}.json", other.json).strip() != other.json.strip():
            yield f"o.{place}.json", "element"


def _is_resource_changed(form: ResourceForm, typed: Typed, index: int) -> bool:
    prefix = f"r.{form.place}"
    if form.is_text:
        # A field of one line sends no line ends.
        lines = form.text.replace("\r", "").replace("\n", "")
        return typed.get(index, f"{prefix}.text", lines).strip() != lines.strip()
    if not typed.has(index, f"{prefix}.type"):
        return False
    stored = Parts(form.type_id, _written(form.region), _written(form.account), form.name.strip())
    return typed_resource.parts(typed, index, prefix) != stored


def _is_resource_begun(form: ResourceForm, typed: Typed, index: int) -> bool:
    if not typed.has(index, "r.new.type"):
        return False
    # The type that the form began with is that of the actions of then.
    start = typed.get(index, "r.new.start", form.type_id)
    names = typed.get(index, "r.new.name", ANY).replace(",", "\n").split()
    return typed_resource.parts(typed, index, "r.new", ANY) != Parts(start) or names not in ([], [ANY])


def _written(field: Field) -> str:
    return field.literal.strip() if field.choice == LITERAL else field.choice


def _is_condition_changed(form: ConditionForm, typed: Typed, index: int) -> bool:
    prefix = f"c.{form.place}"

    def is_other(name: str, shown: str) -> bool:
        return typed.get(index, f"{prefix}.{name}", shown).strip() != shown.strip()

    if is_other("key", form.key_id) or is_other("tail", form.tail) or is_other("operator", form.operator):
        return True
    match form.kind:
        case ValueKind.SWITCH:
            return is_other("one", "false" if form.one == "false" else "true")
        case ValueKind.NUMBER:
            return is_other("one", form.one)
        case ValueKind.MOMENT:
            local = typed.get(index, f"{prefix}.local", form.local)
            return is_other("zone", form.zone) or _is_other_moment(local, form.local)
        case _:
            values = typed.get(index, f"{prefix}.values", "\n".join(form.values))
            return _lines(values) != _lines("\n".join(form.values))


def _is_other_moment(typed: str, shown: str) -> bool:
    if not typed.strip():
        # A browser shows an empty field for a day that does not exist.
        return _is_moment(shown)
    return typed.strip().removesuffix(":00") != shown.removesuffix(":00")


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.replace(",", "\n").split("\n") if line.strip()))
