"""The operator on booleans.

Source: ram-language, section 4: the values are `"true"` and `"false"`. Decision: other letter case is read (ASCII
letters only), as nobody says that RAM refuses it; the rules suggest the documented spelling.
"""

from __future__ import annotations

from policystudio.ram.operators._family import Family
from policystudio.ram.patterns import fold

_VALUES = {"true": True, "false": False}


def parse(value: str) -> bool | None:
    """The boolean that `value` writes, or None."""
    return _VALUES.get(fold(value))


def problem(value: str) -> str | None:
    """What keeps `value` from being a boolean, or None."""
    return None if fold(value) in _VALUES else "neither `true` nor `false`"


FAMILY = Family(name="boolean", operators=("Bool",), negated=frozenset(), parse=parse, problem=problem)
