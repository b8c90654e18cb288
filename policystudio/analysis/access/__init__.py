"""What a release changes in the access that it gives, over all of its targets at once.

Start reading in `proving.py`; why targets may share one proof is argued in `sharing.py`.
"""

from policystudio.analysis.access.answers import Access, Group, Line, Shown
from policystudio.analysis.access.places import Place, places
from policystudio.analysis.access.proving import prove

__all__ = ["Access", "Group", "Line", "Place", "Shown", "places", "prove"]
