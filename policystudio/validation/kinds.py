"""Guesses what a pasted document is for: a custom policy, a trust policy of a role, or a key or secret policy.

A guess decides only which rules apply and is always shown; what cannot be told apart is a custom policy.
Source: ram-language, section 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policystudio.ram.document import Kind
from policystudio.ram.patterns import fold
from policystudio.ram.reader import plain, read

_TRUSTED = ("RAM", "Service", "Federated")
_ASSUME = "sts:assumerole"


def kind_of(document: str | Mapping[str, Any]) -> Kind:
    """The kind that every statement of the document fits, given its text or its plain value."""
    value: Any = document
    if isinstance(document, str):
        reading = read(document)
        value = None if reading.value is None else plain(reading.value)
    statements = value.get("Statement") if isinstance(value, Mapping) else None
    if not isinstance(statements, list) or not statements:
        return Kind.IDENTITY
    if all(_is_trust(statement) for statement in statements):
        return Kind.TRUST
    if all(_is_key_policy(statement) for statement in statements):
        return Kind.KEY_POLICY
    return Kind.IDENTITY


def _has_principal(statement: Any, kinds: tuple[str, ...]) -> bool:
    if not isinstance(statement, Mapping):
        return False
    principal = statement.get("Principal")
    return isinstance(principal, Mapping) and bool(principal) and all(kind in kinds for kind in principal)


def _is_trust(statement: Any) -> bool:
    if not _has_principal(statement, _TRUSTED) or "Resource" in statement:
        return False
    actions = _texts(statement.get("Action"))
    return bool(actions) and all(fold(action) == _ASSUME for action in actions)


def _is_key_policy(statement: Any) -> bool:
    if not _has_principal(statement, ("RAM",)):
        return False
    actions = _texts(statement.get("Action"))
    return (
        bool(actions)
        and all(fold(a).startswith("kms:") for a in actions)
        and _texts(statement.get("Resource")) == ["*"]
    )


def _texts(value: Any) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return entries if all(isinstance(entry, str) for entry in entries) else []
