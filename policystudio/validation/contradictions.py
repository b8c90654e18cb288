"""Whether the conditions of a statement can hold together, for texts and for addresses on the same key.

Only what is certain is told: several requirements on one key of which no listed value meets all. Windows of time have
a rule of their own; requests with several values for one key are not documented and not considered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from policystudio.ram.document import Condition, Statement
from policystudio.ram.operators import address
from policystudio.ram.patterns import fold, matches
from policystudio.validation.addresses import within
from policystudio.validation.naming import has_placeholder

_MOST_VALUES = 200
"""Longer lists are not compared, so that time stays linear in the document."""

_FITS: dict[str, Callable[[str, str], bool]] = {
    "StringEquals": lambda wanted, value: wanted == value,
    "StringNotEquals": lambda wanted, value: wanted == value,
    "StringEqualsIgnoreCase": lambda wanted, value: fold(wanted) == fold(value),
    "StringNotEqualsIgnoreCase": lambda wanted, value: fold(wanted) == fold(value),
    "StringLike": matches,
    "StringNotLike": matches,
}


def contradictions(statement: Statement) -> Iterator[Condition]:
    """The conditions whose values all fail another condition on the same key."""
    by_key: dict[str, list[Condition]] = defaultdict(list)
    for condition in statement.conditions:
        if len(condition.values) <= _MOST_VALUES:
            by_key[condition.key.text].append(condition)
    for conditions in by_key.values():
        if len(conditions) > 1:
            yield from _among(conditions)


def _among(conditions: list[Condition]) -> Iterator[Condition]:
    for condition in conditions:
        others = [other for other in conditions if other is not condition]
        operator = condition.operator.text
        if operator in ("StringEquals", "IpAddress") and condition.values:
            meets = _meets_text if operator == "StringEquals" else _meets_address
            if not any(all(meets(value.text, other) for other in others) for value in condition.values):
                yield condition
                return


def _meets_text(value: str, other: Condition) -> bool:
    fits = _FITS.get(other.operator.text)
    # What a placeholder will be is not known here, so it is taken to meet everything.
    if fits is None or has_placeholder(value) or any(has_placeholder(wanted.text) for wanted in other.values):
        return True
    return any(fits(wanted.text, value) for wanted in other.values) != ("Not" in other.operator.text)


def _meets_address(value: str, other: Condition) -> bool:
    """Whether some address of the range may pass a `NotIpAddress`; what cannot be read is taken to pass."""
    found = address.parse(value)
    if found is None or other.operator.text != "NotIpAddress":
        return True
    excluded = [address.parse(wanted.text) for wanted in other.values]
    return not any(item is not None and within(found.network, item.network) for item in excluded)
