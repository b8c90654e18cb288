"""Booleans in any ASCII letter case."""

import pytest

from policystudio.ram.operators.boolean import FAMILY


@pytest.mark.parametrize(
    ("value", "read"), [("true", True), ("false", False), ("True", True), ("FALSE", False)]
)
def test_booleans_are_read(value, read):
    assert FAMILY.parse(value) is read
    assert FAMILY.readable(value) is None


@pytest.mark.parametrize("value", ["", "yes", "1", " true", "true\n", "fal\u017fe", "null"])
def test_other_texts_are_refused(value):
    assert FAMILY.parse(value) is None
    assert FAMILY.readable(value) == "neither `true` nor `false`"
