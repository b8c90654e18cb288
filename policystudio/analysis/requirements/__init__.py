"""From requests that must be allowed to the smallest document that allows them, and what it could be widened to.

Start reading in `derive.py`. A new way to widen is a new file in `kinds/`. Nothing is widened unless it is accepted.
"""

from policystudio.analysis.requirements.adding import Adds
from policystudio.analysis.requirements.answer import Answer, Line, State, answered, unless_refused
from policystudio.analysis.requirements.asked import Asked, LeftOut, Note, Understood
from policystudio.analysis.requirements.dependents import Dependent
from policystudio.analysis.requirements.derive import Accepted, Derived, Offer, derive
from policystudio.analysis.requirements.limits import Limits
from policystudio.analysis.requirements.pasted import Gap, Pasted, Seen, counted, read_pasted

__all__ = [
    "Accepted",
    "Adds",
    "Answer",
    "Asked",
    "Dependent",
    "Derived",
    "Gap",
    "LeftOut",
    "Limits",
    "Line",
    "Note",
    "Offer",
    "Pasted",
    "Seen",
    "State",
    "Understood",
    "answered",
    "counted",
    "derive",
    "read_pasted",
    "unless_refused",
]
