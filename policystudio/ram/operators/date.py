"""Operators on moments in time.

Source: ram-language, section 4; `2012-11-11T23:59:59Z` and `2019-08-12T17:00:00+08:00` are the forms shown.
Decision: only a full date and time with a zone is read: `Z` or an offset of hours and minutes. A date alone, a time
without zone, fractions of a second, a leap second and a number of seconds are not documented and are refused.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from policystudio.ram.operators._family import Family

_MOMENT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:(Z)|([+-])([0-9]{2}):([0-9]{2}))"
)
_WITHOUT_ZONE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
)
# Source: ISO 8601 and the zone database; no zone is further from UTC than fourteen hours.
_MAX_OFFSET = timedelta(hours=14)


def parse(value: str) -> datetime | None:
    """The moment in UTC that `value` writes, or None."""
    match = _MOMENT.fullmatch(value)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(match.group(index)) for index in range(1, 7))
    offset = timedelta()
    if match.group(7) is None:
        hours, minutes = int(match.group(9)), int(match.group(10))
        if minutes > 59:
            return None
        offset = timedelta(hours=hours, minutes=minutes) * (-1 if match.group(8) == "-" else 1)
    if abs(offset) > _MAX_OFFSET:
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone(offset)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def lacks_zone(value: str) -> bool:
    """Whether `value` is a date, or a date and time, of which only the zone is missing."""
    return _WITHOUT_ZONE.fullmatch(value) is not None


def problem(value: str) -> str | None:
    """What keeps `value` from being a moment, or None."""
    if parse(value) is not None:
        return None
    if lacks_zone(value):
        return "no zone"
    if _MOMENT.fullmatch(value):
        return "no such date, time or zone"
    if value and value.isascii() and value.isdigit():
        return "a bare number"
    return "not a full date and time with a zone"


FAMILY = Family(
    name="date",
    operators=(
        "DateEquals",
        "DateNotEquals",
        "DateLessThan",
        "DateLessThanEquals",
        "DateGreaterThan",
        "DateGreaterThanEquals",
    ),
    negated=frozenset({"DateNotEquals"}),
    parse=parse,
    problem=problem,
)
