"""Says sets of atoms in the author's own patterns: actions and resources.

Strings have no complement as a pattern, so `key/*` without `key/a*` is said as "`key/*` except `key/a*`".
Every way of saying is checked against the atoms, so what is said is exactly what is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from policystudio.analysis.comparing.answers import Names
from policystudio.analysis.comparing.dimension import bits
from policystudio.analysis.comparing.indexed import Tick

Patterns = dict[str, int]


Key = TypeVar("Key")
Said = tuple[int, Names]


class Namer:
    """Names for sets of atoms: `own` are the target's patterns, `others` all that are in play, by the atoms they fit.

    For a target that excludes, `own` is a pattern for everything and `out` is what it leaves out. `lies_in` tells
    whether all that fits a pattern belongs to the target.
    """

    def __init__(
        self,
        inside: int,
        own: Patterns,
        others: Patterns,
        out: Sequence[str],
        lies_in: Callable[[str], bool],
        tick: Tick,
    ) -> None:
        self._inside = inside
        self._own = {text: fits & inside for text, fits in own.items()}
        self._others = {text: fits & inside for text, fits in others.items()}
        self._out = tuple(out)
        self._lies_in = lies_in
        self._tick = tick

    def names(self, atoms: int) -> list[Said]:
        """Sets that do not overlap and together are these atoms, each with its own. Raises: Stuck, out of time."""
        self._tick()
        whole = self._with_exceptions(atoms) or self._narrower(atoms) or self._shared(atoms)
        if whole is not None:
            return [(atoms, whole)]
        # Nothing short is exact for all of them, so in two parts: what one of the patterns fits, and what it does not.
        divider = max(self._others.values(), key=lambda fits: self._balance(atoms, fits), default=0)
        if not self._balance(atoms, divider):
            return [(1 << atom, self._single(1 << atom)) for atom in bits(atoms)]
        return [*self.names(atoms & divider), *self.names(atoms & ~divider)]

    @staticmethod
    def _balance(atoms: int, fits: int) -> int:
        return min((atoms & fits).bit_count(), (atoms & ~fits).bit_count())

    def _with_exceptions(self, atoms: int, within: tuple[str, ...] = ()) -> Names | None:
        """The target's own patterns, in others if given, except what some of the others fit."""
        bound = union(self._others[each] for each in within) if within else self._inside
        if atoms & ~bound:
            return None
        any_of = _needed(self._own, atoms)
        surplus = union(self._own[each] for each in any_of) & bound & ~atoms
        but_not = excepting(self._others, surplus, atoms, self._tick)
        if but_not is None:
            return None
        out = (*self._out, *(each for each in but_not if each not in self._out))
        return Names(tuple(any_of), out, (within,) if within else ())

    def _narrower(self, atoms: int) -> Names | None:
        """Other patterns, each of which lies in the target as a whole."""
        lying = {
            text: fits for text, fits in self._others.items() if fits & atoms and self._is_lying_in(text)
        }
        exact = {text: fits for text, fits in lying.items() if not fits & ~atoms}
        if not atoms & ~union(exact.values()):
            return Names(tuple(_needed(exact, atoms)))
        any_of = _needed(lying, atoms)
        reached = union(lying[text] for text in any_of)
        if atoms & ~reached:
            return None
        but_not = excepting(self._others, reached & ~atoms, atoms, self._tick)
        return None if but_not is None else Names(tuple(any_of), tuple(but_not))

    def _is_lying_in(self, text: str) -> bool:
        self._tick()
        return self._lies_in(text)

    def _shared(self, atoms: int) -> Names | None:
        """The target's patterns as far as they lie in others too."""
        holding = {text: fits for text, fits in self._others.items() if fits & atoms}
        candidates = [(text,) for text, fits in holding.items() if not atoms & ~fits]
        for within in (*candidates, tuple(_needed(holding, atoms))):
            found = self._with_exceptions(atoms, within) if within else None
            if found is not None:
                return found
        return None

    def _single(self, atom: int) -> Names:
        """One atom: what fits all of its patterns and none of the others."""
        self._tick()
        own = next(text for text, fits in self._own.items() if fits & atom)
        within = tuple((text,) for text, fits in self._others.items() if fits & atom and text != own)
        but_not = tuple(text for text, fits in self._others.items() if not fits & atom)
        return Names((own,), tuple(dict.fromkeys((*self._out, *but_not))), within)


def excepting(patterns: dict[Key, int], surplus: int, atoms: int, tick: Tick) -> list[Key] | None:
    """Some of the patterns that fit all of the surplus and nothing of the atoms, or None."""
    free = {each: fits for each, fits in patterns.items() if not fits & atoms}
    found: list[Key] = []
    while surplus:
        tick()
        best = max(free, key=lambda each: (free[each] & surplus).bit_count(), default=None)
        if best is None or not free[best] & surplus:
            return None
        found.append(best)
        surplus &= ~free[best]
    return found


def _needed(patterns: Patterns, atoms: int) -> list[str]:
    """Those patterns, in their order, that reach the atoms; one that adds nothing to wider ones is left out."""
    left = atoms
    chosen = set()
    for text in sorted(patterns, key=lambda text: -patterns[text].bit_count()):
        if patterns[text] & left:
            chosen.add(text)
            left &= ~patterns[text]
    return [text for text in patterns if text in chosen]


def union(sets: Iterable[int]) -> int:
    """All atoms that lie in one of the sets."""
    found = 0
    for each in sets:
        found |= each
    return found
