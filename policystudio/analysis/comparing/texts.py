"""Cuts the texts of one dimension into atoms: sets of texts that no test tells apart, each with a witness.

Literals and prefixes, which nearly every policy consists of, need no automaton: a text that is no literal is told from
others by the longest of the prefixes that it begins with. Everything else is left to `automaton.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from policystudio.analysis.comparing.automaton import walk
from policystudio.analysis.comparing.domains import Asked, Domain, fresh_character
from policystudio.analysis.comparing.limits import Budget


def text_atoms(tests: Sequence[Asked], within: int | None, domain: Domain, budget: Budget) -> dict[int, str]:
    """Vector of the tests that hold (bits, by their order) → a witness; every vector that some text has, no other.

    `within`: only texts for which one of these tests holds.
    """
    loose = [(1 << bit, test) for bit, test in enumerate(tests) if test.kind != "exact"]
    exact = {test.text: 1 << bit for bit, test in enumerate(tests) if test.kind == "exact"}
    atoms: dict[int, str] = {}
    if within is None or any(bit & within for bit, _ in loose):
        if all(test.kind == "like" and _is_prefix(test.text) for _, test in loose):
            atoms = _by_prefixes(loose, domain, fresh_character(tests))
        else:
            atoms = walk(loose, within, domain, budget, fresh_character(tests))
            if any(witness in exact for witness in atoms.values()):
                # Some of these sets may hold literals and nothing else; only the whole automaton can tell.
                atoms = walk(
                    [(1 << b, t) for b, t in enumerate(tests)], within, domain, budget, fresh_character(tests)
                )
                exact = {}
    loose_within = [test for bit, test in loose if within is not None and bit & within]
    for text, bit in exact.items():
        is_inside = within is None or bit & within or any(test.holds(text) for test in loose_within)
        budget.state(domain.name, ())
        if is_inside and domain.admits(text):
            vector = bit | sum(each for each, test in loose if test.holds(text))
            atoms[vector] = text
    if within is None:
        return atoms
    return {vector: witness for vector, witness in atoms.items() if vector & within}


def _is_prefix(pattern: str) -> bool:
    return pattern.endswith("*") and "*" not in pattern[:-1] and "?" not in pattern


def _by_prefixes(loose: Sequence[tuple[int, Asked]], domain: Domain, fresh: str) -> dict[int, str]:
    """The atoms of tests that all are prefixes: what begins with one of them and with no longer one."""
    prefixes = sorted((test.text[:-1], bit) for bit, test in loose)
    atoms: dict[int, str] = {}
    opened: list[tuple[str, int]] = []
    if not prefixes or prefixes[0][0]:
        prefixes.insert(0, ("", 0))
    for prefix, bit in prefixes:
        while opened and not prefix.startswith(opened[-1][0]):
            opened.pop()
        vector = bit | (opened[-1][1] if opened else 0)
        opened.append((prefix, vector))
        witness = domain.finish(prefix, fresh)
        if witness is not None:
            atoms[vector] = witness
    return atoms
