"""How a condition is asked for: the kind of its values, the operators that fit its key, and what a missing key means.

Source: ram-language, section 4, and the keys of the catalogue.
"""

from __future__ import annotations

from enum import StrEnum

from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import Catalogue
from policystudio.ram.operators import SET_PREFIXES, family_of, split_operator


class ValueKind(StrEnum):
    """What the values of a condition are, and so with which input they are asked for."""

    ADDRESSES = "addresses"
    MOMENT = "moment"
    SWITCH = "switch"
    NUMBER = "number"
    TEXTS = "texts"


class Missing(StrEnum):
    """What happens to a request that does not carry the key."""

    NOT_ALLOWED = "not-allowed"
    ALLOWED = "allowed"
    NOT_DENIED = "not-denied"
    DENIED = "denied"
    NEVER = "never-missing"
    UNDOCUMENTED = "undocumented"


_OF_FAMILY = {
    "address": ValueKind.ADDRESSES,
    "date": ValueKind.MOMENT,
    "boolean": ValueKind.SWITCH,
    "number": ValueKind.NUMBER,
    "string": ValueKind.TEXTS,
}
# The service sets it on every request. Source: ram-language, section 4, global keys.
_ALWAYS_THERE = "acs:CurrentTime"


def value_kind(operator: str) -> ValueKind:
    """How the values of an operator are asked for; those of an unknown one as texts."""
    family = family_of(operator)
    return _OF_FAMILY[family.name] if family else ValueKind.TEXTS


def asked_as(operator: str, values: tuple[str, ...]) -> ValueKind | None:
    """The input that can show these values without loss: the operator's own, or texts, or none at all.

    A switch, a moment and a number hold one value; in a list of texts a comma or a line end would part a value in two.
    """
    kind, family = value_kind(operator), family_of(operator)
    is_one = len(values) == 1
    if kind is ValueKind.SWITCH and is_one and values[0] in ("true", "false"):
        return kind
    if (
        kind in (ValueKind.MOMENT, ValueKind.NUMBER)
        and family
        and is_one
        and family.parse(values[0]) is not None
    ):
        return kind
    if len(set(values)) < len(values) or not all(map(_is_plain, values)):
        return None
    return kind if kind is ValueKind.ADDRESSES else ValueKind.TEXTS


def operators_for(catalogue: Catalogue, key: str, present: str = "") -> tuple[str, ...]:
    """The operators made for a key; `present`, the one that the document has, is always among them."""
    known = condition_key(catalogue, key)
    found = known.operators if known else tuple(o for row in catalogue.operators.values() for o in row)
    return found if not present or present in found else (*found, present)


def when_missing(effect: str, operator: str, key: str) -> Missing:
    """What the condition does to a request without the key.

    Decision: a positive operator does not hold, a negated one does. Source: ram-language, section 4.
    """
    family = family_of(operator)
    if family is None or split_operator(operator)[0] in SET_PREFIXES:
        return Missing.UNDOCUMENTED
    if key == _ALWAYS_THERE:
        return Missing.NEVER
    holds = family.is_negated(operator)
    if effect == "Deny":
        return Missing.DENIED if holds else Missing.NOT_DENIED
    return Missing.ALLOWED if holds else Missing.NOT_ALLOWED


def _is_plain(value: str) -> bool:
    return bool(value) and value == value.strip() and not set(value) & set(",\n\r")
