"""Translates the `statement` blocks of Terraform's data source into a document, as its provider does.

Source: the alicloud provider, `alicloud_ram_policy_document`: `version` is "1" and `effect` "Allow" when left out;
conditions with the same operator share its object, and values of the same variable are put together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policystudio.ram.canonical import text_of

_KNOWN = frozenset({"effect", "action", "resource", "principal", "condition"})
Read = Callable[[str], str]


def document_of(body: dict[str, Any], read: Read) -> tuple[str, tuple[str, ...]]:
    """The document as canonical text, and notes on what has no place in it. `read` is applied to every text."""
    notes: dict[str, None] = {}
    statements = [_statement(block, read, notes) for block in _blocks(body.get("statement"))]
    version = body.get("version")
    document = {"Version": read(version) if isinstance(version, str) else "1", "Statement": statements}
    notes = {"the statement blocks of Terraform are written as a document": None, **notes}
    return text_of(document), tuple(notes)


def _statement(block: dict[str, Any], read: Read, notes: dict[str, None]) -> dict[str, Any]:
    effect = block.get("effect")
    statement: dict[str, Any] = {"Effect": read(effect) if isinstance(effect, str) else "Allow"}
    statement["Action"] = _texts(block.get("action"), read)
    if block.get("resource"):
        statement["Resource"] = _texts(block["resource"], read)
    principal = _principal(block, read)
    if principal:
        statement["Principal"] = principal
    condition = _condition(block, read, notes)
    if condition:
        statement["Condition"] = condition
    for name in block:
        if name not in _KNOWN:
            notes[f"`{name[:60]}` of a statement block has no place in a document and is left out"] = None
    return statement


def _principal(block: dict[str, Any], read: Read) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for principal in _blocks(block.get("principal")):
        entity = principal.get("entity")
        if isinstance(entity, str):
            found.setdefault(entity, []).extend(_texts(principal.get("identifiers"), read))
    return found


def _condition(block: dict[str, Any], read: Read, notes: dict[str, None]) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = {}
    for condition in _blocks(block.get("condition")):
        operator, variable = condition.get("operator"), condition.get("variable")
        if not isinstance(operator, str) or not isinstance(variable, str):
            notes["a condition block without operator or variable is left out"] = None
            continue
        keys = found.setdefault(read(operator), {})
        if read(variable) in keys:
            notes["values of condition blocks with the same operator and variable are put together"] = None
        keys.setdefault(read(variable), []).extend(_texts(condition.get("values"), read))
    return found


def _texts(value: Any, read: Read) -> list[Any]:
    """The entries as a list; Terraform turns numbers and truth values into texts where it wants these."""
    entries = value if isinstance(value, list) else [] if value is None else [value]
    return [read(entry) if isinstance(entry, str) else _as_text(entry) for entry in entries]


def _as_text(entry: Any) -> str:
    return str(entry).lower() if isinstance(entry, bool | None) else str(entry)


def _blocks(value: Any) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
