"""RAM's decision on a request, written from the language reference: every statement is asked, nothing is clever.

Works on plain values as `json.loads` gives them. What the reference leaves open, or what RAM would refuse, is told as
"unknown" rather than guessed: an answer is the set of decisions that are possible.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from ipaddress import ip_address, ip_network
from typing import Any

from tests.reference.patterns import matches

ALLOW, EXPLICIT_DENY, IMPLICIT_DENY = "allow", "explicit_deny", "implicit_deny"
Answer = bool | None
"""True, False, or None where it cannot be told."""

OTHER_CLOUDS = ("aws", "qcs", "azure", "gcp")
_BETWEEN = re.compile(r"[\s,;]+")
_WHOLE = re.compile(r"[^:]+:[^:]+")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_MOMENT = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}(Z|[+-][0-9]{2}:[0-9]{2})")
_ORDERS = {
    "Equals": lambda given, wanted: given == wanted,
    "LessThan": lambda given, wanted: given < wanted,
    "LessThanEquals": lambda given, wanted: given <= wanted,
    "GreaterThan": lambda given, wanted: given > wanted,
    "GreaterThanEquals": lambda given, wanted: given >= wanted,
}


def outcomes(document: Any, action: str, resource: str, context: Mapping[str, str]) -> frozenset[str]:
    """The decisions that are possible for one request."""
    return combined(
        (
            statement.get("Effect"),
            both(both(acts(statement, action), applies(statement, resource)), holds(statement, context)),
        )
        for statement in statements_of(document)
    )


def combined(matched: Any) -> frozenset[str]:
    """The possible decisions, given the effect of each statement and whether it matches the request.

    Source: section 5: any Deny that matches, else any Allow that matches, else denied by default.
    """
    pairs = list(matched)
    if any(effect == "Deny" and answer is True for effect, answer in pairs):
        return frozenset({EXPLICIT_DENY})
    possible = set()
    if any(effect != "Allow" and answer is not False for effect, answer in pairs):
        possible.add(EXPLICIT_DENY)
    if any(effect != "Deny" and answer is not False for effect, answer in pairs):
        possible.add(ALLOW)
    if not any(effect == "Allow" and answer is True for effect, answer in pairs):
        possible.add(IMPLICIT_DENY)
    return frozenset(possible)


def statements_of(document: Any) -> list[dict[str, Any]]:
    """The statements; a lone one counts as a list of one, and what is none is passed over."""
    listed = document.get("Statement", []) if isinstance(document, dict) else []
    return [item for item in listed_of(listed) if isinstance(item, dict)]


def acts(statement: Mapping[str, Any], action: str) -> Answer:
    """Whether the statement speaks of the action; letter case does not count. Source: section 2."""
    if "Action" in statement and "NotAction" in statement:
        return None
    if "NotAction" in statement:
        return negated(any_of(_names(entry, action) for entry in listed_of(statement["NotAction"])))
    if "Action" not in statement:
        return None
    return any_of(_names(entry, action) for entry in listed_of(statement["Action"]))


def _names(entry: Any, action: str) -> Answer:
    if not isinstance(entry, str):
        return None
    if "${" in entry or "$<" in entry:
        return None
    if meant(entry) != entry:
        return None if _names(meant(entry), action) is not False else False
    parts = [part for part in _BETWEEN.split(entry) if part]
    if len(parts) > 1:
        # RAM refuses a blank or a comma in a name; read with good will it is each of several whole names, or the one
        # that is left without blanks.
        joined = "".join(entry.split())
        read = parts if all(map(_WHOLE.fullmatch, parts)) else [joined] if joined != entry else []
        return None if any(_names(name, action) is not False for name in read) else False
    if low(entry).startswith("kms:") and "/" in entry:
        # No name of KMS holds a slash, so RAM refuses it; of other services some might.
        return None if matches(low(entry.replace("/", "")), low(action)) else False
    if ":" not in entry.lstrip(":") and entry.strip("*") != "":
        # RAM refuses a name without service; what it would reach is at most the actions of that name, or, where a
        # wildcard may stand for the colon, those that the pattern fits as it stands.
        is_reached = matches(low(entry), low(action)) or matches(
            low(entry.lstrip(":")), low(action.partition(":")[2])
        )
        return None if is_reached else False
    return matches(low(entry), low(action))


def applies(statement: Mapping[str, Any], resource: str) -> Answer:
    """Whether the statement speaks of the resource; letter case counts. Source: section 3."""
    if "Resource" in statement and "NotResource" in statement:
        return None
    if "NotResource" in statement:
        return negated(any_of(_reaches(entry, resource) for entry in listed_of(statement["NotResource"])))
    if "Resource" not in statement:
        return None
    return any_of(_reaches(entry, resource) for entry in listed_of(statement["Resource"]))


def _reaches(entry: Any, resource: str) -> Answer:
    """Field by field, split at the first four colons; an empty field fits only an empty one."""
    if not isinstance(entry, str):
        return None
    if entry == "*":
        return True
    if meant(entry) != entry:
        return None if _reaches(meant(entry), resource) is not False else False
    pattern, name = entry.split(":", 4), resource.split(":", 4)
    if low(pattern[0]) != "acs" or len(pattern) < 5:
        # RAM refuses the text; read with good will it is at most every resource of the name at its end.
        return None if matches(entry.rpartition(":")[2], name[4]) else False
    if pattern[0] != "acs":
        return False
    answer: Answer = True
    for index, (field, part) in enumerate(zip(pattern[1:], name[1:], strict=True), start=1):
        is_open = "${" in field or "$<" in field or (index == 2 and field.isdigit())
        # Letters in the place of an account's number are refused, and a number in that of a region.
        is_open = is_open or (
            index == 3 and pattern[1] != "ram" and re.search(r"[^0-9*?]", field) is not None
        )
        answer = both(answer, None if is_open else matches(field, part))
    return answer


def holds(statement: Mapping[str, Any], context: Mapping[str, str]) -> Answer:
    """Whether all operators and all their keys hold. Source: section 4."""
    block = statement.get("Condition", {})
    if not isinstance(block, dict):
        return None
    answer: Answer = True
    for operator, keys in block.items():
        if not isinstance(keys, dict):
            return None
        for key, values in keys.items():
            # RAM refuses a key that is not `<service>:<name>`; keys of another cloud we refuse.
            service, _, name = key.partition(":")
            is_refused = not service or not name or service in OTHER_CLOUDS
            held = None if is_refused else condition_holds(operator, listed_of(values), context.get(key))
            answer = both(answer, held)
    return answer


def condition_holds(operator: str, values: list[Any], given: str | None) -> Answer:
    """Whether one operator on one key holds; `given` is None when the request lacks the key.

    Values are alternatives. A negated operator holds when none fits. An absent key makes a plain operator fail and a
    negated one hold. No value fits an empty list.
    """
    fits = _comparison(operator)
    if fits is None or any(not isinstance(value, str) for value in values):
        return None
    if operator == "Bool" and len(values) > 1:
        return None
    is_negated = "Not" in operator
    if given is None:
        # RAM refuses values that it cannot read, whatever the request.
        return is_negated if all(_is_read(operator, value) for value in values) else None
    answer = any_of(fits(given, value) for value in values)
    return negated(answer) if is_negated else answer


def _comparison(operator: str) -> Any:
    """How one value of the document is compared with that of the request; None for what RAM has not."""
    plain = operator.replace("Not", "", 1)
    if plain == "StringEquals":
        return lambda given, wanted: given == wanted
    if plain == "StringEqualsIgnoreCase":
        return lambda given, wanted: low(given) == low(wanted)
    if plain == "StringLike":
        return lambda given, wanted: matches(wanted, given)
    if operator == "Bool":
        return lambda given, wanted: _ordered("Equals", boolean(given), boolean(wanted))
    if plain == "IpAddress":
        return _lies_in
    for family, read in (("Numeric", number), ("Date", moment)):
        order = plain.removeprefix(family)
        if plain.startswith(family) and order in _ORDERS:
            return lambda given, wanted, order=order, read=read: _ordered(order, read(given), read(wanted))
    return None


def _is_read(operator: str, value: str) -> bool:
    if operator == "Bool":
        return boolean(value) is not None
    if "IpAddress" in operator:
        return network(value) is not None
    if operator.startswith("Numeric"):
        return number(value) is not None
    return not operator.startswith("Date") or moment(value) is not None


def _ordered(order: str, given: Any, wanted: Any) -> Answer:
    return None if given is None or wanted is None else _ORDERS[order](given, wanted)


def _lies_in(given: str, wanted: str) -> Answer:
    address, range_ = network(given), network(wanted)
    if address is None or range_ is None:
        return None
    return address.version == range_.version and address.network_address in range_


def boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(low(text))


def number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) and len(text) <= 64 else None


def moment(text: str) -> datetime | None:
    """A full date and time with a zone, the only form that is documented."""
    try:
        return datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def network(text: str) -> Any:
    """An address or a range with a prefix length, host bits allowed."""
    address, slash, length = text.partition("/")
    if "%" in text or (slash and not re.fullmatch(r"0|[1-9][0-9]*", length)) or (":" in text and "." in text):
        return None
    try:
        ip_address(address)
        return ip_network(text, strict=False)
    except ValueError:
        return None


def low(text: str) -> str:
    """Capitals of ASCII made small, nothing else."""
    return "".join(chr(ord(char) + 32) if "A" <= char <= "Z" else char for char in text)


def meant(text: str) -> str:
    """A text without what is refused in it: blanks at its ends, and entities of copied pages."""
    return html.unescape(text).strip()


def listed_of(value: Any) -> list[Any]:
    """A value and a list of one value are the same."""
    return value if isinstance(value, list) else [value]


def both(one: Answer, other: Answer) -> Answer:
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def any_of(answers: Any) -> Answer:
    seen = list(answers)
    if True in seen:
        return True
    return None if None in seen else False


def negated(answer: Answer) -> Answer:
    return None if answer is None else not answer
