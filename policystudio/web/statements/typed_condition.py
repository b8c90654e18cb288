"""A condition as it was typed: its key, its operator, and its values in the fields that fit them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policystudio.catalog.model import Catalogue
from policystudio.editing.operation import Refused
from policystudio.web.statements.typed import Typed
from policystudio.web.statements.words import of_refusal
from policystudio.web.statements.wrong import Wrong

OTHER = "other"
"""The choice of a key that the catalogue does not have."""
_TO_THE_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")


@dataclass(frozen=True, slots=True)
class TypedCondition:
    """A condition that can be put into a statement."""

    operator: str
    key: str
    values: tuple[str, ...]


def read(catalogue: Catalogue, typed: Typed, statement: int, prefix: str) -> TypedCondition:
    """The condition in the fields below `prefix`. Raises: Wrong, with everything that is missing."""
    wrong = {}
    key = key_of(catalogue, typed, statement, prefix)
    chosen = typed.get(statement, f"{prefix}.key")
    if not chosen:
        wrong["key"] = "no-key"
    elif not key:
        wrong["tail"] = "no-tail"
    values = _values(typed, statement, prefix)
    if not values and chosen:
        is_moment = typed.has(statement, f"{prefix}.local")
        wrong["local" if is_moment else "values"] = "no-moment" if is_moment else "no-value"
    if wrong:
        raise Wrong({f"s{statement}.{prefix}.{f}": of_refusal(Refused(c, "")) for f, c in wrong.items()})
    return TypedCondition(typed.get(statement, f"{prefix}.operator"), key, values)


def key_of(catalogue: Catalogue, typed: Typed, statement: int, prefix: str) -> str:
    """The key, its free tail put in; empty while the tail is."""
    chosen = typed.get(statement, f"{prefix}.key")
    tail = typed.get(statement, f"{prefix}.tail").strip()
    if chosen == OTHER:
        return tail
    known = catalogue.condition_keys.get(chosen)
    if known is None or known.prefix is None:
        return chosen
    return known.prefix + tail if tail else ""


def _values(typed: Typed, statement: int, prefix: str) -> tuple[str, ...]:
    """Which field holds them is what the form showed."""
    if typed.has(statement, f"{prefix}.local"):
        local = typed.get(statement, f"{prefix}.local").strip()
        if not local:
            return ()
        # Browsers leave the seconds out when they are zero.
        local += ":00" if _TO_THE_MINUTE.fullmatch(local) else ""
        return (local + typed.get(statement, f"{prefix}.zone", "Z"),)
    if typed.has(statement, f"{prefix}.one"):
        one = typed.get(statement, f"{prefix}.one").strip()
        return (one,) if one else ()
    values = typed.get(statement, f"{prefix}.values").replace(",", "\n").split("\n")
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
