"""Moments: the published pattern is the core's reader of dates, from 1900 on."""

import re
from datetime import date as Day
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policystudio.builders.conditions import NOT_AFTER
from policystudio.builders.parameters.parameter import Report
from policystudio.ram.operators import date

PATTERN = re.compile(NOT_AFTER.shape()["pattern"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-01-01", "time-without-zone"),
        ("2026-01-01T00:00:00", "time-without-zone"),
        ("2026-02-29T00:00:00Z", "malformed-time"),
        ("2100-02-29T00:00:00Z", "malformed-time"),
        ("2026-13-01T00:00:00Z", "malformed-time"),
        ("2026-01-01T24:00:00Z", "malformed-time"),
        ("2026-01-01T00:00:60Z", "malformed-time"),
        ("2026-01-01T00:00:00.5Z", "malformed-time"),
        ("2026-01-01T00:00:00+14:30", "malformed-time"),
        ("2026-01-01T00:00:00z", "malformed-time"),
        ("2026-01-01T00:00:00Z\n", "malformed-time"),
        ("1767225600", "malformed-time"),
        ("", "malformed-time"),
        (1767225600, "wrong-type"),
        (None, "wrong-type"),
    ],
)
def test_what_is_no_full_moment_is_refused(text, code):
    report = Report()
    NOT_AFTER.read(text, ("conditions", "not_after"), report)
    assert [(p.pointer, p.code) for p in report.problems] == [("/conditions/not_after", code)]


DAYS = st.integers(0, (Day(2999, 12, 31) - Day(1900, 1, 1)).days).map(
    lambda n: Day(1900, 1, 1) + timedelta(days=n)
)
LAST_DAYS = st.tuples(st.integers(1900, 2999), st.integers(1, 13), st.integers(28, 32))
DATES = DAYS.map(Day.isoformat) | LAST_DAYS.map(lambda parts: "{:04}-{:02}-{:02}".format(*parts))
TIMES = st.tuples(st.integers(0, 24), st.integers(0, 60), st.integers(0, 60))
ZONES = st.sampled_from(
    ["Z", "+08:00", "-14:00", "+14:00", "+14:01", "+13:59", "+13:60", "+15:00", "", "z", "+0800"]
)


@given(day=DATES, time=TIMES, zone=ZONES)
def test_the_published_pattern_agrees_with_the_core(day, time, zone):
    text = "{}T{:02}:{:02}:{:02}{}".format(day, *time, zone)
    assert bool(PATTERN.search(text)) == (date.parse(text) is not None)
