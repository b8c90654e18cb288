"""Whether one condition entry, an operator on a key with its values, holds for what the request carries.

Source: ram-language, section 4. The values of the document are read once, when the entry is compiled.
Decision: an entry is undetermined as a whole when its operator is undocumented or one of its values cannot be read,
since nobody says what RAM makes of it; and for one request when the value sent cannot be read.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.deciding.globs import any_glob
from policystudio.analysis.deciding.reading import STATED, Reading
from policystudio.ram.document import Condition, Text
from policystudio.ram.finding import shown
from policystudio.ram.operators import Family, address, family_of, split_operator
from policystudio.ram.patterns import fold

Answer = bool | None
"""True, False, or None where it cannot be told."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why it cannot be told whether an entry holds; `path` is the JSON Pointer of what is to blame."""

    code: str
    detail: str
    path: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A compiled condition entry. With a `doubt` it is undetermined whatever the request."""

    key: str
    condition: Condition
    doubt: Doubt | None
    is_negated: bool
    if_missing: bool
    family: Family | None
    read: Callable[[str], Any]
    """The typed value of what the request carries, or None when it is none of the operator's family."""
    fits: Callable[[Any], bool]
    """Whether a typed value of the request fits one of the entry's values."""

    def holds(self, given: str | None) -> Answer:
        """Whether the entry holds for the key's value in the request; None where the key is missing."""
        if self.doubt is not None:
            return None
        if given is None:
            return self.if_missing
        value = self.read(given)
        if value is None:
            return None
        return self.fits(value) is not self.is_negated

    def doubt_about(self, given: str | None) -> Doubt:
        """Why `holds` says that it cannot be told."""
        if self.doubt is not None:
            return self.doubt
        # Nothing else is in doubt.
        assert given is not None
        detail = (
            f"the request carries {shown(given)} for {shown(self.key)}, which `{self.condition.operator}` cannot read: "
            f"{unread(self.condition.operator.text, given)}"
        )
        return Doubt("unreadable-in-request", detail, self.condition.path)


def compiled(condition: Condition, reading: Reading = STATED) -> Entry:
    """The entry of a condition, read once for any number of requests."""
    family = family_of(condition.operator.text)
    doubt = _doubt(condition, family)
    is_negated = family is not None and family.is_negated(condition.operator.text)
    read: Callable[[str], Any] = _text
    fits: Callable[[Any], bool] = _never
    if doubt is None and family is not None:
        read, fits = _READERS.get(family.name, family.parse), _FITS[family.name](condition)
    return Entry(
        key=condition.key.text,
        condition=condition,
        doubt=doubt,
        is_negated=is_negated,
        if_missing=is_negated and reading.missing_negated,
        family=family,
        read=read,
        fits=fits,
    )


def _doubt(condition: Condition, family: Family | None) -> Doubt | None:
    name = condition.operator
    if family is None:
        return Doubt("unknown-operator", f"RAM documents no operator {shown(name.text)}", name.path)
    if split_operator(name.text)[0]:
        return Doubt("set-operator", f"RAM documents no meaning of {shown(name.text)}", name.path)
    if family.name == "boolean" and len(condition.values) > 1:
        return Doubt("two-boolean-values", "`Bool` takes one value, and here are several", condition.path)
    for value in condition.values:
        problem = family.problem(value.text)
        if problem is not None:
            detail = f"`{name}` cannot read {shown(value.text)}: {problem}"
            return Doubt("unreadable-value", detail, value.path)
    return None


def _text(given: str) -> Any:
    return given


def _never(given: Any) -> bool:
    return False


def one_address(given: str) -> address.Range | None:
    """The address that a request comes from; a range is none.

    Decision: `::ffff:10.0.0.1`, which a document may not write, is an IPv6 address like any other where a request
    carries it, and no IPv4 block holds it. Source: analysis-design, section 2.
    """
    found = address.parse(given) or address.parse(_in_groups(given))
    return None if found is None or found.has_prefix else found


def _in_groups(text: str) -> str:
    """An IPv6 address whose end is written as IPv4, by groups alone. Source: RFC 4291, section 2.2, form 3."""
    head, colon, tail = text.rpartition(":")
    end = address.parse(tail)
    if not colon or end is None or end.has_prefix or end.version != 4:
        return text
    number = int(end.network.network_address)
    return f"{head}:{number >> 16:x}:{number & 0xFFFF:x}"


_READERS: dict[str, Callable[[str], Any]] = {"string": _text, "address": one_address}


def unread(operator: str, given: str) -> str | None:
    """What keeps an operator from reading what a request carries; None where it can, or where RAM has none such."""
    family = family_of(operator)
    if family is None or _READERS.get(family.name, family.parse)(given) is not None:
        return None
    return family.problem(given) or "a range instead of one address"


def _string(condition: Condition) -> Callable[[Any], bool]:
    texts = [value.text for value in condition.values]
    if condition.operator.text.endswith("Like"):
        return any_glob(texts)
    if condition.operator.text.endswith("IgnoreCase"):
        folded = frozenset(map(fold, texts))
        return lambda given: fold(given) in folded
    return frozenset(texts).__contains__


_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "LessThan": operator.lt,
    "LessThanEquals": operator.le,
    "GreaterThan": operator.gt,
    "GreaterThanEquals": operator.ge,
}


def _ordered(family: str, parse: Callable[[str], Any]) -> Callable[[Condition], Callable[[Any], bool]]:
    """Comparisons of numbers and dates: of several limits the most generous one decides."""

    def fits(condition: Condition) -> Callable[[Any], bool]:
        values = [parse(value.text) for value in condition.values]
        order = condition.operator.text.removeprefix(family)
        if order not in _ORDERS:
            return frozenset(values).__contains__
        if not values:
            return _never
        limit = max(values) if order.startswith("Less") else min(values)
        compare = _ORDERS[order]
        return lambda given: compare(given, limit)

    return fits


def _boolean(condition: Condition) -> Callable[[Any], bool]:
    wanted = [fold(value.text) == "true" for value in condition.values]
    return wanted.__contains__


def _address(condition: Condition) -> Callable[[Any], bool]:
    """Host bits of a block are masked off; IPv4 and IPv6 are apart."""
    blocks = [
        (found.version, int(found.network.network_address), int(found.network.broadcast_address))
        for found in map(address.parse, map(str, condition.values))
        if found is not None
    ]

    def fits(given: address.Range) -> bool:
        version, number = given.version, int(given.network.network_address)
        return any(family == version and first <= number <= last for family, first, last in blocks)

    return fits


def _parser(name: str) -> Callable[[str], Any]:
    family = family_of(name)
    assert family is not None  # named below
    return family.parse


_FITS: dict[str, Callable[[Condition], Callable[[Any], bool]]] = {
    "string": _string,
    "number": _ordered("Numeric", _parser("NumericEquals")),
    "date": _ordered("Date", _parser("DateEquals")),
    "boolean": _boolean,
    "address": _address,
}


def deciding_value(entry: Entry, given: str) -> Text | None:
    """The first value of the document that fits what the request carries, or None."""
    for value in entry.condition.values:
        single = compiled(
            Condition(
                entry.condition.operator, entry.condition.key, (value,), entry.condition.path, is_list=False
            )
        )
        typed = single.read(given)
        if typed is not None and single.fits(typed):
            return value
    return None
