"""Judgements on names that are masked as documentation does it: `123456789012****`, `key/08ec…8aa8`."""

from __future__ import annotations

import re

from policystudio.ram.document import Text
from policystudio.ram.resources import split

_STARS = re.compile(r"[*]{3}")
_DOTS = re.compile(r"…|[.]{3}")


def is_masked(text: str) -> bool:
    """Whether some of the text is hidden by stars or dots."""
    return has_dots(text) or _STARS.search(text) is not None


def has_dots(text: str) -> bool:
    """Whether it is hidden by dots, which unlike stars are no wildcards, so that nothing fits."""
    return _DOTS.search(text) is not None


def with_stars(text: str) -> str:
    """The text with a wildcard in the place of dots."""
    return _DOTS.sub("*", text)


def masks_account(resource: Text) -> bool:
    """Whether the account of a resource is masked, and not its name."""
    fields = split(resource.text)
    return fields is not None and is_masked(fields.account) and not is_masked(fields.relative_id)
