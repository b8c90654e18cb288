"""The decision on a request, worked out slowly from the language reference on plain values; shares no code with it.

Everything that is in doubt is decided twice, once against access and once in favour of it; where both decisions are the
same, that is the decision. How single values are read stands in `evaluator.py`, wildcards in `patterns.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from ipaddress import ip_address, ip_network
from typing import Any

from tests.reference import evaluator
from tests.reference.patterns import matches

ALLOW, EXPLICIT_DENY, IMPLICIT_DENY, UNKNOWN = "allow", "explicit_deny", "implicit_deny", "unknown"
STRINGS = ("StringEquals", "StringNotEquals", "StringLike", "StringNotLike")
CASELESS = ("StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase")
ORDERS = ("Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals")
NUMBERS, DATES = [f"Numeric{order}" for order in ORDERS], [f"Date{order}" for order in ORDERS]
KNOWN = {*STRINGS, *CASELESS, *NUMBERS, *DATES, "Bool", "IpAddress", "NotIpAddress"}


def decide(
    documents: list[Any],
    action: str,
    resource: str,
    context: Mapping[str, str],
    *,
    missing_negated: bool = True,
) -> str:
    """The decision, or "unknown"."""
    least = _decided(documents, action, resource, context, {"Allow": False, "Deny": True}, missing_negated)
    most = _decided(documents, action, resource, context, {"Allow": True, "Deny": False}, missing_negated)
    return least if least == most else UNKNOWN


def _decided(
    documents: list[Any],
    action: str,
    resource: str,
    context: Mapping[str, str],
    in_doubt: Mapping[str, bool],
    missing_negated: bool,
) -> str:
    effects = set()
    for document in documents:
        for statement in document["Statement"]:
            held = [
                in_doubt[statement["Effect"]] if answer is None else answer
                for answer in _entries(statement, context, missing_negated)
            ]
            if _acts(statement, action) and _applies(statement, resource) and all(held):
                effects.add(statement["Effect"])
    if "Deny" in effects:
        return EXPLICIT_DENY
    return ALLOW if "Allow" in effects else IMPLICIT_DENY


def _acts(statement: Mapping[str, Any], action: str) -> bool:
    is_negated = "NotAction" in statement
    listed = evaluator.listed_of(statement["NotAction" if is_negated else "Action"])
    return is_negated != any(matches(evaluator.low(entry), evaluator.low(action)) for entry in listed)


def _applies(statement: Mapping[str, Any], resource: str) -> bool:
    is_negated = "NotResource" in statement
    listed = evaluator.listed_of(statement["NotResource" if is_negated else "Resource"])
    return is_negated != any(_reaches(entry, resource) for entry in listed)


def _reaches(pattern: str, resource: str) -> bool:
    if pattern == "*":
        return True
    if resource == "*":
        return False
    fields, parts = pattern.split(":", 4), resource.split(":", 4)
    return all(matches(field, part) for field, part in zip(fields, parts, strict=True))


def _entries(
    statement: Mapping[str, Any], context: Mapping[str, str], missing_negated: bool
) -> list[bool | None]:
    return [
        _holds(operator, evaluator.listed_of(values), context.get(key), missing_negated)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
    ]


def _holds(operator: str, values: list[str], given: str | None, missing_negated: bool) -> bool | None:
    """None where the operator is unknown, a value cannot be read, or the request's value cannot."""
    if operator not in KNOWN or (operator == "Bool" and len(values) > 1):
        return None
    wanted = [_read(operator, value) for value in values]
    if None in wanted:
        return None
    is_negated = "Not" in operator
    if given is None:
        return is_negated and missing_negated
    value = _sent(operator, given)
    if value is None:
        return None
    return is_negated != any(_compared(operator, value, each) for each in wanted)


def _sent(operator: str, given: str) -> Any:
    """What a request carries: one address, also with IPv4 written at the end of IPv6; no zone and no zeros in front."""
    if "IpAddress" not in operator:
        return _read(operator, given)
    try:
        number = ip_address(given)
    except ValueError:
        return None
    if evaluator.network(given) is None and not (number.version == 6 and "." in given and "%" not in given):
        return None
    return ip_network(str(number))


def _read(operator: str, text: str) -> Any:
    if operator.startswith("Numeric"):
        return None if evaluator.number(text) is None else Fraction(text)
    if operator.startswith("Date"):
        moment = evaluator.moment(text)
        if moment is None or abs(moment.utcoffset() or timedelta()) > timedelta(hours=14):
            return None
        return moment.timestamp()
    if operator == "Bool":
        return evaluator.boolean(text)
    if "IpAddress" in operator:
        return evaluator.network(text)
    return text


def _compared(operator: str, given: Any, wanted: Any) -> bool:
    """Whether what the request carries fits one value of the document; negation is left to the caller."""
    plain = operator.replace("Not", "")
    if plain == "StringLike":
        return matches(wanted, given)
    if plain == "StringEqualsIgnoreCase":
        return evaluator.low(given) == evaluator.low(wanted)
    if plain == "IpAddress":
        return bool(given.version == wanted.version and given[0] in wanted)
    if plain.endswith("LessThan"):
        return bool(given < wanted)
    if plain.endswith("LessThanEquals"):
        return bool(given <= wanted)
    if plain.endswith("GreaterThan"):
        return bool(given > wanted)
    if plain.endswith("GreaterThanEquals"):
        return bool(given >= wanted)
    return bool(given == wanted)
