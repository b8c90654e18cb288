"""The values of a condition key that statements tell apart, one of each sort."""

from __future__ import annotations

from collections.abc import Sequence

from policystudio.analysis.comparing.atoms import value_test
from policystudio.analysis.comparing.domains import Asked, Domain
from policystudio.analysis.comparing.limits import Budget
from policystudio.analysis.comparing.ranges import scale
from policystudio.analysis.comparing.statements import Entry
from policystudio.analysis.comparing.texts import text_atoms
from policystudio.ram.patterns import has_wildcard

_PLAIN = "other"


def values_of(key: str, entries: Sequence[Entry], budget: Budget) -> tuple[str, ...]:
    """Values of all sorts, those that an entry names first. Raises: Stuck when the budget is spent.

    Of a key that entries of two families ask for, the sorts of each family by itself.
    """
    found: dict[str, None] = {}
    for family in sorted({entry.family for entry in entries}):
        own = [entry for entry in entries if entry.family == family]
        if family == "string":
            named = list(dict.fromkeys(value for entry in own for value in entry.values))
            tests = list(dict.fromkeys(value_test(e.operator, value) for e in own for value in e.values))
            atoms = text_atoms(tests, None, Domain(key), budget)
            # The spelling of the documents comes before any other of the same sort.
            spelt = {_vector(tests, value): value for value in reversed(named) if not has_wildcard(value)}
            found.update(dict.fromkeys(text for vector, text in spelt.items() if vector in atoms))
            plain = _vector(tests, _PLAIN)
            for vector, text in atoms.items():
                if vector not in spelt:
                    # A word tells a reader more than a lone letter.
                    found[_PLAIN if vector == plain else text] = None
        else:
            found.update({text: None for text in scale(family, own).witnesses if text is not None})
    return tuple(found) or ("x",)


def _vector(tests: Sequence[Asked], text: str) -> int:
    """The tests that hold for a text, as bits."""
    return sum(1 << at for at, test in enumerate(tests) if test.holds(text))
