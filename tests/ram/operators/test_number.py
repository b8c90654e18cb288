"""Numbers in plain decimal notation, exactly."""

from decimal import Decimal

import pytest

from policystudio.ram.operators.number import FAMILY


@pytest.mark.parametrize("value", ["0", "-0", "1", "-12", "10.50", "0.1", "9007199254740993", "1" * 64])
def test_plain_decimals_are_read_exactly(value):
    assert FAMILY.parse(value) == Decimal(value)
    assert FAMILY.readable(value) is None


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("01", "leading zeros"),
        ("-00.5", "leading zeros"),
        ("+1", "a plus sign"),
        ("1e5", "an exponent"),
        ("1.5E-3", "an exponent"),
        ("1" * 65, "longer than 64 characters"),
        *(
            (value, "not plain digits with an optional fraction")
            for value in ("", " 1", "1.", ".5", "0x1F", "1,5")
        ),
        *(
            (value, "not plain digits with an optional fraction")
            for value in ("NaN", "Infinity", "٣", "１", "1\n", "-")
        ),
    ],
)
def test_other_notations_are_refused_with_a_reason(value, problem):
    assert FAMILY.parse(value) is None
    assert FAMILY.readable(value) == problem
