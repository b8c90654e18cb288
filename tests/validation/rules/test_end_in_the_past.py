"""Whether a statement has ended is asked at the moment given, never of a clock."""

from datetime import UTC, datetime

WINDOW = {"Condition": {"DateLessThan": {"acs:CurrentTime": "2026-06-01T08:00:00+08:00"}}}
CODE = "end-in-the-past"


def test_end_is_compared_in_its_zone(places):
    assert places(CODE, WINDOW, now=datetime(2026, 5, 31, 23, 59, 59, tzinfo=UTC)) == []
    assert places(CODE, WINDOW, now=datetime(2026, 6, 1, 0, 0, tzinfo=UTC)) != []


def test_of_alternatives_the_latest_counts(places):
    both = {
        "Condition": {"DateLessThan": {"acs:CurrentTime": ["2020-01-01T00:00:00Z", "2027-01-01T00:00:00Z"]}}
    }
    assert places(CODE, both) == []


def test_deny_that_has_ended_is_graver(places):
    assert places(CODE, {"Effect": "Deny", **WINDOW}) == []
    assert places("end-in-the-past-of-deny", {"Effect": "Deny", **WINDOW}) != []
