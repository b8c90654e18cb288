"""What a form can show of a text: its statements, each with what of it the form understands.

What it does not understand is kept as JSON, so that a form can show and change that too. Never raises.
"""

from __future__ import annotations

from dataclasses import dataclass

from policystudio.editing.nodes import entries
from policystudio.ram.canonical import canonical, compact
from policystudio.ram.reader import Json, JsonArray, JsonObject, JsonString, read

EFFECTS = ("Allow", "Deny")
ACTION_ELEMENTS = ("Action", "NotAction")
RESOURCE_ELEMENTS = ("Resource", "NotResource")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: `text` is None for what is no text; `json` shows anything."""

    position: int
    text: str | None
    json: str


@dataclass(frozen=True, slots=True)
class Listing:
    """An element that holds texts: its name (`Action` or `NotAction`), and its entries.

    `is_present` tells an empty list from an element that is not there.
    """

    element: str
    entries: tuple[Entry, ...]
    is_present: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(entry.text for entry in self.entries if entry.text is not None)


@dataclass(frozen=True, slots=True)
class ConditionView:
    """One operator applied to one key; `values` is None where they are neither a text nor a list of texts."""

    operator: str
    key: str
    values: tuple[str, ...] | None
    json: str


@dataclass(frozen=True, slots=True)
class Other:
    """An element that the form does not understand, as JSON."""

    name: str
    json: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement. `effect` is None when it is neither of the two; `is_object` False when nothing can be shown."""

    index: int
    is_object: bool
    effect: str | None
    actions: Listing
    resources: Listing
    conditions: tuple[ConditionView, ...]
    others: tuple[Other, ...]
    json: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The statements of a document; `others` are the document's own further elements."""

    statements: tuple[StatementView, ...]
    others: tuple[Other, ...]


def view(text: str) -> DocumentView | None:
    """What a form can show of `text`; None when it cannot be read, or is no object with a list of statements."""
    document = read(text).value
    if not isinstance(document, JsonObject):
        return None
    held = document.get("Statement")
    if held is not None and not isinstance(held, JsonArray):
        return None
    statements = held.items if held is not None else ()
    others = [m for m in document.members if m.name not in ("Statement", "Version")]
    return DocumentView(
        tuple(_statement(index, value) for index, value in enumerate(statements)),
        tuple(Other(m.name, canonical(m.value).rstrip("\n")) for m in others),
    )


def _statement(index: int, value: Json) -> StatementView:
    json = canonical(value).rstrip("\n")
    if not isinstance(value, JsonObject):
        nothing = Listing("Action", (), False)
        return StatementView(index, False, None, nothing, Listing("Resource", (), False), (), (), json)
    actions, resources = _listing(value, ACTION_ELEMENTS), _listing(value, RESOURCE_ELEMENTS)
    effect, block = value.get("Effect"), value.get("Condition")
    conditions = _conditions(block)
    understood = {actions.element, resources.element}
    is_effect = isinstance(effect, JsonString) and effect.text in EFFECTS
    if is_effect:
        understood.add("Effect")
    if conditions is not None:
        understood.add("Condition")
    others = [m for m in value.members if m.name not in understood]
    return StatementView(
        index=index,
        is_object=True,
        effect=effect.text if isinstance(effect, JsonString) and is_effect else None,
        actions=actions,
        resources=resources,
        conditions=conditions or (),
        others=tuple(Other(m.name, canonical(m.value).rstrip("\n")) for m in others),
        json=json,
    )


def _listing(statement: JsonObject, names: tuple[str, str]) -> Listing:
    """The one of two elements that is there; of both the first, and the second is then among the others."""
    for name in names:
        value = statement.get(name)
        if value is not None:
            return Listing(name, tuple(_entry(n, item) for n, item in enumerate(entries(value))))
    return Listing(names[0], (), False)


def _entry(position: int, value: Json) -> Entry:
    return Entry(position, value.text if isinstance(value, JsonString) else None, compact(value))


def _conditions(block: Json | None) -> tuple[ConditionView, ...] | None:
    """The conditions, or None when the block is not made of operators and keys."""
    if block is None:
        return ()
    if not isinstance(block, JsonObject):
        return None
    found = []
    for operator in block.members:
        # An operator with no key is a fault that only the JSON can show.
        if not isinstance(operator.value, JsonObject) or not operator.value.members:
            return None
        for key in operator.value.members:
            found.append(ConditionView(operator.name, key.name, _texts(key.value), compact(key.value)))
    return tuple(found)


def _texts(value: Json) -> tuple[str, ...] | None:
    items = entries(value)
    if all(isinstance(item, JsonString) for item in items):
        return tuple(item.text for item in items if isinstance(item, JsonString))
    return None
