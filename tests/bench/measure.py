"""What the benches share: one row of the table, and how a piece of work is timed."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what was done, the product's figure, the floor's, their ratio and what is aimed at."""

    what: str
    product: str
    floor: str
    ratio: str
    aim: str


def cpu_seconds(work: Callable[[], object], *, repeat: int, rounds: int = 5) -> float:
    """The least CPU time of one call of `work`, over `rounds` rounds of `repeat` calls."""
    return _least(work, time.process_time, repeat, rounds)


def wall_seconds(work: Callable[[], object], *, repeat: int = 1, rounds: int = 3) -> float:
    """The least time by the clock of one call of `work`."""
    return _least(work, time.perf_counter, repeat, rounds)


def _least(work: Callable[[], object], clock: Callable[[], float], repeat: int, rounds: int) -> float:
    best = float("inf")
    gc.collect()
    for _ in range(rounds):
        started = clock()
        for _ in range(repeat):
            work()
        best = min(best, (clock() - started) / repeat)
    return best


def micro(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs"
