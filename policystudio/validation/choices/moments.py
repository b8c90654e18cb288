"""Other moments in the place of one: nearer or later ends, the zones that may have been meant, and other notations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from policystudio.ram.document import Text
from policystudio.ram.operators import date
from policystudio.validation.repairs import Repair, Replace

# Source: the two forms that the documentation shows, UTC and the zone of the vendor's home.
_ZONES = ("Z", "+08:00")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{2})\.(?P<month>[0-9]{2})\.(?P<year>[0-9]{4})")
_YEAR_FIRST = re.compile(r"(?P<year>[0-9]{4})/(?P<month>[0-9]{2})/(?P<day>[0-9]{2})")
_FRACTION = re.compile(r"(.*T[0-9:]{8})\.[0-9]+(Z|[+-][0-9]{2}:[0-9]{2})")
_SECONDS = re.compile(r"[0-9]{10}")


def in_days(days: int, now: datetime) -> str:
    """The moment so many days after `now`, in UTC."""
    return f"{(now + timedelta(days=days)).astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def ends_in(days: int, end: Text, now: datetime) -> Iterator[Repair]:
    """The choice of an end so many days after `now`."""
    text = in_days(days, now)
    yield Replace(end, text, f"End in {days} days, {text}")


def in_zones(value: Text) -> Iterator[Repair]:
    """The choices to read a moment without zone, or a date, in one of the documented zones."""
    day, _, time = value.text.replace("t", "T").replace(" ", "T").partition("T")
    time = time.partition(".")[0] or "00:00:00"
    time = time if time.count(":") > 1 else f"{time}:00"
    for zone in _ZONES:
        if date.parse(f"{day}T{time}{zone}") is not None:
            yield Replace(value, f"{day}T{time}{zone}")


def readings(value: Text) -> Iterator[Repair]:
    """The choices to write a moment in the documented form, where another form of it is clear enough."""
    day = _DAY_FIRST.fullmatch(value.text) or _YEAR_FIRST.fullmatch(value.text)
    fraction = _FRACTION.fullmatch(value.text)
    if day:
        parts = day.groupdict()
        texts = [f"{parts['year']}-{parts['month']}-{parts['day']}T00:00:00{zone}" for zone in _ZONES]
    elif fraction:
        texts = ["".join(fraction.groups())]
    elif _SECONDS.fullmatch(value.text):
        texts = [f"{datetime.fromtimestamp(int(value.text), UTC):%Y-%m-%dT%H:%M:%S}Z"]
    else:
        texts = []
    for text in texts:
        if date.parse(text) is not None:
            yield Replace(value, text)
