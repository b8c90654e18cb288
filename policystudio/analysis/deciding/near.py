"""Allow statements that nearly matched a request, said in words, the best first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from policystudio.analysis.deciding.reading import Outcome
from policystudio.analysis.deciding.tracing import Element, Trace

MOST_FAILING = 2
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Near:
    """A statement of which all but `failing` fits."""

    document: int
    path: str
    failing: tuple[Element, ...]
    text: str

    def as_json(self) -> dict[str, Any]:
        """The near miss as the API shows it."""
        return {
            "document": self.document,
            "path": self.path,
            "failing": [element.path for element in self.failing],
            "text": self.text,
        }


def near_misses(allows: Iterable[Trace]) -> tuple[Near, ...]:
    """At most `MOST_SHOWN`; those that miss least first, and of these those that speak of the action."""
    close = [(failing, each) for each in allows if (failing := _close(each))]
    close.sort(key=lambda pair: _rank(pair[0]))
    return tuple(_near(failing, each) for failing, each in close[:MOST_SHOWN])


def _close(trace: Trace) -> tuple[Element, ...]:
    """What fails where little does and something beside it fits; else nothing."""
    failing = trace.failing
    if len(failing) > MOST_FAILING:
        return ()
    return failing if any(element.outcome is Outcome.MATCH for element in trace.elements) else ()


def _rank(failing: tuple[Element, ...]) -> tuple[int, bool, bool]:
    names = [element.name for element in failing]
    return len(failing), "action" in names, "resource" in names


def _near(failing: tuple[Element, ...], trace: Trace) -> Near:
    names = " and ".join(dict.fromkeys(element.title for element in failing))
    text = f"all but {names} fits: {'; '.join(element.detail for element in failing)}"
    doubtful = [element.title for element in trace.elements if element.outcome is Outcome.UNDETERMINED]
    if doubtful:
        text += f"; of {' and '.join(dict.fromkeys(doubtful))} it cannot be told"
    return Near(trace.document, trace.path, failing, text)
