"""What a holder can reach in several steps: a small explicit model of KMS, searched for the shortest ways.

Start reading in `model.py` (the state) and `transition.py` (a step; each is a file in `transitions`), then
`permissions.py` (whether a request can be made), `graph.py` and `routes.py` (the search), `worlds.py` (what there is to
search), `answers.py` and `escalation.py` (the answer).
"""

from policystudio.analysis.escalation.answers import Answer, Escalation, Reach
from policystudio.analysis.escalation.escalation import LIMITS, escalate, escalate_both
from policystudio.analysis.escalation.left_out import LEFT_OUT
from policystudio.analysis.escalation.model import Found, Goal, Kind
from policystudio.analysis.escalation.routes import Path, Step

__all__ = [
    "LEFT_OUT",
    "LIMITS",
    "Answer",
    "Escalation",
    "Found",
    "Goal",
    "Kind",
    "Path",
    "Reach",
    "Step",
    "escalate",
    "escalate_both",
]
