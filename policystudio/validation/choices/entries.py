"""Takes an entry out of a list of actions or resources."""

from __future__ import annotations

from policystudio.ram.document import Text
from policystudio.validation.choices.lists import Rewrite
from policystudio.validation.repairs import Repair


def drop(entry: Text, title: str) -> Repair:
    """Take an entry out; of an Allow the statement goes with the last one."""
    return Rewrite(title, ((entry, ()),))
