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
    close = [each for each in allows if _is_close(each)]
    ranked = sorted(
        close, key=lambda each: (len(each.failing), _misses(each, "action"), _misses(each, "resource"))
    )
    return tuple(_near(each) for each in ranked[:MOST_SHOWN])


def _is_close(trace: Trace) -> bool:
    """Some element fails, few do, and something beside them fits."""
    fitting = [element for element in trace.elements if element.outcome is Outcome.MATCH]
    return 0 < len(trace.failing) <= MOST_FAILING and bool(fitting)


def _misses(trace: Trace, name: str) -> bool:
    return any(element.name == name for element in trace.failing)


def _near(trace: Trace) -> Near:
    names = " and ".join(dict.fromkeys(element.title for element in trace.failing))
    text = f"all but {names} fits: {'; '.join(element.detail for element in trace.failing)}"
    doubtful = [element.title for element in trace.elements if element.outcome is Outcome.UNDETERMINED]
    if doubtful:
        text += f"; of {' and '.join(dict.fromkeys(doubtful))} it cannot be told"
    return Near(trace.document, trace.path, trace.failing, text)
