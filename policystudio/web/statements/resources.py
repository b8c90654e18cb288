"""The resources of a card: each in its parts, a form to change it, and those that the chosen actions work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policystudio.catalog.lookup import expand
from policystudio.catalog.model import ALL_TYPES, Catalogue, ResourceType
from policystudio.editing.resource_parts import (
    ANY,
    EVERYTHING,
    OWN_ACCOUNT,
    OWN_REGION,
    Parts,
    has_name,
    parts_of,
    text_of,
)
from policystudio.editing.view import StatementView
from policystudio.ram.resources import covers_resource
from policystudio.web.statements import typed_resource
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.typed_resource import LITERAL
from policystudio.web.statements.words import TYPES_OF_ALL, Words

MAX_SUGGESTIONS = 6


@dataclass(frozen=True, slots=True)
class Field:
    """A region or an account: the choice, and what is written out."""

    choice: str
    literal: str
    error: Words


@dataclass(frozen=True, slots=True)
class ResourceForm:
    """One resource. `type` is None for what only its text can show; `place` is "new" for the one to be added."""

    prefix: str
    place: int | str
    text: str
    type: ResourceType | None
    type_id: str
    is_text: bool
    region: Field
    account: Field
    name: str
    has_name: bool
    name_help: tuple[str, ...]
    name_error: Words
    text_error: Words
    pending: Words
    start: str
    is_open: bool
    types: tuple[ResourceType, ...]

    @property
    def is_everything(self) -> bool:
        return self.type_id == EVERYTHING

    @property
    def is_lone_star(self) -> bool:
        return self.type_id == ALL_TYPES


def resource_forms(
    statement: StatementView, typed: Typed, wrong: Mapping[str, Words], catalogue: Catalogue
) -> list[ResourceForm]:
    """The listed resources, in the document's order."""
    forms = []
    for entry in statement.resources.entries:
        text = entry.text if entry.text is not None else entry.json
        parts = parts_of(catalogue, text) if entry.text is not None else None
        forms.append(_form(statement.index, entry.position, text, parts, typed, wrong, catalogue))
    return forms


def new_resource(
    statement: StatementView, typed: Typed, wrong: Mapping[str, Words], catalogue: Catalogue
) -> ResourceForm:
    """The form for one more resource; its type is first what the actions work on."""
    wanted = _wanted(statement, catalogue)
    start = Parts(next((kind for kind in wanted if has_name(catalogue, kind)), "key"))
    return _form(statement.index, "new", "", start, typed, wrong, catalogue)


def suggestions(statement: StatementView, catalogue: Catalogue) -> list[tuple[str, Words]]:
    """The types that the chosen actions work on and that nothing listed reaches as a whole: (id, words)."""
    listed = statement.resources.texts
    found = [
        (kind, TYPES_OF_ALL.get(kind, kind))
        for kind in _wanted(statement, catalogue)
        if not any(covers_resource(text, text_of(catalogue, Parts(kind))) for text in listed)
    ]
    return found[:MAX_SUGGESTIONS]


def _wanted(statement: StatementView, catalogue: Catalogue) -> list[str]:
    if statement.actions.element == "NotAction":
        return []
    actions = [action for text in statement.actions.texts for action in expand(catalogue, text)]
    found = list(dict.fromkeys(kind for action in actions for kind in action.resource_types))
    # The lone star reaches far more than the actions that need it, so it is offered where nothing else would do.
    return [kind for kind in found if kind != ALL_TYPES] or found


def _form(
    index: int,
    place: int | str,
    text: str,
    parts: Parts | None,
    typed: Typed,
    wrong: Mapping[str, Words],
    catalogue: Catalogue,
) -> ResourceForm:
    prefix = f"r.{place}"
    stored = parts
    if typed.has(index, f"{prefix}.type"):
        parts = typed_resource.parts(typed, index, prefix)
    shown = parts or Parts("")
    typed_text = typed.get(index, f"{prefix}.text", text)
    kind = catalogue.resource_types.get(shown.type)
    own = {name: error for name, error in wrong.items() if name.startswith(f"s{index}.{prefix}.")}
    is_changed = place != "new" and (
        (typed.has(index, f"{prefix}.type") and parts != stored) or typed_text != text
    )
    return ResourceForm(
        prefix=f"s{index}.{prefix}",
        place=place,
        text=text,
        type=kind,
        type_id=shown.type,
        is_text=stored is None,
        region=_field(typed, index, f"{prefix}.region", shown.region, OWN_REGION, own),
        account=_field(typed, index, f"{prefix}.account", shown.account, OWN_ACCOUNT, own),
        name=shown.name,
        has_name=has_name(catalogue, shown.type),
        name_help=kind.identifier.rules[:2] if kind else (),
        name_error=own.get(f"s{index}.{prefix}.name", ""),
        text_error=wrong.get(f"s{index}.{prefix}", "") if stored is None else "",
        pending=own.get(f"s{index}.{prefix}.type") or own.get(f"s{index}.{prefix}.text", ""),
        start=typed.get(index, f"{prefix}.start", stored.type if stored else ""),
        is_open=bool(own) or is_changed or f"s{index}.{prefix}.edit" in wrong,
        types=tuple(catalogue.resource_types.values()),
    )


def _field(typed: Typed, index: int, name: str, value: str, own: str, wrong: Mapping[str, Words]) -> Field:
    is_offered = value in (own, ANY)
    choice = typed.get(index, name, value if is_offered else LITERAL)
    literal = typed.get(index, f"{name}.literal", "" if is_offered else value)
    return Field(choice, literal, wrong.get(f"s{index}.{name}", ""))
