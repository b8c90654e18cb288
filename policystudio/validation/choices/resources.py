"""Writes resources again with another field."""

from __future__ import annotations

from collections.abc import Iterator

from policystudio.ram.document import Text
from policystudio.ram.resources import split
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.repairs import Repair

HERE = "acs:kms:${region}:${account}:*"
"""Everything of KMS in the region and account of a target."""


def with_fields(resource: Text, title: str, **fields: str) -> Iterator[Repair]:
    """The choice to write some fields of a resource anew; none when it has not the form or nothing changes."""
    read = split(resource.text)
    if read is not None and str(read._replace(**fields)) != resource.text:
        yield Rewrite(title, ((resource, (str(read._replace(**fields)),)),))
