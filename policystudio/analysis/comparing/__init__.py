"""Whether one set of documents allows anything that another does not, and exactly what; or why that cannot be told.

Start reading in `comparison.py`, then `gains.py` (targets), `atoms.py` (dimensions), `search.py` and `changes.py`
(lines). Exact for the reading of the language that is stated, over all requests, not only names of the catalogue.
"""

from policystudio.analysis.comparing.answers import (
    Answer,
    Cause,
    Certainty,
    Change,
    Comparison,
    Limit,
    Names,
    Witness,
)
from policystudio.analysis.comparing.comparison import Mismatch, compare
from policystudio.analysis.comparing.guard import Guardrail, Verdict, guard
from policystudio.analysis.comparing.limits import Limits, Unknown

__all__ = [
    "Answer",
    "Cause",
    "Certainty",
    "Change",
    "Comparison",
    "Guardrail",
    "Limit",
    "Limits",
    "Mismatch",
    "Names",
    "Unknown",
    "Verdict",
    "Witness",
    "compare",
    "guard",
]
