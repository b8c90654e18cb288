"""Why a request was refused, and the smallest change of a document that would allow exactly that request.

Start reading in `diagnosing.py`, then `edits.py` (the single changes that are tried) and `suspects.py` (what else is to
blame). A Deny is never touched: who wrote it wanted it, and is to be asked.
"""

from policystudio.analysis.repairing.answers import Cause, Diagnosis, Repair
from policystudio.analysis.repairing.diagnosing import diagnose
from policystudio.analysis.repairing.edits import Edit, Way
from policystudio.analysis.repairing.suspects import Suspect, Suspected
from policystudio.analysis.repairing.writing import applied

__all__ = ["Cause", "Diagnosis", "Edit", "Repair", "Suspect", "Suspected", "Way", "applied", "diagnose"]
