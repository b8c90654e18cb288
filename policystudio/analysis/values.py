"""Whether the value of a condition key in a request is one that the key can have, by what the catalogue says of it."""

from __future__ import annotations

from policystudio.analysis.deciding.entries import unread
from policystudio.catalog.lookup import condition_key
from policystudio.catalog.model import Catalogue
from policystudio.ram.finding import shown


def unreadable(catalogue: Catalogue, key: str, value: str) -> str | None:
    """What is wrong with a value that no operator made for the key can read; None where nothing is known to be."""
    found = condition_key(catalogue, key)
    if found is None:
        return None
    problems = [unread(operator, value) for operator in found.operators]
    if not problems or None in problems:
        return None
    return f"{shown(value)} is no value of {shown(key)}: {problems[0]}; write such as `{found.examples[0]}`"
