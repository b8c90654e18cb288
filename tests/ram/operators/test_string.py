"""Text is taken as it is."""

import pytest

from policystudio.ram.operators.string import FAMILY


@pytest.mark.parametrize("value", ["", "*", "Apollo", " a ", "ä"])
def test_any_text_is_a_text(value):
    assert FAMILY.parse(value) == value
    assert FAMILY.readable(value) is None
