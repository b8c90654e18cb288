"""A resource as it was typed: its parts in fields, or its text."""

from __future__ import annotations

from policystudio.catalog.model import Catalogue
from policystudio.editing.operation import Refused
from policystudio.editing.resource_parts import ANY, OWN_ACCOUNT, OWN_REGION, Parts, problems, text_of
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.words import of_refusal
from policystudio.web.statements.wrong import Wrong

LITERAL = "literal"
"""The choice of a region or account that is written out."""


def parts(typed: Typed, statement: int, prefix: str, name: str | None = None) -> Parts:
    """The parts in the fields below `prefix`; `name` takes the place of the typed one."""
    return Parts(
        typed.get(statement, f"{prefix}.type"),
        _choice(typed, statement, f"{prefix}.region", OWN_REGION),
        _choice(typed, statement, f"{prefix}.account", OWN_ACCOUNT),
        typed.get(statement, f"{prefix}.name", ANY).strip() if name is None else name,
    )


def text(catalogue: Catalogue, typed: Typed, statement: int, prefix: str) -> str:
    """The resource that the fields write: their text, if it is asked for as text. Raises: Wrong."""
    if typed.has(statement, f"{prefix}.text"):
        return typed.get(statement, f"{prefix}.text").strip()
    return _checked(catalogue, parts(typed, statement, prefix), statement, prefix)


def new_texts(catalogue: Catalogue, typed: Typed, statement: int) -> tuple[str, ...]:
    """The resources to be added: one for each name that was written. Raises: Wrong."""
    names = typed.get(statement, "r.new.name", ANY).replace(",", "\n").split("\n")
    found = [name.strip() for name in names if name.strip()] or [""]
    return tuple(
        _checked(catalogue, parts(typed, statement, "r.new", name), statement, "r.new") for name in found
    )


def _checked(catalogue: Catalogue, found: Parts, statement: int, prefix: str) -> str:
    wrong = problems(catalogue, found)
    if wrong:
        raise Wrong(
            {f"s{statement}.{prefix}.{p.part}": of_refusal(Refused(p.code, p.message)) for p in wrong}
        )
    return text_of(catalogue, found)


def _choice(typed: Typed, statement: int, name: str, default: str) -> str:
    chosen = typed.get(statement, name, default)
    return typed.get(statement, f"{name}.literal").strip() if chosen == LITERAL else chosen
