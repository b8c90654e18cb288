"""Full moments with a zone, and nothing else."""

from datetime import UTC, datetime

import pytest

from policystudio.ram.operators.date import FAMILY, lacks_zone


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2012-11-11T23:59:59Z", datetime(2012, 11, 11, 23, 59, 59, tzinfo=UTC)),
        ("2019-08-12T17:00:00+08:00", datetime(2019, 8, 12, 9, tzinfo=UTC)),
        ("2019-08-12T00:00:00-02:30", datetime(2019, 8, 12, 2, 30, tzinfo=UTC)),
        ("2024-02-29T00:00:00+00:00", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-02-29T00:00:00-00:00", datetime(2024, 2, 29, tzinfo=UTC)),
        ("2024-01-01T00:00:00+14:00", datetime(2023, 12, 31, 10, tzinfo=UTC)),
    ],
)
def test_moments_are_read_in_utc(value, moment):
    assert FAMILY.parse(value) == moment
    assert FAMILY.readable(value) is None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("2026-01-01", "no zone"),
        ("2026-01-01T00:00:00", "no zone"),
        ("2026-01-01T00:00", "no zone"),
        ("2026-01-01 00:00:00", "no zone"),
        ("2026-02-29T00:00:00Z", "no such date, time or zone"),
        ("2026-13-01T00:00:00Z", "no such date, time or zone"),
        ("2026-01-01T24:00:00Z", "no such date, time or zone"),
        ("2016-12-31T23:59:60Z", "no such date, time or zone"),
        ("0000-01-01T00:00:00Z", "no such date, time or zone"),
        ("0001-01-01T00:00:00+01:00", "no such date, time or zone"),
        ("9999-12-31T23:59:59-01:00", "no such date, time or zone"),
        ("2026-01-01T00:00:00+14:01", "no such date, time or zone"),
        ("2026-01-01T00:00:00+01:60", "no such date, time or zone"),
        ("1767225600", "a bare number"),
        *(
            (value, "not a full date and time with a zone")
            for value in (
                "",
                "2026-01-01T00:00Z",
                "2026-01-01T00:00:00.5Z",
                "2026-01-01t00:00:00z",
                "2026-01-01T00:00:00+0800",
                "2026-01-01T00:00:00+08",
                "2026-1-1T00:00:00Z",
                "20260101T000000Z",
                "2026-W01-1",
                "2026-01-01T00:00:00Z\n",
                "２026-01-01T00:00:00Z",
                "tomorrow",
            )
        ),
    ],
)
def test_other_forms_are_refused_with_a_reason(value, problem):
    assert FAMILY.parse(value) is None
    assert FAMILY.readable(value) == problem


def test_only_a_missing_zone_is_called_so():
    assert lacks_zone("2026-01-01T00:00:00.25")
    assert not lacks_zone("2026-01-01T00:00:00Z")
