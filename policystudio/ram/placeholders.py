"""Finds and replaces the two placeholders of a source, `${region}` and `${account}`.

They are blanks of the documentation, not variables of RAM. Source: ram-language, section 3. `$<region>` and
`$<account>` are read as the same and stored as `${…}`. Where a placeholder may stand is known to `render.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from policystudio.ram.memory import remembered

REGION = "region"
ACCOUNT = "account"
KNOWN = (REGION, ACCOUNT)

# A dollar sign with an opening bracket; what follows up to the closing bracket is the name, if there is one.
_ANY = re.compile(r"\$(?:\{([^{}$]*)(\}?)|<([^<>$]*)(>?))")
_KNOWN = re.compile(r"\$(?:\{(region|account)\}|<(region|account)>)")


class Placeholder(NamedTuple):
    """Something in a text that is, or was meant to be, a placeholder; offsets count within that text."""

    start: int
    end: int
    name: str
    is_closed: bool
    is_angled: bool

    @property
    def is_known(self) -> bool:
        return self.is_closed and self.name in KNOWN


def find(text: str) -> Iterator[Placeholder]:
    """Everything in `text` that looks like a placeholder, well formed or not."""
    return iter(_found(text) if "$" in text else ())


@remembered
def _found(text: str) -> tuple[Placeholder, ...]:
    return tuple(map(_placeholder, _ANY.finditer(text)))


def _placeholder(match: re.Match[str]) -> Placeholder:
    braced, brace, angled, angle = match.groups()
    is_angled = braced is None
    name = angled if is_angled else braced
    return Placeholder(match.start(), match.end(), name, bool(brace or angle), is_angled)


def normalise(text: str) -> str:
    """`text` with `$<region>` and `$<account>` written as `${region}` and `${account}`."""
    return substitute(text, {name: "${" + name + "}" for name in KNOWN})


def substitute(text: str, values: Mapping[str, str]) -> str:
    """`text` with every well-formed known placeholder replaced, once: a value that holds `${…}` is not read again."""
    if "$" not in text:
        return text
    return _KNOWN.sub(lambda match: values[match.group(1) or match.group(2)], text)


def count_known(text: str) -> int:
    """How many well-formed known placeholders stand in `text`."""
    return len(_KNOWN.findall(text))


def mentions_region(text: str) -> bool:
    """Whether a region placeholder stands in `text`."""
    return any(p.is_known and p.name == REGION for p in find(text))
