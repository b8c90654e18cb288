"""The condition operators of RAM, one file per family; which keys they suit is known to the catalogue.

Start reading in `_family.py`. A new family is a new file that defines FAMILY; schema, rules and evaluator find it.
Source: ram-language, section 4: the list is complete and has been the same since 2018.
"""

from __future__ import annotations

from functools import cache

from policystudio.discovery import discover
from policystudio.ram.operators._family import Family

__all__ = ["SET_PREFIXES", "Family", "all_operators", "families", "family_of", "split_operator"]

SET_PREFIXES = ("ForAllValues:", "ForAnyValue:")
"""Prefixes taken before string operators only. Decision: a policy that the vendor ships has one, the documentation
has none; so they are read, a rule warns of them, and an evaluation that depends on them answers "unknown"."""


@cache
def families() -> tuple[Family, ...]:
    """All families, sorted by file name."""
    return tuple(discover(__name__, "FAMILY", Family).values())


@cache
def all_operators() -> dict[str, Family]:
    """Every operator that may stand in a document, those with a prefix included, and its family."""
    table = {operator: family for family in families() for operator in family.operators}
    prefixed = {
        prefix + operator: family
        for prefix in SET_PREFIXES
        for family in families()
        if family.takes_set_prefix
        for operator in family.operators
    }
    return table | prefixed


def split_operator(operator: str) -> tuple[str, str]:
    """The prefix of a set operator (or the empty text) and the operator proper."""
    for prefix in SET_PREFIXES:
        if operator.startswith(prefix):
            return prefix, operator[len(prefix) :]
    return "", operator


def family_of(operator: str) -> Family | None:
    """The family of an operator in its exact spelling, or None when RAM has no such operator."""
    return all_operators().get(operator)
