"""A document taken out of a wrapping, with what the members around it said."""

from __future__ import annotations

from typing import NamedTuple

from policystudio.ram.render import Target


class Letter(NamedTuple):
    """`path` is a JSON Pointer into the wrapping. `suffix` belongs behind the name, as for an old version."""

    text: str
    path: str
    name: str = ""
    suffix: str = ""
    description: str = ""
    target: Target | None = None
    notes: tuple[str, ...] = ()
