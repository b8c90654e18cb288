"""The product automaton of patterns, walked breadth first: every combination of patterns that some text fits.

A state is a set of positions in the patterns, kept as the bits of one number; a step takes one character. The alphabet
of a state is the characters that its positions wait for, and one that no test names. Witnesses are the shortest texts.
Source: analysis design, section 4.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from policystudio.analysis.comparing.domains import Asked, Domain
from policystudio.analysis.comparing.limits import Budget

# With more patterns than this a single state takes so long that the clock is looked at each time.
_MANY = 100

# Where a text stands in its domain: nothing read, code (or any text), right behind the colon, behind that.
_START, _INSIDE, _COLON, _NAME = range(4)


def walk(
    tests: Sequence[tuple[int, Asked]], within: int | None, domain: Domain, budget: Budget, fresh: str
) -> dict[int, str]:
    """Vector (bits of the tests that hold) → the shortest text that has it. Raises: Stuck when the budget is spent."""
    machine = _Machine(tests, within)
    patterns = tuple(test.text for _, test in tests)
    named = [*sorted(machine.waiting), *([":"] if ":" not in machine.waiting else [])]
    start = (machine.start, _START)
    seen = {start}
    queue = deque([(machine.start, _START, "")])
    atoms: dict[int, str] = {}
    while queue:
        state, at, text = queue.popleft()
        budget.state(domain.name, patterns)
        if len(tests) > _MANY:
            budget.look_at_clock(domain.name, patterns)
        if _may_end(domain, at):
            vector = machine.vector(state)
            if vector not in atoms:
                atoms[vector] = text
        for character in (fresh, *named):
            if character is not fresh and character != ":" and not machine.waiting[character] & state:
                continue
            then = _step(domain, at, character)
            if then is None:
                continue
            after = machine.step(state, character)
            if machine.inside is not None and not after & machine.inside:
                continue
            if (after, then) not in seen:
                seen.add((after, then))
                queue.append((after, then, text + character))
    return atoms


def _may_end(domain: Domain, at: int) -> bool:
    if domain.colons == 1:
        return at == _NAME
    return at != _START or domain.may_be_empty


def _step(domain: Domain, at: int, character: str) -> int | None:
    """The place in the domain after one more character, or None where there is no such text."""
    if domain.colons is None:
        return _INSIDE
    if character == ":":
        return _COLON if domain.colons == 1 and at == _INSIDE else None
    return _NAME if at in (_COLON, _NAME) else _INSIDE


class _Machine:
    """All patterns side by side: one bit for each position, the last of each being "all read"."""

    def __init__(self, tests: Sequence[tuple[int, Asked]], within: int | None) -> None:
        self.waiting: dict[str, int] = {}
        """Character → positions that wait for it."""
        self._any = self._stars = self._accepting = self.start = 0
        self._ends: dict[int, int] = {}
        inside = 0
        place = 0
        for bit, test in tests:
            first = 1 << place
            self.start |= first
            for character in test.text:
                here = 1 << place
                if test.kind == "like" and character == "*":
                    self._stars |= here
                elif test.kind == "like" and character == "?":
                    self._any |= here
                else:
                    for each in _twins(character) if test.kind == "fold" else (character,):
                        self.waiting[each] = self.waiting.get(each, 0) | here
                place += 1
            self._ends[1 << place] = bit
            self._accepting |= 1 << place
            place += 1
            if within is not None and bit & within:
                inside |= (1 << place) - first
        self.inside = inside if within is not None else None
        self.start |= (self.start & self._stars) << 1

    def step(self, state: int, character: str) -> int:
        after = state & self._stars
        after |= (state & (self._any | self.waiting.get(character, 0))) << 1
        return after | (after & self._stars) << 1

    def vector(self, state: int) -> int:
        found, live = 0, state & self._accepting
        while live:
            end = live & -live
            found |= self._ends[end]
            live ^= end
        return found


def _twins(character: str) -> tuple[str, ...]:
    """A folded ASCII letter stands for its capital too."""
    return (character, character.upper()) if "a" <= character <= "z" else (character,)
