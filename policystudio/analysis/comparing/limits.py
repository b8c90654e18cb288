"""How much work a comparison may do, and what is said when that was not enough.

Source: analysis design, section 5: containment is PSPACE-hard in general, so a budget that is spent ends in `unknown`,
never in a guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one comparison: `states` and `nodes` count for each part of it, `milliseconds` for the whole."""

    states: int = 50_000
    """States of the string automata, and combinations of the fields of a resource."""
    nodes: int = 50_000
    """Nodes of the search over the dimensions."""
    milliseconds: int = 2_000
    lines: int = 50
    """So many lines of changes are told at most, in each direction."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why there is no answer: a code, the dimension that is to blame, and the patterns or entries in it."""

    reason: str
    dimension: str
    patterns: tuple[str, ...] = ()


class Stuck(Exception):
    """Carries an `Unknown` out of the search of one part; it never leaves the package."""

    def __init__(self, why: Unknown) -> None:
        super().__init__(why.reason)
        self.why = why


class Budget:
    """Counts what is spent. Raises `Stuck` as soon as a bound is reached."""

    __slots__ = ("_ends", "_limits", "lines", "nodes", "states")

    def __init__(self, limits: Limits, ends: float) -> None:
        self._limits = limits
        self.lines = limits.lines
        self._ends = ends
        self.states = 0
        self.nodes = 0

    @property
    def is_late(self) -> bool:
        """Whether the time is up."""
        return monotonic() > self._ends

    def tick(self) -> None:
        """Looks at the clock in a loop over many patterns. Raises: Stuck when the time is up."""
        self.look_at_clock("patterns")

    def renew(self) -> None:
        """Starts to count again for the next part; the time goes on."""
        self.states = self.nodes = 0

    def state(self, dimension: str, patterns: tuple[str, ...], count: int = 1) -> None:
        """Counts states of an automaton, or combinations of fields."""
        self.states += count
        if self.states > self._limits.states:
            raise Stuck(Unknown("too-many-states", dimension, patterns))
        if self.states & 63 < count:
            self.look_at_clock(dimension, patterns)

    def node(self, dimension: str) -> None:
        """Counts a node of the search."""
        self.nodes += 1
        if self.nodes > self._limits.nodes:
            raise Stuck(Unknown("too-many-nodes", dimension))
        if not self.nodes & 63:
            self.look_at_clock(dimension)

    def look_at_clock(self, dimension: str, patterns: tuple[str, ...] = ()) -> None:
        """Raises: Stuck when the time is up."""
        if self.is_late:
            raise Stuck(Unknown("out-of-time", dimension, patterns))


def deadline(milliseconds: float) -> float:
    """The moment on the monotonic clock that lies so far ahead."""
    return monotonic() + milliseconds / 1000
