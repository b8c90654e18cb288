"""How many secrets a resource fits, judged by what its pattern leaves open and not by how it is written."""

from __future__ import annotations

from policystudio.ram.patterns import has_wildcard, matches, normal
from policystudio.ram.resources import split

_PREFIX = "secret/"
_SHORT = 2
"""So few letters say nothing about whose secret it is."""


def secrets_named(resource: str) -> str | None:
    """The pattern for names of secrets that is left of a resource, the widest if there are several; None if none is."""
    if resource == "*":
        return "*"
    fields = split(resource)
    if fields is None or not matches(fields.service, "kms"):
        return None
    left = _behind(fields.relative_id)
    return min(left, key=lambda rest: (_letters(rest), "*" not in rest, rest), default=None)


def fits_nearly_all(names: str) -> bool:
    """Whether a pattern for names is open at its start and says hardly anything further on, as `*e*`."""
    head = normal(names)
    start = head.lstrip("?")
    return has_wildcard(names) and (_letters(names) == 0 or (start[:1] == "*" and _letters(names) <= _SHORT))


def is_short(names: str) -> bool:
    """Whether a pattern for names is open and names hardly a letter."""
    return "*" in names and _letters(names) <= _SHORT


def _letters(pattern: str) -> int:
    return sum(letter not in "*?" for letter in pattern)


def _behind(pattern: str) -> set[str]:
    """What of a pattern may be left once the prefix of secrets is read; a star may go on."""
    states = {pattern}
    for letter in _PREFIX:
        after = set()
        for state in states:
            # A star may stand for nothing, so what follows it may read the letter too.
            rest = state.lstrip("*")
            if rest != state:
                after.add("*" + rest)
            if rest[:1] in ("?", letter):
                after.add(rest[1:])
        states = after
    return {state for state in states if state}
