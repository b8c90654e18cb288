"""Resource names, `acs:<service>:<region>:<account>:<relative-id>`, read and matched field by field.

Source: ram-language, section 3. Decision: pattern and name are split at the first four colons and matched field by
field, so `*` does not cross one of these colons; the rest, later colons included, is the relative id.
Decision: an empty field of a pattern fits only an empty field. Letter case counts.
"""

from __future__ import annotations

from typing import NamedTuple

from policystudio.ram.memory import remembered
from policystudio.ram.patterns import covers, matches, meets


class Resource(NamedTuple):
    """The fields of a resource name; any of them may hold wildcards or placeholders."""

    service: str
    region: str
    account: str
    relative_id: str

    def __str__(self) -> str:
        return f"acs:{self.service}:{self.region}:{self.account}:{self.relative_id}"


@remembered
def split(text: str) -> Resource | None:
    """The fields of `text`, or None when it does not start with `acs:` or has fewer than five fields."""
    fields = text.split(":", 4)
    if len(fields) < 5 or fields[0] != "acs":
        return None
    return Resource(*fields[1:])


def is_everything(text: str) -> bool:
    """Whether this is the lone star, which stands for every resource."""
    return text == "*"


def matches_resource(pattern: str, name: str) -> bool:
    """Whether the resource called `name` fits `pattern`. A pattern that is not a resource name fits nothing."""
    if pattern == "*":
        return True
    fields, parts = split(pattern), split(name)
    if fields is None or parts is None:
        return False
    return all(matches(field, part) for field, part in zip(fields, parts, strict=True))


def covers_resource(wider: str, narrower: str) -> bool:
    """Whether every resource that fits `narrower` also fits `wider`."""
    if wider == "*":
        return True
    fields, parts = split(wider), split(narrower)
    if fields is None or parts is None:
        return False
    return all(covers(field, part) for field, part in zip(fields, parts, strict=True))


def resources_meet(one: str, other: str) -> bool:
    """Whether some resource fits both patterns."""
    if one == other or "*" in (one, other):
        return True
    fields, parts = split(one), split(other)
    if fields is None or parts is None:
        return False
    return all(meets(field, part) for field, part in zip(fields, parts, strict=True))
