"""The same access written shorter, with its proof; and a document over RAM's limit written as several.

Start reading in `minimise.py` (what is left out and why, the proof) and `splitting.py`. Nothing is ever invented here:
every text of a result stands in the original. Source: analysis design, section 7, *Minimise*.
"""

from policystudio.analysis.minimising.answers import Kind, Minimised, Proof, Scope, Step
from policystudio.analysis.minimising.minimise import minimise
from policystudio.analysis.minimising.splitting import MOST_ATTACHED, Part, Split, split

__all__ = [
    "MOST_ATTACHED",
    "Kind",
    "Minimised",
    "Part",
    "Proof",
    "Scope",
    "Split",
    "Step",
    "minimise",
    "split",
]
